package import API
import Kinds
import Loop
import Store
import Tree

/// Notices nodes that fell silent, says so in their conditions and taints, and in their pods
/// (kubernetes/pkg/controller/nodelifecycle).
package final class NodeLifecycleController {
  /// `--node-monitor-period`.
  private static let monitorPeriod = Duration.seconds(5)
  private static let leaseNamespace = "kube-node-lease"

  private let component: Component
  private var queue: WorkQueue<String>?
  private var monitor: Appointment?
  private var health: [String: NodeHealth] = [:]
  private var isFullyDisrupted = false
  /// When a zone's pods may next be told to go.
  private var nextEviction: [String: Time] = [:]
  /// Nodes whose pods are yet to be marked not ready, because that was refused before.
  private var unfinished: Set<String> = []
  /// What the nodes say as a whole; nil after one of them was written. Most passes find all as it was.
  private var overview: Overview?

  package init(client: Client) {
    component = Component("node-controller", client: client)
  }

  package func start() {
    component.store.addPodsByNodeIndex()
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in taintByConditions($0) }
    component.store.observe([.node]) { [unowned self] change in
      overview = nil
      if change.kind != .deleted { queue?.add(change.key.name) }
      if monitor == nil { scheduleMonitor(after: .zero) }
    }
    for node in component.client.list(.node) { queue?.add(node.name) }
    scheduleMonitor(after: .zero)
  }

  private func scheduleMonitor(after delay: Duration) {
    monitor = component.loop.schedule(after: delay, as: component.name) { [unowned self] in runMonitor() }
  }

  // MARK: Taints by condition

  private func taintByConditions(_ name: String) -> WorkQueue<String>.Outcome {
    guard let stored = component.client.get(.node, name: name) else { return .done }
    var node = Node(stored.value)
    let wanted = NodeTaints.wanted(on: node)
    let present = node.spec.taints.filter { $0.effect == "NoSchedule" && NodeTaints.isKept($0.key) }.map(\.key)
    node.swapTaints(
      adding: wanted, removing: present.filter { !wanted.contains($0) }, effect: "NoSchedule", at: component.now)
    return write(node, stored) ? .done : .failed
  }

  /// Writes the node's spec if it changed. Answers whether all is well.
  private func write(_ node: Node, _ stored: StoredObject) -> Bool {
    if node.value == stored.value { return true }
    do throws(Status) {
      try component.update(.node, node.value, because: stored)
      return true
    } catch {
      return error.isNotFound
    }
  }

  // MARK: The monitor's pass

  private func runMonitor() {
    monitor = nil
    let nodes = component.client.list(.node)
    if overview == nil { register(nodes) }
    for node in nodes { check(node) }
    limitDisruption()
    evict()
    // Without nodes nothing falls silent: the next one that comes starts the monitor again.
    if !nodes.isEmpty { scheduleMonitor(after: Self.monitorPeriod) }
  }

  private func register(_ nodes: [StoredObject]) {
    for stored in nodes where health[stored.name] == nil {
      let node = Node(stored.value)
      health[stored.name] = NodeHealth(node, now: component.now)
      recordNodeEvent("RegisteredNode", "Registered Node \(node.name) in Controller", node)
    }
    let names = Set(nodes.map(\.name))
    for (name, known) in health.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      health[name] = nil
      unfinished.remove(name)
      let node = Node(["metadata": ["name": .string(name), "uid": .string(known.uid)]])
      recordNodeEvent("RemovingNode", "Removing Node \(name) from Controller", node)
    }
  }

  private func recordNodeEvent(_ reason: String, _ text: String, _ node: Node) {
    component.events.record(.normal, reason, "Node \(node.name) event: \(text)", about: node, kind: .node)
  }

  private func check(_ node: StoredObject) {
    let name = node.name
    guard let stored = component.client.get(.node, name: name), var known = health[name] else { return }
    let lease = component.client.get(.lease, namespace: Self.leaseNamespace, name: name)
    if known.isSettled(at: stored.revision) {
      known.observe(lease: lease, now: component.now)
      health[name] = known
      if !known.isSilent(at: component.now) { return }
    }
    let before = Node(stored.value)
    known.observe(before, lease: lease, now: component.now)
    if before.ready?.isTrue == true, before.spec.taints.isEmpty { known.settle(at: stored.revision) }
    var after = before
    if known.isSilent(at: component.now) { after.markUnknown(at: component.now) }
    if after.ready != before.ready {
      guard (try? component.update(.node, after.value, subresource: "status", because: stored)) != nil else { return }
      known.hasReadyCondition = after.ready != nil
      known.heartbeat = after.ready?.value["lastHeartbeatTime"]?.string
    }
    health[name] = known
    guard let ready = after.ready else { return }
    swapEvictionTaint(name)
    let wasReady = before.ready?.isTrue ?? false
    if !ready.isTrue, wasReady {
      component.events.record(
        .normal, "NodeNotReady", "Node \(name) status is now: NodeNotReady", about: after, kind: .node)
    }
    if !ready.isTrue, wasReady || unfinished.contains(name) {
      markPodsNotReady(on: name)
    }
  }

  /// Takes the NoExecute taints from a node that is ready again, and exchanges the one for the other at once where a
  /// node that is tainted already changes between not ready and unreachable.
  private func swapEvictionTaint(_ name: String) {
    guard let stored = component.client.get(.node, name: name) else { return }
    var node = Node(stored.value)
    let key = node.evictionTaint
    let others: [String] = [NodeTaints.notReady, NodeTaints.unreachable].filter { $0 != key }
    let isTainted = others.contains { node.hasTaint($0, "NoExecute") }
    guard isTainted else { return }
    node.swapTaints(adding: key.map { [$0] } ?? [], removing: others, effect: "NoExecute", at: component.now)
    _ = write(node, stored)
  }

  private func markPodsNotReady(on name: String) {
    unfinished.remove(name)
    guard let node = component.client.get(.node, name: name) else { return }
    for stored in component.store.pods(onNode: name) {
      var pod = Pod(stored.value)
      guard let index = pod.status.conditions.firstIndex(where: { $0.type == "Ready" && $0.status != "False" }) else {
        continue
      }
      pod.status.conditions[index].status = "False"
      pod.status.conditions[index].lastTransitionTime = component.now.timestamp
      if (try? component.update(.pod, pod.value, subresource: "status", because: node)) == nil {
        unfinished.insert(name)
      } else {
        component.events.record(.warning, "NodeNotReady", "Node is not ready", about: pod, kind: .pod)
      }
    }
  }

  // MARK: Eviction

  private struct Zone {
    var ready = 0
    var notReady = 0
    var state: ZoneState { ZoneState(ready: ready, notReady: notReady) }
  }

  private struct Overview {
    var zones: [String: Zone] = [:]
    var isAllReady = true
  }

  private var seen: Overview {
    if let overview { return overview }
    let current = component.client.list(.node).reduce(into: Overview()) { overview, stored in
      let node = Node(stored.value)
      let isReady = node.ready?.isTrue == true
      if !isReady { overview.isAllReady = false }
      let exclusion: String? = node.metadata.labels["node.kubernetes.io/exclude-disruption"]
      if exclusion != nil { return }
      if isReady {
        overview.zones[node.zone, default: Zone()].ready += 1
      } else {
        overview.zones[node.zone, default: Zone()].notReady += 1
      }
    }
    overview = current
    return current
  }

  /// Where every node of the cluster is silent, the control plane is likelier cut off than all of them lost: no pod is
  /// told to go, and when nodes come back, each gets its grace period anew.
  private func limitDisruption() {
    let zones = seen.zones
    let isDisrupted = !zones.isEmpty && zones.values.allSatisfy { $0.state == .fullDisruption }
    defer { isFullyDisrupted = isDisrupted }
    if isDisrupted {
      for stored in component.client.list(.node) {
        var node = Node(stored.value)
        node.swapTaints(
          adding: [], removing: [NodeTaints.notReady, NodeTaints.unreachable], effect: "NoExecute", at: component.now)
        _ = write(node, stored)
      }
    } else if isFullyDisrupted {
      for name in health.keys { health[name]?.probeTime = component.now }
    }
  }

  /// Taints nodes that are not ready so that their pods go, in each zone one at a time.
  private func evict() {
    let zones = seen.zones
    if seen.isAllReady { return }
    if !zones.isEmpty, zones.values.allSatisfy({ $0.state == .fullDisruption }) { return }
    for stored in component.client.list(.node) {
      var node = Node(stored.value)
      guard let key = node.evictionTaint, !node.hasTaint(key, "NoExecute") else { continue }
      let zone = zones[node.zone] ?? Zone()
      guard let interval = zone.state.evictionInterval(zoneSize: zone.ready + zone.notReady),
        (nextEviction[node.zone] ?? component.now) <= component.now
      else { continue }
      nextEviction[node.zone] = component.now + interval
      node.swapTaints(adding: [key], removing: [], effect: "NoExecute", at: component.now)
      _ = write(node, stored)
    }
  }
}

extension Node {
  /// The key of the NoExecute taint that fits its state; nil while it is ready, or never said anything.
  fileprivate var evictionTaint: String? {
    switch ready?.status {
    case "False": NodeTaints.notReady
    case "Unknown": NodeTaints.unreachable
    default: nil
    }
  }
}
