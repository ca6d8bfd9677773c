/// Appends protobuf's wire format.
package struct ProtobufWriter {
  /// What has been written so far.
  package var bytes: [UInt8] = []

  package init() {}

  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
  }

  private mutating func tag(_ number: Int, _ type: WireType) { varint(UInt64(number) << 3 | type.rawValue) }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A field of any integer type or boolean.
  package mutating func integer(_ number: Int, _ value: Int64) {
    tag(number, .varint)
    varint(UInt64(bitPattern: value))
  }

  /// A field of type double.
  package mutating func double(_ number: Int, _ value: Double) {
    tag(number, .fixed64)
    var bits = value.bitPattern
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
  }

  /// A field of type bytes, or a message that is encoded already.
  package mutating func delimited(_ number: Int, _ content: some Collection<UInt8>) {
    tag(number, .lengthDelimited)
    varint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  /// A field of type string.
  package mutating func text(_ number: Int, _ text: String) { delimited(number, text.utf8) }

  /// A field that is a message, written by the closure.
  package mutating func message(_ number: Int, _ write: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    write(&inner)
    delimited(number, inner.bytes)
  }
}
