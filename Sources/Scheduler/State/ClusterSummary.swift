import Kinds
import Store
import Tree

/// The cluster as the scheduler sees it: nodes with what is taken on them.
final class ClusterSummary {
  let store: Store
  private var summaries: [String: NodeSummary] = [:]
  private var placements: [String: String] = [:]
  private var orderedNodes: [NodeSummary]?

  init(store: Store) { self.store = store }

  /// The nodes that exist, by name.
  var nodes: [NodeSummary] {
    if let orderedNodes { return orderedNodes }
    let ordered = summaries.values.filter { $0.node != nil }.sorted { $0.name < $1.name }
    orderedNodes = ordered
    return ordered
  }

  func setNode(_ node: Node) {
    let summary = summary(node.name)
    if summary.node == nil { orderedNodes = nil }
    summary.set(node)
  }

  func removeNode(_ name: String) {
    guard let summary = summaries[name] else { return }
    summary.set(nil)
    if summary.pods.isEmpty { summaries[name] = nil }
    orderedNodes = nil
  }

  /// Counts the pod on its node; one that has ended takes nothing any more.
  func setPod(_ pod: PodSummary) {
    removePod(uid: pod.uid)
    guard let name = pod.nodeName, !pod.pod.isTerminal else { return }
    summary(name).add(pod)
    placements[pod.uid] = name
  }

  func removePod(uid: String) {
    guard let name = placements.removeValue(forKey: uid), let summary = summaries[name] else { return }
    summary.remove(uid: uid)
    if summary.pods.isEmpty, summary.node == nil { summaries[name] = nil }
  }

  private func summary(_ name: String) -> NodeSummary {
    if let summary = summaries[name] { return summary }
    let summary = NodeSummary(name: name)
    summaries[name] = summary
    return summary
  }
}
