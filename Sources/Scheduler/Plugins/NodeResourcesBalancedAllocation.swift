/// Prefers nodes whose resources would be used to a like share.
struct NodeResourcesBalancedAllocationScore: ScorePlugin {
  let name = "NodeResourcesBalancedAllocation"
  var resources: [ResourceName] = [.cpu, .memory]

  func scores(for pod: PodSummary, on nodes: [NodeSummary], in cluster: ClusterSummary) -> [Int64]? {
    let wanted = resources.map { pod.requests.amounts[$0] }
    // A pod without requests would always leave the balance as it is, and so all go to one node.
    guard wanted.contains(where: { $0 > 0 }) else { return nil }
    var shares: [Double] = []
    shares.reserveCapacity(resources.count)
    return nodes.map { node in
      shares.removeAll(keepingCapacity: true)
      for (resource, wanted) in zip(resources, wanted) {
        let has = node.allocatable[resource]
        if has > 0 { shares.append(min(Double(node.requested[resource] + wanted) / Double(has), 1)) }
      }
      return Int64((1 - Self.deviation(shares)) * Double(maximumScore))
    }
  }

  /// The standard deviation of the shares; of two it is half their distance.
  private static func deviation(_ shares: [Double]) -> Double {
    if shares.count == 2 { return abs(shares[0] - shares[1]) / 2 }
    guard shares.count > 2 else { return 0 }
    let mean = shares.reduce(0, +) / Double(shares.count)
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count)
    return variance.squareRoot()
  }
}
