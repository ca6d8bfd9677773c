/// Steps through protobuf's wire format.
struct ProtobufReader {
  let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  /// A field's content as it stands on the wire.
  enum Content {
    case varint(UInt64)
    case fixed64(UInt64)
    case delimited(Range<Int>)
    case fixed32
  }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position >= end }

  /// The next field; the error's field is filled in by who knows it.
  mutating func next() throws(ProtobufError) -> (number: Int, content: Content) {
    let tag = try varint()
    let number = Int(truncatingIfNeeded: tag >> 3)
    guard number > 0, number < 1 << 29 else { throw error(.invalidTag) }
    switch tag & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else { throw error(.truncated) }
      let start = position
      position += Int(length)
      return (number, .delimited(start..<position))
    case 5:
      _ = try fixed(4)
      return (number, .fixed32)
    default: throw error(.invalidTag)
    }
  }

  mutating func varint() throws(ProtobufError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < end else { throw error(.truncated) }
      let byte = bytes[position]
      position += 1
      if shift == 63, byte > 1 { throw error(.invalidVarint) }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
  }

  private mutating func fixed(_ width: Int) throws(ProtobufError) -> UInt64 {
    guard end - position >= width else { throw error(.truncated) }
    var result: UInt64 = 0
    for index in 0..<width { result |= UInt64(bytes[position + index]) << UInt64(index * 8) }
    position += width
    return result
  }

  func error(_ reason: ProtobufError.Reason) -> ProtobufError {
    ProtobufError(reason: reason, field: "", offset: position)
  }
}
