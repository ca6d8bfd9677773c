import API
import Kinds
import Tree

/// Who may do what in the classroom's own cluster.
enum ClassroomRoles {
  /// The ClusterRoles and their bindings to the groups of the same names.
  static var objects: [Value] { roles.flatMap { [role($0.name, rules: $0.rules), binding(of: $0.name)] } }

  private static let reading: Value = ["get", "list", "watch"]

  private static let roles: [(name: String, rules: [Value])] = [
    (
      "podium:instructor",
      [
        rule(["classrooms"], ["get", "list", "watch", "patch", "update"]), rule(["learners", "incidents"], ["*"]),
        rule(["attempts"], ["get", "list", "watch", "delete", "deletecollection"]), rule(["clocks"], ["get"]),
      ]
    ),
    (
      "podium:assistant",
      [
        rule(["learners"], ["get", "list", "watch", "patch", "update"]), rule(["incidents"], ["*"]),
        rule(["attempts"], reading), rule(["clocks"], ["get"]),
      ]
    ),
    ("podium:observer", [rule(["learners", "attempts", "incidents"], reading), rule(["clocks"], ["get"])]),
    // What is a learner's own is given to each learner by name.
    ("podium:learner", [rule(["clocks"], ["get"])]),
  ]

  private static func rule(_ resources: Value, _ verbs: Value) -> Value {
    ["apiGroups": ["podium.dev"], "resources": resources, "verbs": verbs]
  }

  private static func role(_ name: String, rules: [Value]) -> Value {
    [
      "kind": "ClusterRole", "apiVersion": .string(Kind.clusterRole.apiVersion), "metadata": ["name": .string(name)],
      "rules": .array(rules),
    ]
  }

  private static func binding(of name: String) -> Value {
    binding(of: name, to: [["kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": .string(name)]])
  }

  private static func binding(of name: String, to subjects: Value) -> Value {
    [
      "kind": "ClusterRoleBinding", "apiVersion": .string(Kind.clusterRoleBinding.apiVersion),
      "metadata": ["name": .string(name)],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(name)],
      "subjects": subjects,
    ]
  }

  /// What one learner may: look at themself and, as far as `LearnerPolicy` lets them, change themself. It ends with the
  /// Learner.
  static func own(of learner: String, reference: Value) -> [Value] {
    let name = "podium:learner:" + learner
    let rules: [Value] = [
      [
        "apiGroups": ["podium.dev"], "resources": ["learners"], "verbs": ["get", "list", "watch", "patch", "update"],
        "resourceNames": [.string(learner)],
      ]
    ]
    let subjects: Value = [["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": .string(name)]]
    return [role(name, rules: rules), binding(of: name, to: subjects)].map { object in
      var object = object
      object["metadata", "ownerReferences"] = [reference]
      return object
    }
  }
}
