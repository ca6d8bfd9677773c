import Kinds
import Store
import Tree

/// Nobody gives away rights that he does not have (Kubernetes documentation, "Privilege escalation prevention and
/// bootstrapping").
struct EscalationCheck {
  let authorizer: Authorizer
  let caller: Caller
  let info: RequestInfo
  let kind: Kind

  /// `old` is the object before an update, nil of a creation.
  func check(_ value: Value, old: Value?) throws(Status) {
    guard !caller.isMaster else { return }
    if let old, Self.changesOnlyCollection(value, old) { return }
    let name = value["metadata", "name"]?.string ?? ""
    if kind == .role || kind == .clusterRole {
      // The right is asked for as the address names the role, and that of a creation names none.
      if authorizer.allows(attributes("escalate", resource: kind.plural, name: info.name)) { return }
      try requireCovered(PolicyRule.rules(of: value), name)
      try checkAggregation(value, old, name)
    } else {
      try checkBinding(value, name)
    }
  }

  /// Whether only fields differ by which the garbage collector lets an object go.
  private static func changesOnlyCollection(_ value: Value, _ old: Value) -> Bool {
    var (next, present) = (value, old)
    for field in [
      "ownerReferences", "finalizers", "managedFields", "resourceVersion", "uid", "creationTimestamp", "generation",
    ] {
      next["metadata", field] = nil
      present["metadata", field] = nil
    }
    return next == present
  }

  /// A sum of roles can come to hold anything, so whoever makes one must have everything.
  private func checkAggregation(_ value: Value, _ old: Value?, _ name: String) throws(Status) {
    guard value["aggregationRule"]?.object != nil || old?["aggregationRule"]?.object != nil else { return }
    let everything = [
      PolicyRule(verbs: ["*"], groups: ["*"], resources: ["*"]), PolicyRule(verbs: ["*"], paths: ["*"]),
    ]
    guard missing(of: everything).isEmpty else {
      throw .forbidden(kind, name, "must have cluster-admin privileges to use an aggregationRule")
    }
  }

  private func checkBinding(_ value: Value, _ name: String) throws(Status) {
    let reference = value["roleRef"]
    guard let role = [Kind.role, .clusterRole].first(where: { reference?["kind"]?.string == $0.name }) else {
      let text = reference?["kind"] ?? ""
      throw Status(code: 500, reason: "", message: "unsupported role reference kind: \(text.jsonText)")
    }
    let roleName = reference?["name"]?.string ?? ""
    if authorizer.allows(attributes("bind", resource: role.plural, name: roleName)) { return }
    let key = role.key(namespace: info.namespace, name: roleName)
    guard let rules = authorizer.index.rules(of: key) else { throw .notFound(role, roleName) }
    try requireCovered(rules, name)
  }

  private func attributes(_ verb: String, resource: String, name: String) -> Attributes {
    Attributes(
      caller: caller, verb: verb, group: Kind.role.group, resource: resource, namespace: info.namespace, name: name)
  }

  private func missing(of rules: [PolicyRule]) -> [PolicyRule] {
    let own = authorizer.index.rules(of: caller, in: info.namespace)
    return rules.flatMap(\.pieces).filter { piece in !own.contains { $0.covers(piece) } }
  }

  private func requireCovered(_ rules: [PolicyRule], _ name: String) throws(Status) {
    let missing = missing(of: rules)
    guard !missing.isEmpty else { return }
    let groups = caller.groups.map { "\"\($0)\"" }.joined(separator: " ")
    let lines = Set(PolicyRule.joined(missing).map(\.text)).sorted().joined(separator: "\n")
    throw .forbidden(
      kind, name,
      "user \"\(caller.name)\" (groups=[\(groups)]) is attempting to grant RBAC permissions not currently held:\n"
        + lines
    )
  }
}

extension PolicyRule {
  /// The pieces with those of one resource, and of at most one name, put together
  /// (k8s.io/kubernetes, pkg/apis/rbac/v1 CompactRules).
  fileprivate static func joined(_ pieces: [PolicyRule]) -> [PolicyRule] {
    var joined: [PolicyRule] = []
    for piece in pieces {
      let same = joined.firstIndex { known in
        known.paths.isEmpty && known.groups == piece.groups && known.resources == piece.resources
          && known.names == piece.names
      }
      if let same, piece.paths.isEmpty { joined[same].verbs += piece.verbs } else { joined.append(piece) }
    }
    return joined
  }

  /// As Kubernetes writes a rule into a message: `{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}`.
  fileprivate var text: String {
    func list(_ texts: [String]) -> String { "[" + texts.map { "\"\($0)\"" }.joined(separator: " ") + "]" }
    var parts: [String] = []
    if !groups.isEmpty { parts.append("APIGroups:" + list(groups)) }
    if !resources.isEmpty { parts.append("Resources:" + list(resources)) }
    if !paths.isEmpty { parts.append("NonResourceURLs:" + list(paths)) }
    if !names.isEmpty { parts.append("ResourceNames:" + list(names)) }
    parts.append("Verbs:" + list(verbs))
    return "{" + parts.joined(separator: ", ") + "}"
  }
}
