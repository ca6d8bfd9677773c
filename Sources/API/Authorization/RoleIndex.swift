import Kinds
import Store
import Tree

/// Who is bound to which role where: made of the RBAC objects once, asked by every request.
package struct RoleIndex: Sendable {
  /// A user or group, in one namespace (empty: everywhere).
  private struct Subject: Hashable {
    var isGroup: Bool
    var name: String
    var namespace: String
  }

  struct Binding: Sendable {
    /// Empty of a ClusterRoleBinding.
    var namespace: String
    var name: String
    var role: ObjectKey
    /// The subject by which it applies, as a message names it: `User "jane"`.
    var subject: String
  }

  private var bindings: [Subject: [Binding]] = [:]
  private var rules: [ObjectKey: [PolicyRule]] = [:]

  init(_ snapshot: Snapshot) {
    for object in snapshot.list(Kind.role.groupResource) { rules[object.key] = PolicyRule.rules(of: object.value) }
    let clusterRoles = snapshot.list(Kind.clusterRole.groupResource)
    let values = clusterRoles.map(\.value)
    for object in clusterRoles {
      rules[object.key] = RoleAggregation.rules(of: object.value, among: values).map { PolicyRule($0) }
    }
    for kind in [Kind.clusterRoleBinding, .roleBinding] {
      for object in snapshot.list(kind.groupResource) { add(object) }
    }
  }

  private mutating func add(_ object: StoredObject) {
    let reference = object.value["roleRef"]
    let kind = reference?["kind"]?.string == "ClusterRole" ? Kind.clusterRole : Kind.role
    let role = kind.key(namespace: object.namespace, name: reference?["name"]?.string ?? "")
    for subject in object.value["subjects"]?.array ?? [] {
      let name = subject["name"]?.string ?? ""
      let text: String
      var found = Subject(isGroup: false, name: name, namespace: object.namespace)
      switch subject["kind"]?.string {
      case "User": text = "User \"\(name)\""
      case "Group":
        found.isGroup = true
        text = "Group \"\(name)\""
      case "ServiceAccount":
        let namespace = subject["namespace"]?.string ?? object.namespace
        found.name = "system:serviceaccount:\(namespace):\(name)"
        text = "ServiceAccount \"\(name)/\(namespace)\""
      default: continue
      }
      let binding = Binding(namespace: object.namespace, name: object.name, role: role, subject: text)
      bindings[found, default: []].append(binding)
    }
  }

  /// The bindings that apply to the caller in a namespace (empty: everywhere only), cluster-wide ones first.
  func bindings(of caller: Caller, in namespace: String) -> [Binding] {
    var found: [Binding] = []
    for place in namespace.isEmpty ? [""] : ["", namespace] {
      found += bindings[Subject(isGroup: false, name: caller.name, namespace: place)] ?? []
      for group in caller.groups {
        found += bindings[Subject(isGroup: true, name: group, namespace: place)] ?? []
      }
    }
    return found
  }

  private func rules(of binding: Binding) -> [PolicyRule] { rules[binding.role] ?? [] }

  func rules(of role: ObjectKey) -> [PolicyRule]? { rules[role] }

  func rules(of caller: Caller, in namespace: String) -> [PolicyRule] {
    bindings(of: caller, in: namespace).flatMap(rules(of:))
  }
}
