import Kinds

/// A cordoned node takes no pods but those that tolerate it.
struct NodeUnschedulableFilter: FilterPlugin {
  let name = "NodeUnschedulable"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeTaints]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let taint = Taint(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
    guard !pod.tolerations.tolerate(taint) else { return .unconcerned }
    return .each { $0.isUnschedulable ? .unresolvable("node(s) were unschedulable") : nil }
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    event.node.map { !$0.isUnschedulable } ?? true
  }
}
