/// Why bytes are no protobuf message of the expected type.
package struct ProtobufError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with the bytes.
  package enum Reason: Sendable, Equatable {
    /// The bytes do not begin with Kubernetes' mark `k8s\0`.
    case noEnvelope
    case truncated
    case invalidVarint
    case invalidTag
    case wrongWireType(Int)
    case invalidText
    case invalidJSON
    case tooDeep(limit: Int)
    /// The envelope names a type that nobody declared.
    case unknownType(String)
  }

  /// What is wrong.
  package let reason: Reason
  /// The field at hand: `spec.containers.name`; empty at the root.
  package let field: String
  /// Counted from the first byte of the input.
  package let offset: Int

  /// One line for people.
  package var description: String {
    let place = field.isEmpty ? "at byte \(offset)" : "in field \(field), at byte \(offset)"
    switch reason {
    case .noEnvelope: return "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"
    case .truncated: return "protobuf: unexpected end of the message \(place)"
    case .invalidVarint: return "protobuf: a number of more than 64 bits \(place)"
    case .invalidTag: return "protobuf: an invalid field number or wire type \(place)"
    case .wrongWireType(let type): return "protobuf: wrong wire type \(type) \(place)"
    case .invalidText: return "protobuf: text that is not UTF-8 \(place)"
    case .invalidJSON: return "protobuf: a raw value that is not JSON \(place)"
    case .tooDeep(let limit): return "protobuf: messages nested deeper than \(limit) \(place)"
    case .unknownType(let name): return "protobuf: no type \(name) is known"
    }
  }
}
