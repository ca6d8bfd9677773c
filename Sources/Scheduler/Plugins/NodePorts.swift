/// A port of a node serves one container at a time.
struct NodePortsFilter: FilterPlugin {
  let name = "NodePorts"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .placedPodRemoved]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    guard !pod.hostPorts.isEmpty else { return .unconcerned }
    return .each { node in
      Self.conflict(pod.hostPorts, node.hostPorts)
        ? .unschedulable("node(s) didn't have free ports for the requested pod ports") : nil
    }
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    guard event.events.contains(.placedPodRemoved), let removed = event.pod else { return true }
    return Self.conflict(pod.hostPorts, removed.hostPorts)
  }

  private static func conflict(_ wanted: [HostPort], _ taken: [HostPort]) -> Bool {
    taken.contains { taken in wanted.contains { $0.conflicts(with: taken) } }
  }
}
