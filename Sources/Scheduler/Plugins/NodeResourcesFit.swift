/// A node takes a pod only while its allocatable resources cover all requests.
struct NodeResourcesFitFilter: FilterPlugin {
  let name = "NodeResourcesFit"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeAllocatable, .placedPodRemoved]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    let wanted = pod.requests.amounts
    let extended = wanted.extended.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    return { node in
      var shortage = Shortage()
      if node.pods.count + 1 > node.podLimit { shortage.reasons.append("Too many pods") }
      let (has, taken) = (node.allocatable, node.requested)
      shortage.note("cpu", wanted: wanted.milliCPU, taken: taken.milliCPU, has: has.milliCPU)
      shortage.note("memory", wanted: wanted.memory, taken: taken.memory, has: has.memory)
      shortage.note(
        "ephemeral-storage", wanted: wanted.ephemeralStorage, taken: taken.ephemeralStorage, has: has.ephemeralStorage)
      for (name, amount) in extended {
        shortage.note(name, wanted: amount, taken: taken.extended[name] ?? 0, has: has.extended[name] ?? 0)
      }
      return shortage.refusal
    }
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

/// Prefers nodes with much left over (strategy LeastAllocated over CPU and memory).
struct NodeResourcesFitScore: ScorePlugin {
  let name = "NodeResourcesFit"
  let weight: Int64 = 1

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    nodes.map { node in
      let taken = node.assumed + pod.requests.assumed
      let shares = [
        Self.free(taken.milliCPU, of: node.allocatable.milliCPU), Self.free(taken.memory, of: node.allocatable.memory),
      ].compactMap { $0 }
      return shares.isEmpty ? 0 : shares.reduce(0, +) / Int64(shares.count)
    }
  }

  /// Percent left; nil where the node has none of the resource.
  private static func free(_ taken: Int64, of capacity: Int64) -> Int64? {
    guard capacity > 0 else { return nil }
    return taken > capacity ? 0 : (capacity - taken) * maximumScore / capacity
  }
}
