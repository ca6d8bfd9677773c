/// Prefers nodes whose CPU and memory would be used to a like share.
struct NodeResourcesBalancedAllocationScore: ScorePlugin {
  let name = "NodeResourcesBalancedAllocation"
  let weight: Int64 = 1

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let wanted = pod.requests.amounts
    // A pod without requests would always leave the balance as it is, and so all go to one node.
    guard wanted.milliCPU > 0 || wanted.memory > 0 else { return nil }
    return nodes.map { node in
      let taken = node.requested + wanted
      guard node.allocatable.milliCPU > 0, node.allocatable.memory > 0 else { return maximumScore }
      let processor = min(Double(taken.milliCPU) / Double(node.allocatable.milliCPU), 1)
      let memory = min(Double(taken.memory) / Double(node.allocatable.memory), 1)
      let deviation = abs(processor - memory) / 2
      return Int64((1 - deviation) * Double(maximumScore))
    }
  }
}
