/// A port of a node serves one container at a time.
struct NodePortsFilter: FilterPlugin {
  let name = "NodePorts"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .placedPodRemoved]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> ((NodeSummary) -> Refusal?)? {
    guard !pod.hostPorts.isEmpty else { return nil }
    return { node in
      let isTaken = node.pods.contains { other in
        other.hostPorts.contains { taken in pod.hostPorts.contains { $0.conflicts(with: taken) } }
      }
      return isTaken ? .unschedulable("node(s) didn't have free ports for the requested pod ports") : nil
    }
  }
}
