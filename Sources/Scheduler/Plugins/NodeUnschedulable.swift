import Kinds

/// A cordoned node takes no pods but those that tolerate it.
struct NodeUnschedulableFilter: FilterPlugin {
  let name = "NodeUnschedulable"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeTaints]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    let taint = Taint(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
    guard !pod.tolerations.tolerate(taint) else { return nil }
    return { $0.isUnschedulable ? .unresolvable("node(s) were unschedulable") : nil }
  }
}
