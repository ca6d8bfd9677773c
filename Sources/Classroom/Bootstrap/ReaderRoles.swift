import API
import Kinds
import Tree

/// What the instructor and the assistants may see in a learner's cluster: everything but Secrets and who may what. They
/// change nothing there.
enum ReaderRoles {
  private static let name = "podium:reader"
  private static let rbac = "rbac.authorization.k8s.io"
  private static let reading: Value = ["get", "list", "watch"]

  static let objects: [Value] = [role, binding(name, to: name), binding(name + ":view", to: "view")]

  private static let role: Value = [
    "kind": "ClusterRole", "apiVersion": .string(Kind.clusterRole.apiVersion), "metadata": ["name": .string(name)],
    "rules": [
      ["apiGroups": [""], "resources": ["nodes", "persistentvolumes"], "verbs": reading],
      ["apiGroups": ["storage.k8s.io"], "resources": ["storageclasses"], "verbs": reading],
      ["apiGroups": ["scheduling.k8s.io"], "resources": ["priorityclasses"], "verbs": reading],
      ["apiGroups": ["metrics.k8s.io"], "resources": ["nodes", "pods"], "verbs": ["get", "list"]],
      [
        "apiGroups": ["podium.dev"], "resources": ["bookmarks", "clocks", "faults", "forks", "images", "rewinds"],
        "verbs": reading,
      ],
      ["apiGroups": ["podium.dev"], "resources": ["explanations"], "verbs": ["create"]],
    ],
  ]

  private static func binding(_ name: String, to role: String) -> Value {
    [
      "kind": "ClusterRoleBinding", "apiVersion": .string(Kind.clusterRoleBinding.apiVersion),
      "metadata": ["name": .string(name)],
      "roleRef": ["apiGroup": .string(rbac), "kind": "ClusterRole", "name": .string(role)],
      "subjects": .array(
        [Role.instructor, .assistant].map {
          ["kind": "Group", "apiGroup": .string(rbac), "name": .string($0.group)]
        }),
    ]
  }
}
