import Kinds

/// Pods that must, or must not, run near each other.
struct InterPodAffinityFilter: FilterPlugin {
  let name = "InterPodAffinity"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .placedPodChanged, .placedPodRemoved]

  /// The parts of the cluster by one label, and which of them are meant.
  private struct Places {
    let topology: Topology
    let counts: [Int64]

    func contains(_ node: NodeSummary) -> Bool {
      let domain = topology[node]
      return domain >= 0 && counts[domain] > 0
    }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }
  }

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let repelled = Self.placesThatRepel(pod, in: cluster)
    let required = pod.affinity?.required ?? []
    let anti = pod.affinity?.requiredAnti ?? []
    guard !required.isEmpty || !anti.isEmpty || !repelled.isEmpty else { return .unconcerned }
    let wanted = Self.wantedPlaces(required, in: cluster)
    let unwanted = anti.map { Self.places($0.selection, $0.topologyKey, in: cluster) }
    // The first of a group that wants to be near itself may start anywhere.
    let isFirst =
      wanted.allSatisfy(\.isEmpty) && required.allSatisfy { $0.selection.includes(pod, in: cluster.store) }
    return .each { node in
      for places in wanted where isFirst ? places.topology[node] < 0 : !places.contains(node) {
        return .unresolvable("node(s) didn't match pod affinity rules")
      }
      if unwanted.contains(where: { $0.contains(node) }) {
        return .unschedulable("node(s) didn't match pod anti-affinity rules")
      }
      if repelled.contains(where: { $0.contains(node) }) {
        return .unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
      }
      return nil
    }
  }

  private static func places(_ selection: PodSelection, _ key: String, in cluster: ClusterSummary) -> Places {
    let topology = cluster.topology(key)
    let counter = cluster.counts.counter(selection, in: cluster)
    return Places(topology: topology, counts: counter.counts(by: topology))
  }

  /// Where pods run that match every one of the terms, by each term's label.
  private static func wantedPlaces(_ terms: [PodAffinityTerm], in cluster: ClusterSummary) -> [Places] {
    guard terms.count > 1 else { return terms.map { places($0.selection, $0.topologyKey, in: cluster) } }
    var matching = [Int64](repeating: 0, count: cluster.slotCount)
    for node in cluster.nodes {
      matching[node.slot] = Int64(
        node.pods.count { pod in terms.allSatisfy { $0.selection.includes(pod, in: cluster.store) } })
    }
    return terms.map { term in
      let topology = cluster.topology(term.topologyKey)
      var counts = [Int64](repeating: 0, count: topology.domains.count)
      for node in cluster.nodes where topology[node] >= 0 { counts[topology[node]] += matching[node.slot] }
      return Places(topology: topology, counts: counts)
    }
  }

  /// Where pods run that do not want this one near.
  private static func placesThatRepel(_ pod: PodSummary, in cluster: ClusterSummary) -> [Places] {
    cluster.counts.orderedTerms
      .filter { $0.term.sort == .requiredAnti && $0.term.selection.includes(pod, in: cluster.store) }
      .map { placed in
        let topology = cluster.topology(placed.term.topologyKey)
        return Places(topology: topology, counts: placed.counter.counts(by: topology))
      }
  }
}

/// Prefers nodes near the pods that are wanted near or want this one near, and far from those that are not or do not.
struct InterPodAffinityScore: ScorePlugin {
  let name = "InterPodAffinity"
  /// How much a placed pod's required affinity to this one counts.
  var hardWeight: Int64 = 1
  var ignoresPreferencesOfPlaced = false

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    var sums = [Int64](repeating: 0, count: nodes.count)
    var isConcerned = false
    func add(_ counter: PodCounter, _ key: String, _ weight: Int64) {
      guard weight != 0, counter.total > 0 else { return }
      isConcerned = true
      let topology = cluster.topology(key)
      let counts = counter.counts(by: topology)
      for (index, node) in nodes.enumerated() where topology[node] >= 0 {
        sums[index] += weight * counts[topology[node]]
      }
    }
    let preferred = pod.affinity?.preferred ?? []
    let anti = pod.affinity?.preferredAnti ?? []
    for term in preferred { add(cluster.counts.counter(term.selection, in: cluster), term.topologyKey, term.weight) }
    for term in anti { add(cluster.counts.counter(term.selection, in: cluster), term.topologyKey, -term.weight) }
    let ignores = ignoresPreferencesOfPlaced && preferred.isEmpty && anti.isEmpty
    for placed in cluster.counts.orderedTerms where placed.term.selection.includes(pod, in: cluster.store) {
      switch placed.term.sort {
      case .required: add(placed.counter, placed.term.topologyKey, hardWeight)
      case .preferred where !ignores: add(placed.counter, placed.term.topologyKey, placed.term.weight)
      case .preferredAnti where !ignores: add(placed.counter, placed.term.topologyKey, -placed.term.weight)
      default: break
      }
    }
    guard isConcerned else { return nil }
    let (smallest, largest) = (sums.min() ?? 0, sums.max() ?? 0)
    return sums.map { largest > smallest ? maximumScore * ($0 - smallest) / (largest - smallest) : 0 }
  }
}
