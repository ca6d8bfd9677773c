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

  func check(_ value: Value) throws(Status) {
    guard !caller.isMaster else { return }
    let name = value["metadata", "name"]?.string ?? ""
    if kind == .role || kind == .clusterRole {
      if authorizer.allows(attributes("escalate", resource: kind.plural, name: name)) { return }
      try requireCovered(PolicyRule.rules(of: value), name)
    } else {
      try checkBinding(value, name)
    }
  }

  private func checkBinding(_ value: Value, _ name: String) throws(Status) {
    let reference = value["roleRef"]
    let role = reference?["kind"]?.string == "ClusterRole" ? Kind.clusterRole : Kind.role
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

  private func requireCovered(_ rules: [PolicyRule], _ name: String) throws(Status) {
    let own = authorizer.index.rules(of: caller, in: info.namespace)
    let missing = rules.flatMap(\.pieces).filter { piece in !own.contains { $0.covers(piece) } }
    guard !missing.isEmpty else { return }
    let groups = caller.groups.map { "\"\($0)\"" }.joined(separator: " ")
    let lines = missing.map(\.text).joined(separator: "\n")
    throw .forbidden(
      kind, name,
      "user \"\(caller.name)\" (groups=[\(groups)]) is attempting to grant RBAC permissions not currently held:\n"
        + lines
    )
  }
}

extension PolicyRule {
  /// As Kubernetes writes a rule into a message: `{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}`.
  fileprivate var text: String {
    func list(_ texts: [String]) -> String { "[" + texts.map { "\"\($0)\"" }.joined(separator: " ") + "]" }
    var parts: [String] = []
    if !paths.isEmpty { parts.append("NonResourceURLs:" + list(paths)) }
    if !groups.isEmpty { parts.append("APIGroups:" + list(groups)) }
    if !resources.isEmpty { parts.append("Resources:" + list(resources)) }
    if !names.isEmpty { parts.append("ResourceNames:" + list(names)) }
    parts.append("Verbs:" + list(verbs))
    return "{" + parts.joined(separator: ", ") + "}"
  }
}
