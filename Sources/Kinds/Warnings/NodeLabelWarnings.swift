import Tree

/// Labels of nodes that have got other names (k8s.io/kubernetes, pkg/api/node).
enum NodeLabelWarnings {
  private static let messages = [
    "beta.kubernetes.io/arch": #"deprecated since v1.14; use "kubernetes.io/arch" instead"#,
    "beta.kubernetes.io/os": #"deprecated since v1.14; use "kubernetes.io/os" instead"#,
    "failure-domain.beta.kubernetes.io/region":
      #"deprecated since v1.17; use "topology.kubernetes.io/region" instead"#,
    "failure-domain.beta.kubernetes.io/zone":
      #"deprecated since v1.17; use "topology.kubernetes.io/zone" instead"#,
    "beta.kubernetes.io/instance-type":
      #"deprecated since v1.17; use "node.kubernetes.io/instance-type" instead"#,
  ]

  /// What to use instead of an old label; nil of a label that is none.
  static func message(_ label: String) -> String? { messages[label] }

  /// Of a term that selects nodes.
  static func warnings(ofTerm term: Value, at path: String) -> [String] {
    term.elements("matchExpressions", in: path).flatMap { path, requirement -> [String] in
      let key = requirement.text("key")
      return messages[key].map { ["\(path).key: \(key) is \($0)"] } ?? []
    }
  }

  /// Of a map whose keys are labels of nodes.
  static func warnings(ofSelector selector: Value?, at path: String) -> [String] {
    (selector?.object ?? Members()).compactMap { label in
      messages[label.key].map { "\(path)[\(label.key)]: \($0)" }
    }
  }
}
