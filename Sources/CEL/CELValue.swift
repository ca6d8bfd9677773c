package import Tree

/// A value while an expression runs: JSON's kinds and the ones that CEL adds.
package enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([CELValue])
  case map(CELMap)
  case timestamp(CELTimestamp)
  case duration(CELDuration)
  case type(CELType)
  indirect case optional(CELValue?)
  /// A value of a library's type.
  case object(any CELObject)
}

/// The types' names, as `type(x)` gives them and as expressions name them.
package enum CELType: String, Sendable {
  case null = "null_type"
  case bool, int, uint, double, string, bytes, list, map, type
  case timestamp = "google.protobuf.Timestamp"
  case duration = "google.protobuf.Duration"
  case optional = "optional_type"
  case object = "kubernetes.object"
}

extension CELValue {
  var type: CELType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type
    case .optional: .optional
    case .object: .object
    }
  }

  /// The type's name in messages.
  package var typeName: String {
    if case .object(let object) = self { return object.typeName }
    return type.rawValue
  }

  /// What working on this value costs, beyond one step: the length of what has one.
  var weight: Int {
    switch self {
    case .string(let text): text.utf8.count / 10
    case .bytes(let bytes): bytes.count / 10
    case .list(let elements): elements.count
    case .map(let map): map.count
    default: 0
    }
  }
}

// MARK: - From and to trees

extension CELValue {
  /// A tree's value. Objects are taken as they are and looked into only where an expression does.
  package init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .number(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .list(values.map { CELValue($0) })
    case .object(let members): self = .map(CELMap(members))
    }
  }

  /// This value as a tree: times and durations as text, bytes in base64, an empty optional as null.
  package var value: Value {
    switch self {
    case .null: .null
    case .bool(let value): .boolean(value)
    case .int(let value): .integer(value)
    case .uint(let value): Int64(exactly: value).map(Value.integer) ?? .number(Double(value))
    case .double(let value): .number(value)
    case .string(let value): .string(value)
    case .bytes(let value): .string(base64(value))
    case .list(let values): .array(values.map(\.value))
    case .map(let map): .object(Members(map.entries.map { ($0.key.keyText, $0.value.value) }))
    case .timestamp(let value): .string(value.description)
    case .duration(let value): .string(value.description)
    case .type(let value): .string(value.rawValue)
    case .optional(let value): value?.value ?? .null
    case .object(let object): object.text.map(Value.string) ?? .null
    }
  }

  /// A map's key as a member's name.
  private var keyText: String {
    switch self {
    case .string(let value): value
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .bool(let value): String(value)
    default: ""
    }
  }
}

/// Bytes as base64 text with padding (RFC 4648, section 4).
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits: UInt32 = 0
    for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0) }
    for place in 0..<4 {
      text.append(place <= group.count ? alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}
