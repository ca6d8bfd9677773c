import Kinds
import Store
import Tree

/// The cluster as the scheduler sees it: nodes with what is taken on them, and counts of pods that are kept up with
/// every write, so that no pod is looked at again for the next one's sake.
final class ClusterSummary {
  let store: Store
  let counts: PodCounts
  let services: ServiceSelectors
  private var summaries: [String: NodeSummary] = [:]
  private var placements: [String: (pod: PodSummary, node: NodeSummary)] = [:]
  private var orderedNodes: [NodeSummary]?
  private var topologies: [String: Topology] = [:]
  private var freeSlots: [Int] = []
  private(set) var slotCount = 0
  /// How many nodes hold each image.
  private(set) var imageHolders: [String: Int] = [:]

  init(store: Store) {
    self.store = store
    counts = PodCounts(store: store)
    services = ServiceSelectors(store: store)
  }

  /// The nodes that exist, by name.
  var nodes: [NodeSummary] {
    if let orderedNodes { return orderedNodes }
    let ordered = summaries.values.filter { $0.node != nil }.sorted { $0.name < $1.name }
    orderedNodes = ordered
    return ordered
  }

  subscript(name: String) -> NodeSummary? { summaries[name].flatMap { $0.node == nil ? nil : $0 } }

  /// The pods that have a node, in no order.
  var placedPods: [PodSummary] { placements.values.map(\.pod) }

  /// Where a pod is counted.
  func node(of uid: String) -> NodeSummary? { placements[uid]?.node }

  // MARK: Nodes

  func setNode(_ node: Node) {
    let summary = summary(node.name)
    let (wasThere, labels) = (summary.node != nil, summary.labels)
    countImages(of: summary, by: -1)
    summary.set(node)
    countImages(of: summary, by: 1)
    if !wasThere { orderedNodes = nil }
    if !wasThere || labels != summary.labels { topologies = [:] }
  }

  func removeNode(_ name: String) {
    guard let summary = summaries[name] else { return }
    countImages(of: summary, by: -1)
    summary.set(nil)
    orderedNodes = nil
    topologies = [:]
    forgetIfUnused(summary)
  }

  private func countImages(of summary: NodeSummary, by step: Int) {
    guard summary.node != nil else { return }
    for name in summary.images.keys {
      let count = imageHolders[name, default: 0] + step
      imageHolders[name] = count == 0 ? nil : count
    }
  }

  private func summary(_ name: String) -> NodeSummary {
    if let summary = summaries[name] { return summary }
    let summary = NodeSummary(name: name, slot: freeSlots.popLast() ?? slotCount)
    slotCount = max(slotCount, summary.slot + 1)
    summaries[name] = summary
    return summary
  }

  private func forgetIfUnused(_ summary: NodeSummary) {
    guard summary.node == nil, summary.pods.isEmpty else { return }
    summaries[summary.name] = nil
    freeSlots.append(summary.slot)
  }

  /// Which part of the cluster each node belongs to, by a label of the nodes.
  func topology(_ key: String) -> Topology {
    if let topology = topologies[key] { return topology }
    let topology = Topology(key, nodes: nodes, slotCount: slotCount)
    topologies[key] = topology
    return topology
  }

  // MARK: Pods

  /// Counts the pod on its node; one that has ended takes nothing any more.
  func setPod(_ pod: PodSummary) {
    removePod(uid: pod.uid)
    guard let name = pod.nodeName, !pod.isTerminal else { return }
    place(pod, on: summary(name))
  }

  /// Counts a pod on a node that it does not name yet.
  func place(_ pod: PodSummary, on node: NodeSummary) {
    node.add(pod)
    placements[pod.uid] = (pod, node)
    counts.note(pod, on: node.slot, by: 1)
  }

  func removePod(uid: String) {
    guard let (pod, node) = placements.removeValue(forKey: uid) else { return }
    node.remove(uid: uid)
    counts.note(pod, on: node.slot, by: -1)
    forgetIfUnused(node)
  }

  /// How many of the pods that a counter counts are in each part of the cluster.
  func domainCounts(_ counter: PodCounter, _ topology: Topology, where includes: ((NodeSummary) -> Bool)? = nil)
    -> [Int64]
  {
    guard let includes else { return counter.counts(by: topology) }
    var sums = [Int64](repeating: 0, count: topology.domains.count)
    for node in nodes {
      let domain = topology[node]
      if domain >= 0, includes(node) { sums[domain] += counter[node.slot] }
    }
    return sums
  }
}

/// The parts of a cluster by one label of its nodes: zones, racks, hosts.
final class Topology {
  let key: String
  /// The label's values.
  private(set) var domains: [String] = []
  /// Whether every node has the label.
  let isComplete: Bool
  private let domainOfSlot: [Int32]

  init(_ key: String, nodes: [NodeSummary], slotCount: Int) {
    self.key = key
    var domainOfSlot = [Int32](repeating: -1, count: slotCount)
    var numbers: [String: Int32] = [:]
    var isComplete = true
    for node in nodes {
      guard let value = node.labels[key] else {
        isComplete = false
        continue
      }
      if numbers[value] == nil {
        numbers[value] = Int32(domains.count)
        domains.append(value)
      }
      domainOfSlot[node.slot] = numbers[value] ?? -1
    }
    self.domainOfSlot = domainOfSlot
    self.isComplete = isComplete
  }

  /// The number of the node's domain; -1 for a node without the label.
  subscript(node: NodeSummary) -> Int { self[slot: node.slot] }

  /// The same for the node with that slot.
  subscript(slot slot: Int) -> Int { slot < domainOfSlot.count ? Int(domainOfSlot[slot]) : -1 }
}
