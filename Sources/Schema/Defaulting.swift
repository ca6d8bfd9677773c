package import Tree

/// Gives absent fields their defaults and brings the rest into the form in which Kubernetes writes it: members in the
/// order of the declaration, no zero where absent means the same, the objects that are always there, and quantities and
/// times in their canonical text. Doing it twice changes nothing. Fields that the shape does not know stay, at the end.
package struct Defaulting: Sendable {
  /// How many members an object may gain before its storage has to grow.
  private static let roomForFillers = 6

  private let forms: ScalarForms

  package init(forms: ScalarForms) { self.forms = forms }

  /// Brings an object of that shape into form; a value that is no object stays.
  package func apply(_ shape: Shape, to value: inout Value) {
    guard case .object(let members) = value else { return }
    value = .null
    value = .object(object(members, shape))
  }

  private func object(_ members: Members, _ shape: Shape) -> Members {
    let fields = shape.fields
    var slots = shape.fillers
    var strangers: [Members.Member] = []
    var last = -1
    for member in members {
      guard let position = shape.position(of: member.key, after: last) else {
        strangers.append(member)
        continue
      }
      last = position
      if let value = present(member.value, fields[position]) { slots[position] = value }
    }
    var result: [Members.Member] = []
    result.reserveCapacity(members.count + Self.roomForFillers)
    for (position, slot) in slots.enumerated() {
      if let slot { result.append(Members.Member(key: fields[position].name, value: slot)) }
    }
    if !strangers.isEmpty { result += strangers }
    return Members(distinct: result)
  }

  /// The value as it is kept; nil if it says no more than its absence.
  private func present(_ value: Value, _ field: Field) -> Value? {
    switch value {
    case .null: return nil
    case .boolean(false), .integer(0), .string(""):
      if !field.isOptional && !field.isShown { return nil }
    case .array(let elements):
      if elements.isEmpty && !field.isShown { return nil }
    case .object(let members):
      if members.isEmpty && !field.isShown, case .map = field.type { return nil }
    default: break
    }
    return kept(value, field.type)
  }

  private func kept(_ value: Value, _ type: FieldType) -> Value {
    switch (type, value) {
    case (.object(let shape), .object(let members)): return .object(object(members, shape))
    case (.object(let shape), .null): return .object(object(Members(), shape))
    case (.list(let element, _), .array(let elements)):
      if element.isPlain { return value }
      return .array(elements.map { kept($0, element) })
    case (.map(let element, _), .object(let members)):
      if element.isPlain { return value }
      return .object(Members(distinct: members.map { Members.Member(key: $0.key, value: kept($0.value, element)) }))
    case (.quantity, .string(let text)): return .string(forms.canonicalQuantity(text) ?? text)
    case (.quantity, .integer(let number)): return .string(forms.canonicalQuantity(String(number)) ?? String(number))
    case (.quantity, .number): return .string(forms.canonicalQuantity(value.jsonText) ?? value.jsonText)
    case (.time, .string(let text)): return .string(forms.moment(text).map(forms.timeText) ?? text)
    case (.microTime, .string(let text)): return .string(forms.moment(text).map(forms.microTimeText) ?? text)
    case (.text, .null): return ""
    default: return value
    }
  }
}

extension FieldType {
  /// Whether a value of the type is always kept as it is.
  fileprivate var isPlain: Bool {
    switch self {
    case .text, .boolean, .int32, .int64, .double, .bytes, .intOrString, .anything, .fieldSet, .wrappedList: true
    case .object, .quantity, .time, .microTime: false
    case .list(let element, _), .map(let element, _): element.isPlain
    }
  }
}
