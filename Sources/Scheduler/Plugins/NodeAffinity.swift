import Kinds
import Tree

/// A pod's node selector and required node affinity.
struct NodeAffinityFilter: FilterPlugin {
  let name = "NodeAffinity"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    guard let requirement = NodeRequirement(pod) else { return nil }
    return { node in
      requirement.matches(node) ? nil : .unresolvable("node(s) didn't match Pod's node affinity/selector")
    }
  }
}

/// What a pod's node selector and required node affinity ask of a node.
struct NodeRequirement {
  private let labels: LabelSelector
  private let terms: [NodeSelectorTerm]?

  /// Nil where the pod asks for nothing.
  init?(_ pod: PodSummary) {
    labels = LabelSelector(labels: pod.pod.spec.nodeSelector)
    let required = pod.affinity?["nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"]
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
  let weight: Int64 = 2

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let preferred = pod.affinity?["nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution"]?.array ?? []
    guard !preferred.isEmpty else { return nil }
    let preferences = preferred.map { (NodeSelectorTerm($0["preference"] ?? .null), $0["weight"]?.integer ?? 0) }
    let sums = nodes.map { node in
      preferences.reduce(Int64(0)) { $0 + ($1.0.matches(node) ? $1.1 : 0) }
    }
    return normalised(sums)
  }
}
