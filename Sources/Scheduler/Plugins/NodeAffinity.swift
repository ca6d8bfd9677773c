import Kinds
import Tree

/// A pod's node selector and required node affinity.
struct NodeAffinityFilter: FilterPlugin {
  let name = "NodeAffinity"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels]
  /// What is asked of nodes for every pod of the profile (NodeAffinityArgs, addedAffinity).
  var added: NodeRequirement?

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let own = NodeRequirement(pod)
    if own == nil, added == nil { return .unconcerned }
    return .each { node in
      if let added, !added.matches(node) {
        return .unresolvable("node(s) didn't match scheduler-enforced node affinity")
      }
      guard let own, !own.matches(node) else { return nil }
      return .unresolvable("node(s) didn't match Pod's node affinity/selector")
    }
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    guard let node = event.node else { return true }
    return NodeRequirement(pod)?.matches(node) ?? true
  }
}

/// What a pod's node selector and required node affinity ask of a node.
struct NodeRequirement: Sendable {
  private let labels: LabelSelector
  private let terms: [NodeSelectorTerm]?

  /// Nil where the pod asks for nothing.
  init?(_ pod: PodSummary) {
    self.init(selector: pod.pod.spec.nodeSelector, affinity: pod.nodeAffinity)
  }

  init?(selector: TextMap = .empty, affinity: Value?) {
    labels = LabelSelector(labels: selector)
    let required = affinity?["requiredDuringSchedulingIgnoredDuringExecution"]
    terms = required?["nodeSelectorTerms"]?.array?.map(NodeSelectorTerm.init)
    if labels.isEmpty, terms == nil { return nil }
  }

  func matches(_ node: NodeSummary) -> Bool {
    guard labels.matches(node.labels) else { return false }
    return terms?.contains { $0.matches(node) } ?? true
  }
}

/// A pod's preferred node affinity.
struct NodeAffinityScore: ScorePlugin {
  let name = "NodeAffinity"
  /// What is preferred for every pod of the profile.
  var added: Value?

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let preferred = [pod.nodeAffinity, added]
      .flatMap { $0?["preferredDuringSchedulingIgnoredDuringExecution"]?.array ?? [] }
    guard !preferred.isEmpty else { return nil }
    let preferences = preferred.map { (NodeSelectorTerm($0["preference"] ?? .null), $0["weight"]?.integer ?? 0) }
    let sums = nodes.map { node in
      preferences.reduce(Int64(0)) { $0 + ($1.0.matches(node) ? $1.1 : 0) }
    }
    return normalised(sums)
  }
}
