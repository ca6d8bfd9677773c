/// A node takes a pod only while its allocatable resources cover all requests.
struct NodeResourcesFitFilter: FilterPlugin {
  let name = "NodeResourcesFit"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeAllocatable, .placedPodRemoved]
  /// Extended resources that others look after (NodeResourcesFitArgs, ignoredResources).
  var ignored: Set<String> = []

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    let wanted = pod.requests.amounts
    let extended = wanted.extended.filter { $0.value > 0 && !ignored.contains($0.key) }.sorted { $0.key < $1.key }
    return .each { Self.shortage(wanted, extended, on: $0, isEmpty: false) }
  }

  private static func shortage(
    _ wanted: ResourceAmounts, _ extended: [(key: String, value: Int64)], on node: NodeSummary, isEmpty: Bool
  ) -> Refusal? {
    if !isEmpty, extended.isEmpty, node.hasRoom(for: wanted) { return nil }
    var shortage = Shortage()
    if !isEmpty, node.pods.count + 1 > node.podLimit { shortage.reasons.append("Too many pods") }
    let has = node.allocatable
    let taken = isEmpty ? ResourceAmounts() : node.requested
    shortage.note("cpu", wanted: wanted.milliCPU, taken: taken.milliCPU, has: has.milliCPU)
    shortage.note("memory", wanted: wanted.memory, taken: taken.memory, has: has.memory)
    shortage.note(
      "ephemeral-storage", wanted: wanted.ephemeralStorage, taken: taken.ephemeralStorage, has: has.ephemeralStorage)
    for (name, amount) in extended {
      shortage.note(name, wanted: amount, taken: taken.extended[name] ?? 0, has: has.extended[name] ?? 0)
    }
    return shortage.refusal
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    guard let node = event.node else { return true }
    let extended = pod.requests.amounts.extended.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    return Self.shortage(pod.requests.amounts, extended, on: node, isEmpty: true) == nil
  }

  private struct Shortage {
    var reasons: [String] = []
    var isBeyondNode = false

    mutating func note(_ resource: String, wanted: Int64, taken: Int64, has: Int64) {
      guard wanted > 0, wanted > has - taken else { return }
      reasons.append("Insufficient " + resource)
      // More than the whole node: no other pod's removal would make room.
      if wanted > has { isBeyondNode = true }
    }

    var refusal: Refusal? {
      reasons.isEmpty ? nil : Refusal(reasons: reasons, couldBeHelpedByPreemption: !isBeyondNode)
    }
  }
}

/// How well a node's resources would be used.
struct NodeResourcesFitScore: ScorePlugin {
  let name = "NodeResourcesFit"
  var strategy = ScoringStrategy()

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    nodes.map { node in
      var (sum, weights) = (Int64(0), Int64(0))
      for (resource, weight) in strategy.resources {
        let has = node.allocatable[resource]
        guard has > 0 else { continue }
        // Only CPU and memory have a request that is assumed where none is stated.
        let wanted = pod.requests.assumed[resource]
        if wanted == 0, resource != .cpu, resource != .memory { continue }
        sum += strategy.score(taken: node.assumed[resource] + wanted, of: has) * weight
        weights += weight
      }
      return weights == 0 ? 0 : strategy.mean(sum, weights)
    }
  }
}

/// How a share of a node's resource becomes a score (NodeResourcesFitArgs, scoringStrategy).
struct ScoringStrategy: Sendable {
  enum Sort: Sendable {
    case leastAllocated
    case mostAllocated
    /// Utilisation in percent, rising, and the score from 0 to 100 at each.
    case requestedToCapacityRatio([(utilisation: Int64, score: Int64)])
  }

  var sort = Sort.leastAllocated
  var resources: [(resource: ResourceName, weight: Int64)] = [(.cpu, 1), (.memory, 1)]

  func score(taken: Int64, of capacity: Int64) -> Int64 {
    switch sort {
    case .leastAllocated: taken > capacity ? 0 : (capacity - taken) * maximumScore / capacity
    case .mostAllocated: min(taken, capacity) * maximumScore / capacity
    case .requestedToCapacityRatio(let shape):
      Self.value(of: shape, at: taken > capacity ? 100 : taken * 100 / capacity)
    }
  }

  /// The weighted mean; of a shape's values it is rounded, of the others cut off, as Kubernetes does.
  func mean(_ sum: Int64, _ weights: Int64) -> Int64 {
    if case .requestedToCapacityRatio = sort { return (2 * sum + weights) / (2 * weights) }
    return sum / weights
  }

  /// Between two points of the shape the score goes straight from one to the other.
  private static func value(of shape: [(utilisation: Int64, score: Int64)], at utilisation: Int64) -> Int64 {
    guard let first = shape.first, let last = shape.last else { return 0 }
    if utilisation <= first.utilisation { return first.score }
    for (left, right) in zip(shape, shape.dropFirst()) where utilisation <= right.utilisation {
      return left.score + (right.score - left.score) * (utilisation - left.utilisation)
        / (right.utilisation - left.utilisation)
    }
    return last.score
  }
}
