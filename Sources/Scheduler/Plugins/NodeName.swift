/// A pod that names its node runs there only.
struct NodeNameFilter: FilterPlugin {
  let name = "NodeName"
  let helpfulEvents: ClusterEvents = .nodeAdded

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    guard let wanted = pod.nodeName else { return .unconcerned }
    return .each { $0.name == wanted ? nil : .unresolvable("node(s) didn't match the requested node name") }
  }
}
