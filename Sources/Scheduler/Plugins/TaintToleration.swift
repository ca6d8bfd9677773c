import Kinds

/// A taint keeps away every pod that does not tolerate it.
struct TaintTolerationFilter: FilterPlugin {
  let name = "TaintToleration"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeTaints]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    .each { Self.isRepelled(pod, by: $0) ? .unresolvable("node(s) had untolerated taint(s)") : nil }
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    event.node.map { !Self.isRepelled(pod, by: $0) } ?? true
  }

  private static func isRepelled(_ pod: PodSummary, by node: NodeSummary) -> Bool {
    for taint in node.taints where taint.effect != "PreferNoSchedule" && !pod.tolerations.tolerate(taint) {
      return true
    }
    return false
  }
}

/// Prefers nodes with few taints of effect PreferNoSchedule that the pod does not tolerate.
struct TaintTolerationScore: ScorePlugin {
  let name = "TaintToleration"

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let counts = nodes.map { node in
      node.taints.isEmpty
        ? 0 : Int64(node.taints.count { $0.effect == "PreferNoSchedule" && !pod.tolerations.tolerate($0) })
    }
    return normalised(counts, reversed: true)
  }
}
