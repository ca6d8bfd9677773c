package import Tree

/// Kubernetes' protobuf (`application/vnd.kubernetes.protobuf`): the four bytes `k8s\0`, then a message
/// (k8s.io/apimachinery, runtime.Unknown) that names the object's type and carries its bytes.
package struct ProtobufCodec: Sendable {
  static let mark: [UInt8] = [0x6B, 0x38, 0x73, 0x00]

  let schema: Schema

  package init(schema: Schema) { self.schema = schema }

  /// Whether bytes begin with the mark of an envelope.
  package static func isEnveloped(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark) }

  /// The object in its envelope; nil if nobody declared its type.
  package func encode(_ value: Value) -> [UInt8]? {
    let apiVersion = value["apiVersion"]?.string ?? ""
    let kind = value["kind"]?.string ?? ""
    guard let shape = shape(apiVersion, kind), case .object(let members) = value else { return nil }
    var writer = ProtobufWriter()
    writer.bytes = Self.mark
    writer.message(1) {
      $0.text(1, apiVersion)
      $0.text(2, kind)
    }
    writer.message(2) { ProtobufEncoder(forms: schema.forms).write(members, shape, to: &$0) }
    writer.text(3, "")
    writer.text(4, "")
    return writer.bytes
  }

  /// One event of a watch stream as it goes over the wire: four bytes of length, then the event without envelope, which
  /// holds the object in one.
  package func encodeWatchEvent(type: String, object: Value) -> [UInt8]? {
    guard let bytes = encode(object) else { return nil }
    var writer = ProtobufWriter()
    writer.text(1, type)
    writer.message(2) { $0.delimited(1, bytes) }
    let length = UInt32(writer.bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + writer.bytes
  }

  /// The object in an envelope. Its type is the one that the envelope names, or `fallback` where it names none.
  package func decode(_ bytes: [UInt8], fallback: Shape? = nil) throws(ProtobufError) -> Value {
    guard Self.isEnveloped(bytes) else { throw ProtobufError(reason: .noEnvelope, field: "", offset: 0) }
    var reader = ProtobufReader(bytes, Self.mark.count..<bytes.count)
    var names = ["", ""]
    var raw: Range<Int> = 0..<0
    while !reader.isAtEnd {
      switch try reader.next() {
      case (1, .delimited(let range)): names = try typeNames(bytes, range)
      case (2, .delimited(let range)): raw = range
      default: break
      }
    }
    guard let shape = shape(names[0], names[1]) ?? fallback else {
      throw ProtobufError(reason: .unknownType("\(names[0]), kind \(names[1])"), field: "", offset: 0)
    }
    var decoder = ProtobufDecoder(bytes, codec: self)
    let members = try decoder.message(raw, shape)
    var head: [Members.Member] = []
    if !names[1].isEmpty { head.append(Members.Member(key: "kind", value: .string(names[1]))) }
    if !names[0].isEmpty { head.append(Members.Member(key: "apiVersion", value: .string(names[0]))) }
    return .object(Members(distinct: head + Array(members)))
  }

  private func typeNames(_ bytes: [UInt8], _ range: Range<Int>) throws(ProtobufError) -> [String] {
    var reader = ProtobufReader(bytes, range)
    var names = ["", ""]
    while !reader.isAtEnd {
      guard case (let number, .delimited(let range)) = try reader.next(), number == 1 || number == 2 else { continue }
      names[number - 1] = String(decoding: bytes[range], as: UTF8.self)
    }
    return names
  }

  private func shape(_ apiVersion: String, _ kind: String) -> Shape? {
    let parts = apiVersion.split(separator: "/")
    guard let version = parts.last, !kind.isEmpty else { return nil }
    let group = parts.count == 2 ? String(parts[0]) : ""
    return schema.shape(group: group, version: String(version), kind: kind)
      ?? Self.everywhere.first { $0 == kind }.flatMap { schema.shape(group: "", version: "v1", kind: $0) }
  }

  /// Types that clients send under any group.
  private static let everywhere = ["DeleteOptions", "WatchEvent", "Status"]
}
