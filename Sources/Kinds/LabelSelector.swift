package import Tree

/// Which labels an object must have (Kubernetes documentation, "Labels and Selectors").
package struct LabelSelector: Sendable, Equatable {
  package enum Operator: String, Sendable {
    case isIn = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
    case greaterThan = "Gt"
    case lessThan = "Lt"
  }

  package struct Requirement: Sendable, Equatable {
    package let key: String
    package let `operator`: Operator
    package let values: [String]

    package init(key: String, _ operator: Operator, values: [String] = []) {
      self.key = key
      self.operator = `operator`
      self.values = values
    }

    /// Whether an object with that value of the label (nil: without the label) meets the requirement.
    package func matches(_ value: String?) -> Bool {
      switch self.operator {
      case .isIn: value.map(values.contains) ?? false
      case .notIn: value.map { !values.contains($0) } ?? true
      case .exists: value != nil
      case .doesNotExist: value == nil
      case .greaterThan: compare(value, by: >)
      case .lessThan: compare(value, by: <)
      }
    }

    private func compare(_ value: String?, by compare: (Int64, Int64) -> Bool) -> Bool {
      guard let left = value.flatMap({ Int64($0) }), let right = values.first.flatMap({ Int64($0) }) else {
        return false
      }
      return compare(left, right)
    }
  }

  package let requirements: [Requirement]

  package init(_ requirements: [Requirement]) { self.requirements = requirements }

  /// Matches every object.
  package static let everything = LabelSelector([])

  package var isEmpty: Bool { requirements.isEmpty }

  /// The selector of an object's field: `{matchLabels: …, matchExpressions: […]}`. An empty one matches everything;
  /// nil where an operator is unknown.
  package init?(_ value: Value) {
    var requirements = (value["matchLabels"]?.object ?? Members()).map {
      Requirement(key: $0.key, .isIn, values: [$0.value.string ?? ""])
    }
    for expression in value["matchExpressions"]?.array ?? [] {
      guard let operation = expression["operator"]?.string.flatMap(Operator.init(rawValue:)) else { return nil }
      let values = (expression["values"]?.array ?? []).compactMap(\.string)
      requirements.append(Requirement(key: expression["key"]?.string ?? "", operation, values: values))
    }
    self.init(requirements)
  }

  /// The selector that asks for each of these labels, as a Service's `spec.selector` does.
  package init(labels: TextMap) {
    self.init(labels.pairs.map { Requirement(key: $0.key, .isIn, values: [$0.value]) })
  }

  package func matches(_ labels: TextMap) -> Bool {
    requirements.allSatisfy { $0.matches(labels[$0.key]) }
  }
}

extension LabelSelector: CustomStringConvertible {
  /// As kubectl prints it: `app=web,tier in (a,b),!old`.
  package var description: String { requirements.map(\.text).joined(separator: ",") }
}

extension LabelSelector.Requirement {
  fileprivate var text: String {
    switch self.operator {
    case .isIn where values.count == 1: key + "=" + values[0]
    case .isIn: key + " in (" + values.sorted().joined(separator: ",") + ")"
    case .notIn where values.count == 1: key + "!=" + values[0]
    case .notIn: key + " notin (" + values.sorted().joined(separator: ",") + ")"
    case .exists: key
    case .doesNotExist: "!" + key
    case .greaterThan: key + ">" + (values.first ?? "")
    case .lessThan: key + "<" + (values.first ?? "")
    }
  }
}
