import CEL
import Tree

extension StructuralSchema {
  /// A value as rules see it: times and durations by their format, numbers as such, other names escaped.
  func ruleValue(_ value: Value) -> CELValue {
    guard isTyped else { return CELValue(value) }
    switch value {
    case .object(let members):
      return .map(
        CELMap(
          members.map { member in
            let below = self.member(member.key)
            let name = properties[member.key] == nil ? member.key : Self.escaped(member.key)
            return (name, below?.ruleValue(member.value) ?? CELValue(member.value))
          }))
    case .array(let elements): return .list(elements.map { items?.ruleValue($0) ?? CELValue($0) })
    case .string(let text): return ruleValue(text)
    case .integer(let number) where type == "number": return .double(Double(number))
    default: return CELValue(value)
    }
  }

  private func ruleValue(_ text: String) -> CELValue {
    switch format {
    case "date-time": CELTimestamp(text).map(CELValue.timestamp) ?? .string(text)
    case "date": CELTimestamp(text + "T00:00:00Z").map(CELValue.timestamp) ?? .string(text)
    case "duration": CELDuration(text).map(CELValue.duration) ?? .string(text)
    default: .string(text)
    }
  }

  /// The property that rules know by that name.
  func property(escaped name: String) -> StructuralSchema? {
    if let property = properties[name] { return property }
    return names.first { Self.escaped($0) == name }.flatMap { properties[$0] }
  }

  /// Whether rules would see another value than JSON's.
  static func isTyped(_ source: Value, below: [StructuralSchema], names: [String]) -> Bool {
    let format = source["format"]?.string ?? ""
    return source["type"] == "number" || ["date-time", "date", "duration"].contains(format)
      || below.contains(where: \.isTyped) || names.contains { escaped($0) != $0 }
  }

  /// A name as CEL can spell it (Kubernetes documentation, "Validation rules": escaping).
  static func escaped(_ name: String) -> String {
    if reserved.contains(name) { return "__" + name + "__" }
    return name.replacing("__", with: "__underscores__").replacing(".", with: "__dot__")
      .replacing("-", with: "__dash__").replacing("/", with: "__slash__")
  }

  private static let reserved: Set<String> = [
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
    "loop", "package", "namespace", "return", "var", "void", "while",
  ]
}
