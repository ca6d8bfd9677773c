import Kinds
import Store
import Tree

/// Which requests a policy, its binding or a webhook is about (API reference, MatchResources).
enum PolicyMatch {
  /// Whether a policy's constraints, or a binding's, take the request in.
  static func matches(_ resources: Value?, _ attempt: PolicyAttempt) -> Bool {
    guard let resources else { return true }
    if !isSelected(resources, attempt) { return false }
    let equivalent = resources["matchPolicy"]?.string != "Exact"
    if names(resources["excludeResourceRules"], attempt, equivalent: equivalent) != nil { return false }
    guard let rules = resources["resourceRules"]?.array, !rules.isEmpty else { return true }
    return names(resources["resourceRules"], attempt, equivalent: equivalent) != nil
  }

  /// Whether the selectors of namespaces and objects take the request in.
  static func isSelected(_ source: Value, _ attempt: PolicyAttempt) -> Bool {
    selectsNamespace(source["namespaceSelector"], attempt) && selectsObject(source["objectSelector"], attempt)
  }

  /// The kind as which a list of rules names the request: its own, or an equivalent version of it; nil if none does.
  static func names(_ rules: Value?, _ attempt: PolicyAttempt, equivalent: Bool) -> Kind? {
    let kind = attempt.request.kind
    guard let rules = rules?.array, !rules.isEmpty else { return nil }
    if rules.contains(where: { names($0, attempt, as: kind) }) { return kind }
    guard equivalent, kind.custom != nil || kind.siblings.count > 1 else { return nil }
    let others = attempt.request.writer.environment.kinds.kinds.filter {
      $0 != kind && $0.collection == kind.collection
    }
    for rule in rules { if let other = others.first(where: { names(rule, attempt, as: $0) }) { return other } }
    return nil
  }

  private static func names(_ rule: Value, _ attempt: PolicyAttempt, as kind: Kind) -> Bool {
    let request = attempt.request
    let objects = texts(rule, "resourceNames")
    guard objects.isEmpty || objects.contains(request.isNameMade ? "" : request.key.name) else { return false }
    let scope = rule["scope"]?.string ?? "*"
    // A namespace is an object of the cluster, though its requests lie in itself.
    guard scope == "*" || (scope == "Namespaced") == kind.isNamespaced else { return false }
    return contains(rule, "operations", attempt.operation) && contains(rule, "apiGroups", kind.group)
      && contains(rule, "apiVersions", kind.version)
      && texts(rule, "resources").contains { isMeant($0, kind.plural, request.subresource) }
  }

  /// `pods`, `pods/status`, `pods/*`, `*/scale`, `*/*`; `*` means every resource, and no subresource.
  private static func isMeant(_ text: String, _ resource: String, _ subresource: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard let first = parts.first, first == "*" || first == resource else { return false }
    let second = parts.count > 1 ? parts[1] : ""
    return second == "*" || second == subresource
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
    if attempt.request.kind == .namespace { return attempt.states.first.map { selector.matches(labels($0)) } ?? false }
    guard attempt.request.kind.isNamespaced else { return true }
    return attempt.request.namespace.map { selector.matches(labels($0)) } ?? false
  }

  private static func selectsObject(_ selector: Value?, _ attempt: PolicyAttempt) -> Bool {
    guard let selector = selector.flatMap({ LabelSelector($0) }), !selector.isEmpty else { return true }
    return attempt.states.contains { selector.matches(labels($0)) }
  }

  private static func labels(_ value: Value) -> TextMap { AnyObjectView(value).metadata.labels }
}
