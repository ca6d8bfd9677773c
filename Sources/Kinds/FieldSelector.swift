package import Tree

/// Which field values an object must have: `status.phase=Running,spec.nodeName!=node-1`
/// (Kubernetes documentation, "Field Selectors").
package struct FieldSelector: Sendable, Equatable {
  package struct Requirement: Sendable, Equatable {
    package let field: String
    package let value: String
    package let isEqual: Bool
  }

  package let requirements: [Requirement]

  package static let everything = FieldSelector(requirements: [])

  private init(requirements: [Requirement]) { self.requirements = requirements }

  package var isEmpty: Bool { requirements.isEmpty }

  /// The selector of a `fieldSelector` parameter.
  package init(text: String) throws(SelectorError) {
    var requirements: [Requirement] = []
    for term in text.split(separator: ",", omittingEmptySubsequences: true) {
      guard let position = term.firstIndex(where: { $0 == "=" || $0 == "!" }) else {
        throw SelectorError("invalid selector: '\(text)'; can't understand '\(term)'")
      }
      let operation = ["!=", "==", "="].first { term[position...].hasPrefix($0) }
      guard let operation else { throw SelectorError("invalid selector: '\(text)'; can't understand '\(term)'") }
      let value = term[position...].dropFirst(operation.count)
      requirements.append(
        Requirement(field: String(term[..<position]), value: String(value), isEqual: operation != "!="))
    }
    self.init(requirements: requirements)
  }

  /// Whether an object's fields are as asked. A field that is not set counts as empty.
  package func matches(_ object: Value) -> Bool {
    requirements.allSatisfy { requirement in
      (Self.text(of: requirement.field, in: object) == requirement.value) == requirement.isEqual
    }
  }

  private static func text(of field: String, in object: Value) -> String {
    // The one field whose selector has a name of its own.
    let field = field == "status.successful" ? "status.succeeded" : field
    var value: Value? = object
    for part in field.split(separator: ".") { value = value?[String(part)] }
    switch value {
    case .string(let text): return text
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    default: return field == "spec.unschedulable" ? "false" : ""
    }
  }
}
