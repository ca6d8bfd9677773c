import Kinds

/// Pods that must, or must not, run near each other.
struct InterPodAffinityFilter: FilterPlugin {
  let name = "InterPodAffinity"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .placedPodChanged, .placedPodRemoved]

  private struct Place: Hashable {
    let key: String
    let domain: String
  }

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    let affinity = PodAffinityTerm.required("podAffinity", of: pod)
    let antiAffinity = PodAffinityTerm.required("podAntiAffinity", of: pod)
    let repelled = Self.placesThatRepel(pod, in: cluster)
    guard !affinity.isEmpty || !antiAffinity.isEmpty || !repelled.isEmpty else { return nil }
    let wanted = affinity.map { term in Self.places(of: term, in: cluster) { $0.allSatisfyMatch(affinity, cluster) } }
    let unwanted = antiAffinity.map { term in Self.places(of: term, in: cluster) { term.matches($0, in: cluster) } }
    // The first of a group that wants to be near itself may start anywhere.
    let isFirst = wanted.allSatisfy(\.isEmpty) && pod.allSatisfyMatch(affinity, cluster)
    return { node in
      if !Self.attracts(node, affinity, wanted, isFirst: isFirst) {
        return .unresolvable("node(s) didn't match pod affinity rules")
      }
      for (term, places) in zip(antiAffinity, unwanted) {
        if let domain = node.labels[term.topologyKey], places.contains(domain) {
          return .unschedulable("node(s) didn't match pod anti-affinity rules")
        }
      }
      if repelled.contains(where: { node.labels[$0.key] == $0.domain }) {
        return .unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
      }
      return nil
    }
  }

  private static func attracts(
    _ node: NodeSummary, _ terms: [PodAffinityTerm], _ wanted: [Set<String>], isFirst: Bool
  ) -> Bool {
    zip(terms, wanted).allSatisfy { term, domains in
      guard let domain = node.labels[term.topologyKey] else { return false }
      return isFirst || domains.contains(domain)
    }
  }

  /// The domains of the term's topology in which a matching pod runs.
  private static func places(
    of term: PodAffinityTerm, in cluster: ClusterSummary, where matches: (PodSummary) -> Bool
  ) -> Set<String> {
    var domains: Set<String> = []
    for node in cluster.nodes {
      guard let domain = node.labels[term.topologyKey], !domains.contains(domain) else { continue }
      if node.pods.contains(where: matches) { domains.insert(domain) }
    }
    return domains
  }

  /// Where pods run that do not want this one near.
  private static func placesThatRepel(_ pod: PodSummary, in cluster: ClusterSummary) -> Set<Place> {
    var places: Set<Place> = []
    for node in cluster.nodes where node.repellingPods > 0 {
      for other in node.pods where other.repelsPods {
        for term in PodAffinityTerm.required("podAntiAffinity", of: other) where term.matches(pod, in: cluster) {
          guard let domain = node.labels[term.topologyKey] else { continue }
          places.insert(Place(key: term.topologyKey, domain: domain))
        }
      }
    }
    return places
  }
}

/// Prefers nodes near the pods that are wanted near, and far from those that are not.
struct InterPodAffinityScore: ScorePlugin {
  let name = "InterPodAffinity"
  let weight: Int64 = 2

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let wanted = PodAffinityTerm.preferred("podAffinity", of: pod)
    let unwanted = PodAffinityTerm.preferred("podAntiAffinity", of: pod)
    guard !wanted.isEmpty || !unwanted.isEmpty else { return nil }
    var sums = [Int64](repeating: 0, count: nodes.count)
    for (terms, sign) in [(wanted, Int64(1)), (unwanted, -1)] {
      for term in terms {
        let counts = Self.counts(of: term, in: cluster)
        for (index, node) in nodes.enumerated() {
          guard let domain = node.labels[term.topologyKey] else { continue }
          sums[index] += sign * term.weight * (counts[domain] ?? 0)
        }
      }
    }
    let (smallest, largest) = (sums.min() ?? 0, sums.max() ?? 0)
    return sums.map { largest > smallest ? maximumScore * ($0 - smallest) / (largest - smallest) : 0 }
  }

  private static func counts(of term: PodAffinityTerm, in cluster: ClusterSummary) -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for node in cluster.nodes {
      guard let domain = node.labels[term.topologyKey] else { continue }
      counts[domain, default: 0] += Int64(node.pods.count { term.matches($0, in: cluster) })
    }
    return counts
  }
}

extension PodSummary {
  fileprivate func allSatisfyMatch(_ terms: [PodAffinityTerm], _ cluster: ClusterSummary) -> Bool {
    terms.allSatisfy { $0.matches(self, in: cluster) }
  }
}
