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

/// What a filter makes of a pod before it looks at nodes.
enum FilterCheck {
  /// The rule does not concern the pod.
  case unconcerned
  /// The pod fits nowhere, whatever the nodes are, and preemption would not help.
  case refused(String)
  /// How to look at each node.
  case each((NodeSummary) -> Refusal?)
}

/// A rule that says on which nodes a pod cannot run.
protocol FilterPlugin: Sendable {
  /// As Kubernetes names it: `NodeResourcesFit`.
  var name: String { get }
  /// What may turn this filter's no into a yes.
  var helpfulEvents: ClusterEvents { get }
  /// Looks at the pod once.
  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck
  /// Whether what happened may help this pod (kube-scheduler's queueing hints).
  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool
}

extension FilterPlugin {
  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool { true }
}

/// A preference among the nodes on which a pod can run.
protocol ScorePlugin: Sendable {
  var name: String { get }
  /// How good each node is, from 0 to 100; nil where the preference does not concern the pod.
  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]?
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
