import Kinds
import Tree

/// What the scheduler knows of a node: what it offers and what its pods have taken. Kept up with every write, so that
/// placing a pod does not count pods again.
final class NodeSummary {
  let name: String
  /// Where the node's counts stand in the arrays that have one for each node.
  let slot: Int
  /// Nil while only pods name the node and no Node object does.
  private(set) var node: Node?
  private(set) var labels = TextMap.empty
  private(set) var taints: [Taint] = []
  private(set) var isUnschedulable = false
  private(set) var allocatable = ResourceAmounts()
  private(set) var podLimit = 0
  /// Bytes of the images that the node holds, by name.
  private(set) var images: [String: Int64] = [:]
  private(set) var requested = ResourceAmounts()
  private(set) var assumed = ResourceAmounts()
  private(set) var pods: [PodSummary] = []
  /// The ports of the node that its pods have taken.
  private(set) var hostPorts: [HostPort] = []

  init(name: String, slot: Int) {
    self.name = name
    self.slot = slot
  }

  func set(_ node: Node?) {
    self.node = node
    guard let node else { return }
    let spec = node.spec
    let offered = node.status.allocatable
    labels = node.metadata.labels
    taints = spec.taints
    isUnschedulable = spec.isUnschedulable
    allocatable = ResourceAmounts(offered)
    podLimit = offered["pods"].flatMap { Quantity($0) }.map { Int($0.value) } ?? 0
    images = [:]
    for image in node.status.value["images"]?.array ?? [] {
      for name in image["names"]?.array ?? [] { images[name.string ?? ""] = image["sizeBytes"]?.integer ?? 0 }
    }
  }

  /// Whether the node has all that is wanted of what every node has. The common case, without reasons.
  func hasRoom(for wanted: ResourceAmounts) -> Bool {
    pods.count < podLimit
      && (wanted.milliCPU <= 0 || wanted.milliCPU <= allocatable.milliCPU - requested.milliCPU)
      && (wanted.memory <= 0 || wanted.memory <= allocatable.memory - requested.memory)
      && (wanted.ephemeralStorage <= 0
        || wanted.ephemeralStorage <= allocatable.ephemeralStorage - requested.ephemeralStorage)
  }

  func add(_ pod: PodSummary) {
    pods.append(pod)
    hostPorts += pod.hostPorts
    requested += pod.requests.amounts
    assumed += pod.requests.assumed
  }

  func remove(uid: String) {
    guard let index = pods.firstIndex(where: { $0.uid == uid }) else { return }
    let pod = pods.remove(at: index)
    for port in pod.hostPorts {
      if let index = hostPorts.firstIndex(of: port) { hostPorts.remove(at: index) }
    }
    requested -= pod.requests.amounts
    assumed -= pod.requests.assumed
  }
}
