import Kinds
import Loop
import Store
import Tree

/// What the node lifecycle controller remembers of a node's signs of life.
struct NodeHealth {
  let uid: String
  /// When the controller last saw a sign: a fresh heartbeat or a renewed lease.
  var probeTime: Time
  var heartbeat: String?
  var hasReadyCondition: Bool
  var renewTime: String?
  /// The revision of the Lease that was last looked at.
  private var lease: Int64?
  /// The revision of the node at which there was nothing to do but to listen.
  private var settled: Int64?

  /// A node that never posted a status gets this long from its creation.
  static let startupGracePeriod = Duration.seconds(60)
  /// `--node-monitor-grace-period`.
  static let monitorGracePeriod = Duration.seconds(50)

  /// A node seen for the first time: one with a status counts from now, one without from its creation.
  init(_ node: Node, now: Time) {
    let ready = node.ready
    uid = node.uid
    heartbeat = ready?.value["lastHeartbeatTime"]?.string
    hasReadyCondition = ready != nil
    probeTime = ready == nil ? node.metadata.creationTimestamp.flatMap(Time.init(timestamp:)) ?? now : now
  }

  /// Takes in what the node and its lease say now.
  mutating func observe(_ node: Node, lease: StoredObject?, now: Time) {
    let ready = node.ready
    let heartbeat = ready?.value["lastHeartbeatTime"]?.string
    if hasReadyCondition != (ready != nil) || ready != nil && heartbeat != self.heartbeat { probeTime = now }
    hasReadyCondition = ready != nil
    self.heartbeat = heartbeat
    observe(lease: lease, now: now)
  }

  /// Takes in what the Lease says now.
  mutating func observe(lease: StoredObject?, now: Time) {
    guard let lease, lease.revision != self.lease else { return }
    self.lease = lease.revision
    if let renewTime = lease.value["spec", "renewTime"]?.string, renewTime > self.renewTime ?? "" {
      self.renewTime = renewTime
      probeTime = now
    }
  }

  /// Notes that the node, as it is at that revision, is ready and asks for nothing.
  mutating func settle(at revision: Int64) { settled = revision }

  func isSettled(at revision: Int64) -> Bool { settled == revision }

  func isSilent(at now: Time) -> Bool {
    now > probeTime + (hasReadyCondition ? Self.monitorGracePeriod : Self.startupGracePeriod)
  }
}

extension Node {
  /// Marks the conditions that a kubelet posts as unknown; that of the network is the control plane's own.
  mutating func markUnknown(at now: Time) {
    var conditions = status.conditions
    for type in ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"] {
      if let index = conditions.firstIndex(where: { $0.type == type }) {
        if conditions[index].status == "Unknown" { continue }
        conditions[index].status = "Unknown"
        conditions[index].reason = "NodeStatusUnknown"
        conditions[index].message = "Kubelet stopped posting node status."
        conditions[index].lastTransitionTime = now.timestamp
      } else {
        var condition = Condition(["type": .string(type), "status": "Unknown"])
        condition.value["lastHeartbeatTime"] = metadata.creationTimestamp.map(Value.string)
        condition.lastTransitionTime = now.timestamp
        condition.reason = "NodeStatusNeverUpdated"
        condition.message = "Kubelet never posted node status."
        conditions.append(condition)
      }
    }
    status.conditions = conditions
  }
}
