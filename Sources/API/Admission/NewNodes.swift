import Tree

/// A node that somebody makes through the API takes no pods until the node controller has seen that it is ready
/// (Kubernetes documentation, admission plugin TaintNodesByCondition). The simulated machines bring the taint along.
enum NewNodes {
  private static let taint: Value = ["key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"]

  static func admit(_ value: inout Value) {
    let taints = value["spec", "taints"]?.array ?? []
    guard !taints.contains(where: { $0["key"] == taint["key"] && $0["effect"] == taint["effect"] }) else { return }
    value["spec", "taints"] = .array(taints + [taint])
  }
}
