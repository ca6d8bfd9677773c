package import API
import Kinds
import Loop
import Store
import Tree

/// Removes pods that nobody else will: of nodes that are gone, ended ones beyond a threshold, and deleted ones that no
/// kubelet ever had (kubernetes/pkg/controller/podgc).
package final class PodGarbageCollector {
  /// Between two passes.
  private static let period = Duration.seconds(20)
  /// How long a node must be missing before its pods are removed.
  private static let quarantine = Duration.seconds(40)
  /// `--terminated-pod-gc-threshold`.
  private static let terminatedLimit = 12_500

  private let component: Component
  private var pass: Appointment?
  private var firstMoment: Time?
  /// Nodes that pods name and that are not there, and since when.
  private var missing: [String: Time] = [:]

  package init(client: Client) {
    component = Component("pod-garbage-collector", client: client)
  }

  package func start() {
    component.store.addPodsByNodeIndex()
    firstMoment = component.now
    component.store.observe([.node, .pod]) { [unowned self] in note($0) }
    schedulePass()
  }

  /// Passes have their fixed moments, but one is held only where there may be something to do.
  private func note(_ change: Change) {
    if change.key.groupResource == Kind.node.groupResource {
      if change.kind == .deleted || Self.isOutOfService(Node(change.object.value)) { schedulePass() }
    } else if change.key.groupResource == Kind.pod.groupResource, change.kind != .deleted {
      let pod = Pod(change.object.value)
      if pod.metadata.isDeleting || pod.isTerminal || isOrphaned(pod) { schedulePass() }
    }
  }

  private func schedulePass() {
    guard pass == nil, let start = firstMoment else { return }
    let period = Self.period.nanoseconds
    let elapsed = (component.now - start).nanoseconds
    let next = start + .nanoseconds((elapsed / period + 1) * period)
    pass = component.loop.schedule(at: next, as: component.name) { [unowned self] in collect() }
  }

  private func collect() {
    pass = nil
    let pods = component.client.list(.pod)
    collectTerminated(pods)
    for stored in pods {
      let pod = Pod(stored.value)
      guard pod.metadata.isDeleting else { continue }
      let node = pod.spec.nodeName.map { component.client.get(.node, name: $0) }
      switch node {
      case nil: remove(stored)
      case .some(let node?) where Self.isOutOfService(Node(node.value)): remove(stored)
      default: break
      }
    }
    collectOrphaned(pods)
  }

  private func collectTerminated(_ pods: [StoredObject]) {
    let terminated = pods.filter { Pod($0.value).isTerminal }
    let excess = terminated.count - Self.terminatedLimit
    guard excess > 0 else { return }
    for stored in terminated.sorted(by: Self.goesFirst).prefix(excess) { remove(stored) }
  }

  /// Evicted pods before others, then the oldest.
  private static func goesFirst(_ left: StoredObject, _ right: StoredObject) -> Bool {
    let evicted = [left, right].map { Pod($0.value).status.reason == "Evicted" }
    if evicted[0] != evicted[1] { return evicted[0] }
    let ages = [left, right].map { $0.metadata.creationTimestamp ?? "" }
    return (ages[0], left.name) < (ages[1], right.name)
  }

  private func collectOrphaned(_ pods: [StoredObject]) {
    var found: [String: Time] = [:]
    for stored in pods {
      let pod = Pod(stored.value)
      guard isOrphaned(pod), let name = pod.spec.nodeName else { continue }
      let since = missing[name] ?? component.now
      found[name] = since
      guard since + Self.quarantine <= component.now else { continue }
      remove(stored) { pod in
        pod.setCondition(
          "DisruptionTarget", status: "True", reason: "DeletionByPodGC", message: "PodGC: node no longer exists",
          at: component.now)
      }
    }
    missing = found
    if !found.isEmpty { schedulePass() }
  }

  private func isOrphaned(_ pod: Pod) -> Bool {
    pod.spec.nodeName.map { component.client.get(.node, name: $0) == nil } ?? false
  }

  /// Whether the node is down for good, as an operator has said with a taint.
  private static func isOutOfService(_ node: Node) -> Bool {
    node.ready?.isTrue != true && node.spec.taints.contains { $0.key == NodeTaints.outOfService }
  }

  /// Removes a pod at once; one that has not ended is marked as failed first.
  private func remove(_ stored: StoredObject, marking: (inout Pod) -> Void = { _ in }) {
    var present = stored
    var pod = Pod(stored.value)
    do throws(Status) {
      if !pod.isTerminal {
        pod.status.phase = "Failed"
        marking(&pod)
        present = try component.update(.pod, pod.value, subresource: "status", because: stored)
      }
      try component.delete(.pod, present, options: DeleteOptions(gracePeriodSeconds: 0), because: stored)
    } catch {
      if !error.isNotFound { schedulePass() }
    }
  }
}
