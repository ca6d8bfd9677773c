package import Tree

/// What is wrong with a value by its declaration, in the words of k8s.io/apimachinery's field errors.
package struct Violation: Sendable, Equatable {
  /// The sort of violation; each has its own reason in a Status.
  package enum Reason: Sendable {
    case required
    case invalid
    case notSupported
    case tooLong
    case tooMany
  }

  /// The sort of violation.
  package let reason: Reason
  /// `spec.containers[0].image`
  package let field: String
  /// Without the field: `Required value`.
  package let message: String
}

extension Shape {
  /// Everything in a tree that its declaration forbids, in the order of the declaration.
  package func violations(in value: Value) -> [Violation] {
    var validation = Validation()
    if isLimited { validation.visit(value, .object(self)) }
    return validation.found
  }

  /// The fields that may not change and did.
  package func changesOfImmutableFields(in value: Value, from old: Value) -> [Violation] {
    var validation = Validation()
    validation.compare(value, old, self)
    return validation.found
  }
}

private struct Validation {
  var found: [Violation] = []
  private var path = FieldPath()

  private mutating func report(_ reason: Violation.Reason, _ message: String) {
    found.append(Violation(reason: reason, field: path.text, message: message))
  }

  mutating func visit(_ value: Value, _ type: FieldType) {
    switch (type, value) {
    case (.object(let shape), .object(let members)):
      guard shape.isLimited else { return }
      for field in shape.limitedFields {
        let value = members[field.name]
        if value == nil, field.limits.requirement == nil { continue }
        path.enter(field: field.name)
        check(value, field)
        path.leave()
      }
    case (.list(let element, _), .array(let elements)) where element.isLimited:
      for (index, value) in elements.enumerated() {
        path.enter(index: index)
        visit(value, element)
        path.leave()
      }
    case (.map(let element, _), .object(let members)) where element.isLimited:
      for member in members {
        path.enter(key: member.key)
        visit(member.value, element)
        path.leave()
      }
    case (.text(let type), .string(let text)): checkWords(text, type.words)
    default: break
    }
  }

  private mutating func check(_ value: Value?, _ field: Field) {
    guard let value, !value.isNull, !isEmpty(value, field) else {
      if let detail = field.limits.requirement {
        report(.required, detail.isEmpty ? "Required value" : "Required value: " + detail)
      }
      return
    }
    if field.isLimited { checkLimits(value, field.limits) }
    visit(value, field.type)
  }

  /// Whether the value counts as absent: an empty text or list; an empty object only where it is the zero of its type.
  private func isEmpty(_ value: Value, _ field: Field) -> Bool {
    switch value {
    case .string(""): !field.isOptional || field.limits.requirement != nil
    case .array(let elements): elements.isEmpty
    default: false
    }
  }

  private mutating func checkLimits(_ value: Value, _ limits: Limits) {
    if let number = value.number { checkRange(value, number, limits) }
    if case .string(let text) = value {
      checkWords(text, limits.words)
      if let length = limits.length, text.unicodeScalars.count > length {
        report(.tooLong, "Too long: may not be more than \(length) bytes")
      }
      if let pattern = limits.pattern, let expression = try? Regex(pattern), text.firstMatch(of: expression) == nil {
        report(.invalid, "Invalid value: \(value.jsonText): should match '\(pattern)'")
      }
    }
    if case .array(let elements) = value, let length = limits.length, elements.count > length {
      report(.tooMany, "Too many: \(elements.count): must have at most \(length) items")
    }
  }

  private mutating func checkRange(_ value: Value, _ number: Double, _ limits: Limits) {
    let least = limits.minimum
    let most = limits.maximum
    guard number < least ?? number || number > most ?? number else { return }
    let rule =
      switch (least, most) {
      case (let least?, let most?):
        "must be between \(Validation.text(least)) and \(Validation.text(most)), inclusive"
      case (let least?, nil): "must be greater than or equal to \(Validation.text(least))"
      default: "must be less than or equal to \(Validation.text(most ?? 0))"
      }
    report(.invalid, "Invalid value: \(value.jsonText): \(rule)")
  }

  private mutating func checkWords(_ text: String, _ words: [String]) {
    guard !words.isEmpty, !text.isEmpty, !words.contains(text) else { return }
    let supported = words.map { Value.string($0).jsonText }.joined(separator: ", ")
    report(.notSupported, "Unsupported value: \(Value.string(text).jsonText): supported values: \(supported)")
  }

  private static func text(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? Value.number(number).jsonText
  }

  // MARK: Immutable fields

  mutating func compare(_ value: Value, _ old: Value, _ shape: Shape) {
    for field in shape.fields {
      let new = value[field.name]
      let before = old[field.name]
      path.enter(field: field.name)
      if field.limits.isImmutable {
        if new != before {
          report(.invalid, "Invalid value: \((new ?? .null).jsonText): field is immutable")
        }
      } else if case .object(let inner) = field.type, let new, let before {
        compare(new, before, inner)
      }
      path.leave()
    }
  }
}

extension FieldType {
  fileprivate var isLimited: Bool {
    switch self {
    case .text(let text): !text.words.isEmpty
    case .object(let shape): shape.isLimited
    case .list(let element, _), .map(let element, _): element.isLimited
    default: false
    }
  }
}
