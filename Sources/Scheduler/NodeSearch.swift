/// Which nodes a pod can run on, and which of them is best: a look at the cluster that leaves it as it was.
struct NodeSearch {
  let pod: PodSummary
  let cluster: ClusterSummary
  let profile: Profile
  /// Pods that are to go to a node once others have left it.
  let nominations: Nominations
  /// How many nodes a pod can run on are enough; the best of those is taken (percentageOfNodesToScore).
  let enough: Int

  struct Result {
    /// What was said before any node was looked at, and by which plugin.
    var early: (plugin: String, message: String)?
    var feasible: [NodeSummary] = []
    /// For each plugin that was asked, each feasible node's score.
    var scores: [(plugin: String, weight: Int64, values: [Int64])] = []
    var totals: [Int64] = []
    var refused: [(node: NodeSummary, plugin: String, refusal: Refusal)] = []
    /// The feasible nodes with the highest total.
    var best: [NodeSummary] = []

    var refusingPlugins: Set<String> {
      early.map { [$0.plugin] } ?? Set(refused.map(\.plugin))
    }
  }

  /// Looks at the nodes from that one on, and moves the start to where it stopped, so that all get their turn.
  func run(from start: inout Int) -> Result {
    var result = Result()
    guard let checks = checks(&result) else { return result }
    let nodes = cluster.nodes
    if !tryNominated(checks, &result) {
      var looked = 0
      while looked < nodes.count, result.feasible.count < enough {
        let node = nodes[(start + looked) % nodes.count]
        looked += 1
        look(at: node, checks, &result)
      }
      if !nodes.isEmpty { start = nodes.count <= enough ? 0 : (start + looked) % nodes.count }
    }
    score(&result)
    return result
  }

  /// The node to which the pod was nominated is taken without looking at others, if the pod fits there.
  private func tryNominated(_ checks: Checks, _ result: inout Result) -> Bool {
    guard let name = pod.nominatedNode, let node = cluster[name], firstRefusal(of: node, by: checks) == nil else {
      return false
    }
    result.feasible = [node]
    return true
  }

  typealias Checks = [(plugin: String, check: (NodeSummary) -> Refusal?)]

  private func checks(_ result: inout Result) -> Checks? {
    var checks: Checks = []
    for filter in profile.filters {
      switch filter.check(for: pod, in: cluster) {
      case .unconcerned: break
      case .refused(let message):
        result.early = (filter.name, message)
        return nil
      case .each(let check): checks.append((filter.name, check))
      }
    }
    return checks
  }

  private func look(at node: NodeSummary, _ checks: Checks, _ result: inout Result) {
    if let (plugin, refusal) = firstRefusal(of: node, by: checks) {
      result.refused.append((node, plugin, refusal))
    } else {
      result.feasible.append(node)
    }
  }

  private func firstRefusal(of node: NodeSummary, by checks: Checks) -> (String, Refusal)? {
    for (plugin, check) in checks {
      if let refusal = check(node) { return (plugin, refusal) }
    }
    let awaited = nominations.awaited(on: node.name, before: pod)
    return awaited.isEmpty ? nil : refusal(of: node, with: awaited)
  }

  /// Whether the pod would still fit with those that are awaited there.
  private func refusal(of node: NodeSummary, with awaited: [PodSummary]) -> (String, Refusal)? {
    for other in awaited { cluster.place(other, on: node) }
    defer { for other in awaited { cluster.removePod(uid: other.uid) } }
    return Self.refusal(of: node, for: pod, in: cluster, profile)
  }

  /// The first filter that refuses the node as the cluster is at this moment.
  static func refusal(of node: NodeSummary, for pod: PodSummary, in cluster: ClusterSummary, _ profile: Profile) -> (
    String, Refusal
  )? {
    for filter in profile.filters {
      switch filter.check(for: pod, in: cluster) {
      case .unconcerned: break
      case .refused(let message): return (filter.name, .unresolvable(message))
      case .each(let check):
        if let refusal = check(node) { return (filter.name, refusal) }
      }
    }
    return nil
  }

  private func score(_ result: inout Result) {
    let nodes = result.feasible
    result.totals = [Int64](repeating: 0, count: nodes.count)
    if nodes.count > 1 {
      for (plugin, weight) in profile.scores {
        guard let values = plugin.scores(for: pod, on: nodes, in: cluster) else { continue }
        for index in values.indices { result.totals[index] += values[index] * weight }
        result.scores.append((plugin.name, weight, values))
      }
    }
    guard let highest = result.totals.max() else { return }
    result.best = zip(nodes, result.totals).filter { $0.1 == highest }.map(\.0).sorted { $0.name < $1.name }
  }
}
