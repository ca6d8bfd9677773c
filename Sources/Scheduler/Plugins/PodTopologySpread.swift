import Kinds
import Tree

/// A pod's constraints that must hold: no part of the cluster may get too far ahead of the emptiest.
struct PodTopologySpreadFilter: FilterPlugin {
  let name = "PodTopologySpread"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .nodeTaints, .placedPodChanged, .placedPodRemoved]
  var defaults = DefaultSpread.system

  private struct Counted {
    let constraint: TopologySpreadConstraint
    let topology: Topology
    let counts: [Int64]
    let ownMatch: Int64
    let smallest: Int64
  }

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let constraints =
      pod.spread.isEmpty
      ? defaults.constraints(for: pod, hard: true, in: cluster) : pod.spread.filter(\.isHard)
    guard !constraints.isEmpty else { return .unconcerned }
    let counted = Self.count(constraints, for: pod, in: cluster)
    return .each { node in
      for entry in counted {
        let domain = entry.topology[node]
        if domain < 0 {
          return .unresolvable("node(s) didn't match pod topology spread constraints (missing required label)")
        }
        if entry.counts[domain] + entry.ownMatch - entry.smallest > entry.constraint.maximumSkew {
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
    let topologies = constraints.map { cluster.topology($0.topologyKey) }
    return zip(constraints, topologies).map { constraint, topology in
      let counter = cluster.counts.counter(constraint.selection, in: cluster)
      let (counts, present): ([Int64], [Int64])
      if let includes = inclusion.test(constraint, among: topologies) {
        (counts, present) = Self.counts(of: counter, by: topology, on: cluster.nodes.filter(includes))
      } else {
        counts = counter.counts(by: topology)
        present = counts
      }
      let smallest = Int64(present.count) < constraint.minimumDomains ? 0 : present.min() ?? 0
      let ownMatch: Int64 = constraint.selection.selector.matches(pod.labels) ? 1 : 0
      return Counted(
        constraint: constraint, topology: topology, counts: counts, ownMatch: ownMatch, smallest: smallest)
    }
  }

  /// The counts of all parts, and of those alone in which there is a node that takes part.
  private static func counts(of counter: PodCounter, by topology: Topology, on nodes: [NodeSummary])
    -> ([Int64], present: [Int64])
  {
    var counts = [Int64](repeating: 0, count: topology.domains.count)
    var isPresent = [Bool](repeating: false, count: counts.count)
    for node in nodes {
      counts[topology[node]] += counter[node.slot]
      isPresent[topology[node]] = true
    }
    return (counts, zip(counts, isPresent).filter(\.1).map(\.0))
  }
}

/// Prefers nodes in parts of the cluster that hold few of the pod's like.
struct PodTopologySpreadScore: ScorePlugin {
  let name = "PodTopologySpread"
  var defaults = DefaultSpread.system

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let hasOwn = !pod.spread.isEmpty
    let constraints =
      hasOwn ? pod.spread.filter { !$0.isHard } : defaults.constraints(for: pod, hard: false, in: cluster)
    guard !constraints.isEmpty, !nodes.isEmpty else { return nil }
    let topologies = constraints.map { cluster.topology($0.topologyKey) }
    let counted = nodes.map { node in !hasOwn || topologies.allSatisfy { $0[node] >= 0 } }
    var sums = [Double](repeating: 0, count: nodes.count)
    for (constraint, topology) in zip(constraints, topologies) {
      add(constraint, topology, of: pod, to: &sums, nodes: nodes, isCounted: counted, in: cluster)
    }
    return Self.inverted(sums.map { Int64($0.rounded()) }, isCounted: counted)
  }

  private func add(
    _ constraint: TopologySpreadConstraint, _ topology: Topology, of pod: PodSummary, to sums: inout [Double],
    nodes: [NodeSummary], isCounted: [Bool], in cluster: ClusterSummary
  ) {
    let counter = cluster.counts.counter(constraint.selection, in: cluster)
    let isHostname = constraint.topologyKey == "kubernetes.io/hostname"
    var isPresent = [Bool](repeating: false, count: topology.domains.count)
    var hosts = 0
    for (node, isCounted) in zip(nodes, isCounted) where isCounted {
      hosts += 1
      if topology[node] >= 0 { isPresent[topology[node]] = true }
    }
    let counts =
      isHostname ? [] : cluster.domainCounts(counter, topology, where: SpreadInclusion(pod).test(constraint))
    let size = isHostname ? hosts : isPresent.count { $0 }
    let factor = naturalLogarithm(Double(size + 2))
    for (index, node) in nodes.enumerated() where isCounted[index] {
      let domain = topology[node]
      guard domain >= 0 else { continue }
      let count = isHostname ? counter[node.slot] : counts[domain]
      sums[index] += Double(count) * factor + Double(constraint.maximumSkew - 1)
    }
  }

  /// Few is good: the smallest sum gets 100.
  private static func inverted(_ sums: [Int64], isCounted: [Bool]) -> [Int64] {
    var (smallest, largest) = (Int64.max, Int64(0))
    for (sum, isCounted) in zip(sums, isCounted) where isCounted {
      smallest = min(smallest, sum)
      largest = max(largest, sum)
    }
    return zip(sums, isCounted).map { sum, isCounted in
      guard isCounted else { return 0 }
      return largest == 0 ? maximumScore : maximumScore * (largest + smallest - sum) / largest
    }
  }
}
