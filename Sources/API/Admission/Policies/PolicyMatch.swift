import Kinds
import Store
import Tree

/// Which requests a policy or its binding is about (API reference, MatchResources).
enum PolicyMatch {
  static func matches(_ resources: Value?, _ attempt: PolicyAttempt) -> Bool {
    guard let resources else { return true }
    if let rules = resources["resourceRules"]?.array, !rules.isEmpty, !rules.contains(where: { names($0, attempt) }) {
      return false
    }
    if (resources["excludeResourceRules"]?.array ?? []).contains(where: { names($0, attempt) }) { return false }
    return selectsNamespace(resources["namespaceSelector"], attempt)
      && selectsObject(resources["objectSelector"], attempt)
  }

  private static func names(_ rule: Value, _ attempt: PolicyAttempt) -> Bool {
    let kind = attempt.request.kind
    let objects = texts(rule, "resourceNames")
    guard objects.isEmpty || objects.contains(attempt.request.key.name) else { return false }
    let scope = rule["scope"]?.string ?? "*"
    guard scope == "*" || (scope == "Namespaced") == kind.isNamespaced else { return false }
    return contains(rule, "operations", attempt.operation) && contains(rule, "apiGroups", kind.group)
      && contains(rule, "apiVersions", kind.version)
      && (contains(rule, "resources", kind.plural) || texts(rule, "resources").contains("*/*"))
  }

  private static func contains(_ rule: Value, _ field: String, _ text: String) -> Bool {
    texts(rule, field).contains { $0 == "*" || $0 == text }
  }

  private static func texts(_ rule: Value, _ field: String) -> [String] {
    (rule[field]?.array ?? []).compactMap(\.string)
  }

  /// What is in no namespace is not left out by a selector of namespaces; a namespace is selected by its own labels.
  private static func selectsNamespace(_ selector: Value?, _ attempt: PolicyAttempt) -> Bool {
    guard let selector = selector.flatMap({ LabelSelector($0) }), !selector.isEmpty else { return true }
    if attempt.request.kind == .namespace { return attempt.states.contains { selector.matches(labels($0)) } }
    guard attempt.request.kind.isNamespaced else { return true }
    return attempt.request.namespace.map { selector.matches(labels($0)) } ?? false
  }

  private static func selectsObject(_ selector: Value?, _ attempt: PolicyAttempt) -> Bool {
    guard let selector = selector.flatMap({ LabelSelector($0) }), !selector.isEmpty else { return true }
    return attempt.states.contains { selector.matches(labels($0)) }
  }

  private static func labels(_ value: Value) -> TextMap { AnyObjectView(value).metadata.labels }
}
