import Kinds

/// A taint keeps away every pod that does not tolerate it.
struct TaintTolerationFilter: FilterPlugin {
  let name = "TaintToleration"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeTaints]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    { node in
      for taint in node.taints where taint.effect != "PreferNoSchedule" && !pod.tolerations.tolerate(taint) {
        return .unresolvable("node(s) had untolerated taint(s)")
      }
      return nil
    }
  }
}

/// Prefers nodes with few taints of effect PreferNoSchedule that the pod does not tolerate.
struct TaintTolerationScore: ScorePlugin {
  let name = "TaintToleration"
  let weight: Int64 = 3

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let counts = nodes.map { node in
      Int64(node.taints.count { $0.effect == "PreferNoSchedule" && !pod.tolerations.tolerate($0) })
    }
    return normalised(counts, reversed: true)
  }
}
