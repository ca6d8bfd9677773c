/// Why a filter refused a node.
struct Refusal: Equatable {
  /// In Kubernetes' words; several where several resources are short.
  let reasons: [String]
  /// Whether the removal of other pods could help, which is what preemption looks at.
  let couldBeHelpedByPreemption: Bool

  static func unschedulable(_ reasons: String...) -> Refusal {
    Refusal(reasons: reasons, couldBeHelpedByPreemption: true)
  }

  static func unresolvable(_ reasons: String...) -> Refusal {
    Refusal(reasons: reasons, couldBeHelpedByPreemption: false)
  }
}

/// A rule that says on which nodes a pod cannot run.
protocol FilterPlugin: Sendable {
  /// As Kubernetes names it: `NodeResourcesFit`.
  var name: String { get }
  /// What may turn this filter's no into a yes.
  var helpfulEvents: ClusterEvents { get }
  /// Looks at the pod once, and answers how to look at each node; nil where the rule does not concern the pod.
  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)?
}

/// A preference among the nodes on which a pod can run.
protocol ScorePlugin: Sendable {
  var name: String { get }
  /// How much the plugin's score counts (kube-scheduler's default profile).
  var weight: Int64 { get }
  /// How good each node is, from 0 to 100; nil where the preference does not concern the pod.
  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]?
}

/// The plugins of kube-scheduler's default profile, in its order.
enum DefaultProfile {
  static let filters: [any FilterPlugin] = [
    NodeUnschedulableFilter(), NodeNameFilter(), TaintTolerationFilter(), NodeAffinityFilter(), NodePortsFilter(),
    NodeResourcesFitFilter(), PodTopologySpreadFilter(), InterPodAffinityFilter(),
  ]

  static let scores: [any ScorePlugin] = [
    TaintTolerationScore(), NodeAffinityScore(), NodeResourcesFitScore(), PodTopologySpreadScore(),
    InterPodAffinityScore(), NodeResourcesBalancedAllocationScore(), ImageLocalityScore(),
  ]
}

/// The best score that a node can get from one plugin.
let maximumScore: Int64 = 100

/// Brings raw scores to 0…100, the largest becoming 100; or, reversed, the smallest amount the best score.
func normalised(_ raw: [Int64], reversed: Bool = false) -> [Int64] {
  guard let largest = raw.max(), largest > 0 else {
    return raw.map { _ in reversed ? maximumScore : 0 }
  }
  return raw.map { score in
    let share = score * maximumScore / largest
    return reversed ? maximumScore - share : share
  }
}
