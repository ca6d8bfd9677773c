import Kinds
import Loop
import Tree

/// The taints that follow from a node's conditions (Kubernetes documentation, "Taint Nodes by Condition").
enum NodeTaints {
  static let notReady = "node.kubernetes.io/not-ready"
  static let unreachable = "node.kubernetes.io/unreachable"
  static let unschedulable = "node.kubernetes.io/unschedulable"
  static let outOfService = "node.kubernetes.io/out-of-service"

  private static let byCondition: [(type: String, status: String, key: String)] = [
    ("Ready", "False", notReady), ("Ready", "Unknown", unreachable),
    ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
    ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
    ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
    ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
  ]

  /// The keys of the NoSchedule taints that the node should have.
  static func wanted(on node: Node) -> [String] {
    var keys: [String] = []
    for condition in node.status.conditions {
      keys += byCondition.filter { $0.type == condition.type && $0.status == condition.status }.map(\.key)
    }
    return node.spec.isUnschedulable ? keys + [unschedulable] : keys
  }

  /// Whether a NoSchedule taint of that key is kept by the controller rather than by a user.
  static func isKept(_ key: String) -> Bool { key == unschedulable || byCondition.contains { $0.key == key } }
}

extension Node {
  var ready: Condition? { status.conditions.first { $0.type == "Ready" } }

  func hasTaint(_ key: String, _ effect: String) -> Bool {
    spec.taints.contains { $0.key == key && $0.effect == effect }
  }

  /// Takes taints away and adds others, which get the present time.
  mutating func swapTaints(adding added: [String], removing removed: [String], effect: String, at now: Time) {
    var taints = spec.taints.filter { !($0.effect == effect && removed.contains($0.key)) }
    for key in added where !taints.contains(where: { $0.key == key && $0.effect == effect }) {
      taints.append(Taint(key: key, effect: effect, timeAdded: now.timestamp))
    }
    if taints != spec.taints { spec.taints = taints }
  }
}
