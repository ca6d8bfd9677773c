import Kinds
import Store
import Synchronization
import Tree

/// Who is bound to which role where: made of the RBAC objects once, asked by every request.
package final class RoleIndex: Sendable {
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

  /// What a binding gives: the rules of its role; nil where there is no such role.
  struct Grant: Sendable {
    let binding: Binding
    let rules: [PolicyRule]?
    /// Why something is allowed by it.
    let reason: String
  }

  /// Who asks for which namespace.
  private struct Place: Hashable {
    let caller: String
    let groups: [String]
    let namespace: String
  }

  /// Places whose grants are remembered; with more all are forgotten.
  private static let placeLimit = 4_096

  private let bindings: [Subject: [Binding]]
  private let rules: [ObjectKey: [PolicyRule]]
  /// What was asked for already: so a request costs the same however many bindings there are.
  private let known: Mutex<[Place: [Grant]]> = Mutex([:])

  init(_ snapshot: Snapshot) {
    var rules: [ObjectKey: [PolicyRule]] = [:]
    for object in snapshot.list(Kind.role.groupResource) { rules[object.key] = PolicyRule.rules(of: object.value) }
    let clusterRoles = snapshot.list(Kind.clusterRole.groupResource)
    let values = clusterRoles.map(\.value)
    for object in clusterRoles {
      rules[object.key] = RoleAggregation.rules(of: object.value, among: values).map { PolicyRule($0) }
    }
    var bindings: [Subject: [Binding]] = [:]
    for kind in [Kind.clusterRoleBinding, .roleBinding] {
      for object in snapshot.list(kind.groupResource) { Self.add(object, to: &bindings) }
    }
    self.rules = rules
    self.bindings = bindings
  }

  private static func add(_ object: StoredObject, to bindings: inout [Subject: [Binding]]) {
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

  /// What the caller is given in a namespace (empty: everywhere only), by cluster-wide bindings first.
  func grants(of caller: Caller, in namespace: String) -> [Grant] {
    let place = Place(caller: caller.name, groups: caller.groups, namespace: namespace)
    if let grants = known.withLock({ $0[place] }) { return grants }
    let grants = bindings(of: caller, in: namespace).map {
      Grant(binding: $0, rules: rules[$0.role], reason: $0.reason)
    }
    known.withLock { known in
      if known.count >= Self.placeLimit { known.removeAll() }
      known[place] = grants
    }
    return grants
  }

  private func bindings(of caller: Caller, in namespace: String) -> [Binding] {
    var found: [Binding] = []
    for place in namespace.isEmpty ? [""] : ["", namespace] {
      found += bindings[Subject(isGroup: false, name: caller.name, namespace: place)] ?? []
      for group in caller.groups {
        found += bindings[Subject(isGroup: true, name: group, namespace: place)] ?? []
      }
    }
    return found
  }

  func rules(of role: ObjectKey) -> [PolicyRule]? { rules[role] }

  func rules(of caller: Caller, in namespace: String) -> [PolicyRule] {
    grants(of: caller, in: namespace).flatMap { $0.rules ?? [] }
  }
}
