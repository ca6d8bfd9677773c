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

  /// This selector with one more field that must have a value.
  package func requiring(_ field: String, _ value: String) -> FieldSelector {
    FieldSelector(requirements: [Requirement(field: field, value: value, isEqual: true)] + requirements)
  }

  /// This selector with its fields called otherwise.
  package func renamed(_ name: (String) -> String) -> FieldSelector {
    FieldSelector(
      requirements: requirements.map { Requirement(field: name($0.field), value: $0.value, isEqual: $0.isEqual) })
  }

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
    // An event's source has two parts, of which the one that is set counts.
    if field == "source" {
      let component = object["source", "component"]?.string ?? ""
      return component.isEmpty ? object["reportingComponent"]?.string ?? "" : component
    }
    var value: Value? = object
    for part in (otherNames[field] ?? field).split(separator: ".") { value = value?[String(part)] }
    switch value {
    case .string(let text): return text
    case .boolean(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    default: return absent[field] ?? ""
    }
  }

  /// Fields whose names in selectors are not their paths.
  private static let otherNames = [
    "status.successful": "status.succeeded", "name": "metadata.name", "spec.host": "spec.nodeName",
  ]

  /// What numbers and flags count as where they are not set.
  private static let absent = [
    "spec.unschedulable": "false", "spec.hostNetwork": "false", "status.replicas": "0", "status.successful": "0",
  ]
}
