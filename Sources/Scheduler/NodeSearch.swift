/// Which nodes a pod can run on, and which of them is best: a pure look at the cluster that changes nothing.
struct NodeSearch {
  let pod: PodSummary
  let cluster: ClusterSummary

  struct Result {
    var verdicts: [Decision.NodeVerdict] = []
    var refusals: [Refusal] = []
    var refusingPlugins: Set<String> = []
    /// The nodes with the highest total, by name.
    var best: [String] = []
  }

  func run() -> Result {
    var result = Result()
    let checks = DefaultProfile.filters.compactMap { filter in
      filter.check(for: pod, in: cluster).map { (filter.name, $0) }
    }
    var verdicts: [(NodeSummary, Decision.Verdict?)] = []
    for node in cluster.nodes {
      guard let (plugin, refusal) = Self.firstRefusal(of: node, by: checks) else {
        verdicts.append((node, nil))
        continue
      }
      result.refusals.append(refusal)
      result.refusingPlugins.insert(plugin)
      verdicts.append((node, .refused(plugin: plugin, reasons: refusal.reasons)))
    }
    let feasible = verdicts.filter { $0.1 == nil }.map(\.0)
    var scores = scores(of: feasible)[...]
    result.verdicts = verdicts.map { node, verdict in
      Decision.NodeVerdict(node: node.name, verdict: verdict ?? .feasible(scores: scores.removeFirst()))
    }
    let highest = result.verdicts.compactMap(\.total).max()
    result.best = result.verdicts.filter { $0.total == highest && $0.total != nil }.map(\.node)
    return result
  }

  private static func firstRefusal(
    of node: NodeSummary, by checks: [(String, (NodeSummary) -> Refusal?)]
  ) -> (String, Refusal)? {
    for (plugin, check) in checks {
      if let refusal = check(node) { return (plugin, refusal) }
    }
    return nil
  }

  /// Each node's scores, in the order of the plugins.
  private func scores(of nodes: [NodeSummary]) -> [[Decision.Score]] {
    var scores = [[Decision.Score]](repeating: [], count: nodes.count)
    guard nodes.count > 1 else { return scores }
    for plugin in DefaultProfile.scores {
      guard let values = plugin.scores(for: pod, on: nodes, in: cluster) else { continue }
      for (index, value) in values.enumerated() {
        scores[index].append(Decision.Score(plugin: plugin.name, score: value, weight: plugin.weight))
      }
    }
    return scores
  }
}
