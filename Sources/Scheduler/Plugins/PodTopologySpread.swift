import Kinds
import Tree

/// A pod's constraints that must hold: no part of the cluster may get too far ahead of the emptiest.
struct PodTopologySpreadFilter: FilterPlugin {
  let name = "PodTopologySpread"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .nodeTaints, .placedPodChanged, .placedPodRemoved]

  private struct Counted {
    let constraint: TopologySpreadConstraint
    var counts: [String: Int64] = [:]
    var ownMatch: Int64 = 0

    var smallest: Int64 {
      Int64(counts.count) < constraint.minimumDomains ? 0 : counts.values.min() ?? 0
    }
  }

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    let constraints = TopologySpreadConstraint.stated(by: pod, hard: true)
    guard !constraints.isEmpty else { return nil }
    let counted = Self.count(constraints, for: pod, in: cluster)
    return { node in
      for entry in counted {
        guard let domain = node.labels[entry.constraint.topologyKey] else {
          return .unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")
        }
        let skew = (entry.counts[domain] ?? 0) + entry.ownMatch - entry.smallest
        if skew > entry.constraint.maximumSkew {
          return .unschedulable("node(s) didn't match pod topology spread constraints")
        }
      }
      return nil
    }
  }

  private static func count(
    _ constraints: [TopologySpreadConstraint], for pod: PodSummary, in cluster: ClusterSummary
  ) -> [Counted] {
    let inclusion = SpreadInclusion(pod)
    var counted = constraints.map {
      Counted(constraint: $0, ownMatch: $0.selector.matches(pod.labels) ? 1 : 0)
    }
    for node in cluster.nodes where constraints.allSatisfy({ node.labels[$0.topologyKey] != nil }) {
      for (index, constraint) in constraints.enumerated() where inclusion.includes(node, constraint) {
        guard let domain = node.labels[constraint.topologyKey] else { continue }
        counted[index].counts[domain, default: 0] += constraint.count(on: node, namespace: pod.namespace)
      }
    }
    return counted
  }
}

/// Prefers nodes in parts of the cluster that hold few of the pod's like.
struct PodTopologySpreadScore: ScorePlugin {
  let name = "PodTopologySpread"
  let weight: Int64 = 2

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let stated = TopologySpreadConstraint.stated(by: pod, hard: false)
    let hasOwn = pod.pod.spec.value["topologySpreadConstraints"]?.array?.isEmpty == false
    let constraints = hasOwn ? stated : TopologySpreadConstraint.defaults(for: pod, in: cluster)
    guard !constraints.isEmpty, !nodes.isEmpty else { return nil }
    let counted = nodes.map { node in
      !hasOwn || constraints.allSatisfy { node.labels[$0.topologyKey] != nil }
    }
    var sums = [Double](repeating: 0, count: nodes.count)
    for constraint in constraints {
      add(constraint, of: pod, to: &sums, nodes: nodes, isCounted: counted, in: cluster)
    }
    return Self.inverted(sums.map { Int64($0.rounded()) }, isCounted: counted)
  }

  private func add(
    _ constraint: TopologySpreadConstraint, of pod: PodSummary, to sums: inout [Double], nodes: [NodeSummary],
    isCounted: [Bool], in cluster: ClusterSummary
  ) {
    let inclusion = SpreadInclusion(pod)
    let isHostname = constraint.topologyKey == "kubernetes.io/hostname"
    let counted = zip(nodes, isCounted).filter(\.1).map(\.0)
    let domains = Set(counted.compactMap { $0.labels[constraint.topologyKey] })
    var counts: [String: Int64] = [:]
    if !isHostname {
      for node in cluster.nodes where inclusion.includes(node, constraint) {
        guard let domain = node.labels[constraint.topologyKey], domains.contains(domain) else { continue }
        counts[domain, default: 0] += constraint.count(on: node, namespace: pod.namespace)
      }
    }
    let size = isHostname ? counted.count : domains.count
    let factor = naturalLogarithm(Double(size + 2))
    for (index, node) in nodes.enumerated() where isCounted[index] {
      guard let domain = node.labels[constraint.topologyKey] else { continue }
      let count = isHostname ? constraint.count(on: node, namespace: pod.namespace) : counts[domain] ?? 0
      sums[index] += Double(count) * factor + Double(constraint.maximumSkew - 1)
    }
  }

  /// Few is good: the smallest sum gets 100.
  private static func inverted(_ sums: [Int64], isCounted: [Bool]) -> [Int64] {
    let valid = zip(sums, isCounted).filter(\.1).map(\.0)
    let (smallest, largest) = (valid.min() ?? 0, valid.max() ?? 0)
    return zip(sums, isCounted).map { sum, isCounted in
      guard isCounted else { return 0 }
      return largest == 0 ? maximumScore : maximumScore * (largest + smallest - sum) / largest
    }
  }
}
