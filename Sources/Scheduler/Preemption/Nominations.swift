/// Pods for which room is being made on a node, and that have to wait until their victims have left.
struct Nominations {
  private var byNode: [String: [PodSummary]] = [:]
  private var nodes: [String: String] = [:]

  mutating func set(_ pod: PodSummary, _ node: String) {
    remove(uid: pod.uid)
    byNode[node, default: []].append(pod)
    nodes[pod.uid] = node
  }

  mutating func remove(uid: String) {
    guard let node = nodes.removeValue(forKey: uid) else { return }
    byNode[node]?.removeAll { $0.uid == uid }
    if byNode[node]?.isEmpty == true { byNode[node] = nil }
  }

  subscript(uid: String) -> String? { nodes[uid] }

  /// Those of the node's that come before the pod: of its priority or a higher one.
  func awaited(on node: String, before pod: PodSummary) -> [PodSummary] {
    guard !byNode.isEmpty, let waiting = byNode[node] else { return [] }
    return waiting.filter { $0.uid != pod.uid && $0.priority >= pod.priority }
  }

  /// Those of the node's that a pod of higher priority pushes back.
  func pushedBack(on node: String, by pod: PodSummary) -> [PodSummary] {
    (byNode[node] ?? []).filter { $0.uid != pod.uid && $0.priority < pod.priority }
  }
}
