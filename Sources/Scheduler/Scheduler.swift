package import API
import Kinds
import Loop
import Store
import Tree

/// Gives every pod a node, as kube-scheduler's default profile does.
///
///     let scheduler = Scheduler(client: client)
///     scheduler.start()
///     loop.runDue()
///     scheduler.decision(for: uid)?.chosen   // "node-1"
package final class Scheduler {
  static let component = "kube-scheduler"
  /// What a pod's `spec.schedulerName` says to be placed by this scheduler.
  static let profile = "default-scheduler"

  let client: Client
  private let events: EventRecorder
  let cluster: ClusterSummary
  private var queue = SchedulingQueue()
  private var decisions = DecisionLog()
  private var isCycleDue = false
  private var leftoverCheck: Appointment?

  /// A scheduler that acts through the client; nothing happens before `start`.
  package init(client: Client) {
    self.client = client
    events = EventRecorder(client: client, component: Self.profile)
    cluster = ClusterSummary(store: client.store)
  }

  /// Takes in what is there and begins to follow every write.
  package func start() {
    for node in client.list(.node) { cluster.setNode(Node(node.value)) }
    for pod in client.list(.pod) { cluster.setPod(PodSummary(pod)) }
    let waiting = client.list(.pod).sorted { $0.revision < $1.revision }
    for pod in waiting { enqueue(PodSummary(pod)) }
    client.store.observe { [weak self] change in self?.note(change) }
  }

  /// What the scheduler found the last time it looked at the pod with that uid; nil if it never did or that is too long
  /// ago.
  package func decision(for uid: String) -> Decision? { decisions[uid] }

  // MARK: What happens in the cluster

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.pod.groupResource: notePod(change)
    case Kind.node.groupResource: noteNode(change)
    case PersistentVolumeClaims.groupResource where change.kind == .created: wake(.claimAdded)
    default: break
    }
  }

  private func noteNode(_ change: Change) {
    guard change.kind != .deleted else { return cluster.removeNode(change.key.name) }
    let node = Node(change.object.value)
    let before = change.previous.map { Node($0.value) }
    cluster.setNode(node)
    wake(.between(before, node))
  }

  private func notePod(_ change: Change) {
    let pod = PodSummary(change.object)
    if change.kind == .deleted {
      forget(pod)
      return
    }
    let wasPlaced = change.previous.map { Pod($0.value).spec.nodeName?.isEmpty == false } ?? false
    guard pod.nodeName != nil else { return noteWaiting(pod, previous: change.previous) }
    cluster.setPod(pod)
    queue.remove(uid: pod.uid)
    if pod.pod.isTerminal {
      if let previous = change.previous, !Pod(previous.value).isTerminal { wake(.placedPodRemoved) }
    } else if !wasPlaced || change.previous?.value["metadata", "labels"] != change.object.value["metadata", "labels"] {
      wake(.placedPodChanged)
    }
  }

  private func noteWaiting(_ pod: PodSummary, previous: StoredObject?) {
    if pod.isDeleting || pod.pod.isTerminal {
      queue.remove(uid: pod.uid)
    } else if queue.contains(uid: pod.uid) {
      let isChanged = previous.map { before in
        before.value["spec"] != pod.pod.value["spec"]
          || before.value["metadata", "labels"] != pod.pod.value["metadata", "labels"]
      }
      queue.update(pod, mayHelp: isChanged ?? true)
      requestCycle()
    } else if previous == nil || previous.map({ Self.isGated(Pod($0.value)) }) == true {
      enqueue(pod)
    }
  }

  private func forget(_ pod: PodSummary) {
    queue.remove(uid: pod.uid)
    decisions.forget(pod.uid)
    guard pod.nodeName != nil else { return }
    cluster.removePod(uid: pod.uid)
    if !pod.pod.isTerminal { wake(.placedPodRemoved) }
  }

  private func enqueue(_ pod: PodSummary) {
    guard pod.nodeName == nil, !pod.isDeleting, !pod.pod.isTerminal, !Self.isGated(pod.pod),
      pod.pod.spec.schedulerName == Self.profile
    else { return }
    queue.add(pod)
    requestCycle()
  }

  private static func isGated(_ pod: Pod) -> Bool {
    pod.spec.value["schedulingGates"]?.array?.isEmpty == false
  }

  private func wake(_ events: ClusterEvents) {
    guard !events.isEmpty else { return }
    queue.wake(events) { events in
      var names = Set(DefaultProfile.filters.filter { !$0.helpfulEvents.isDisjoint(with: events) }.map(\.name))
      if events.contains(.claimAdded) { names.insert(PersistentVolumeClaims.plugin) }
      return names
    }
    requestCycle()
  }

  // MARK: The scheduling cycle

  private func requestCycle() {
    guard !isCycleDue, queue.hasWork else { return }
    isCycleDue = true
    client.loop.schedule(as: Self.component) { [weak self] in self?.cycle() }
  }

  /// Places one pod.
  private func cycle() {
    isCycleDue = false
    let now = client.loop.now
    if let entry = queue.next(now: now), let stored = client.store[entry.pod.key], stored.uid == entry.pod.uid {
      place(entry, stored)
    }
    requestCycle()
  }

  private func place(_ entry: QueuedPod, _ stored: StoredObject) {
    let pod = entry.pod
    if let claim = PersistentVolumeClaims.missing(for: pod, in: client.store) {
      let message = UnschedulableMessage.missingClaim(claim, nodeCount: cluster.nodes.count)
      return refuse(entry, stored, message, by: [PersistentVolumeClaims.plugin], verdicts: [])
    }
    let result = NodeSearch(pod: pod, cluster: cluster).run()
    guard !result.best.isEmpty else {
      let mayPreempt = pod.pod.spec.value["preemptionPolicy"]?.string != "Never"
      let message =
        result.refusals.isEmpty
        ? UnschedulableMessage.noNodes : UnschedulableMessage.text(result.refusals, mayPreempt: mayPreempt)
      return refuse(entry, stored, message, by: result.refusingPlugins, verdicts: result.verdicts)
    }
    let index = result.best.count == 1 ? 0 : client.loop.random(Self.component).below(result.best.count)
    bind(entry, stored, to: result.best[index], verdicts: result.verdicts)
  }

  private func bind(_ entry: QueuedPod, _ stored: StoredObject, to node: String, verdicts: [Decision.NodeVerdict]) {
    let pod = entry.pod
    let message = "Successfully assigned \(pod.path) to \(node)"
    let cause = Cause(actor: Self.component, request: "bind pods \(pod.path) to \(node)", subject: stored)
    do {
      try client.bind(namespace: pod.namespace, pod: pod.key.name, node: node, cause: cause)
    } catch {
      return refuse(entry, stored, error.message, by: [], verdicts: verdicts)
    }
    record(entry, verdicts, chosen: node, message)
    events.record(.normal, "Scheduled", message, about: pod.pod, kind: .pod)
  }

  private func refuse(
    _ entry: QueuedPod, _ stored: StoredObject, _ message: String, by plugins: Set<String>,
    verdicts: [Decision.NodeVerdict]
  ) {
    let now = client.loop.now
    queue.setAside(entry, refusedBy: plugins, now: now)
    record(entry, verdicts, chosen: nil, message)
    events.record(.warning, "FailedScheduling", message, about: entry.pod.pod, kind: .pod)
    writeCondition(stored, message)
    scheduleLeftoverCheck()
  }

  private func record(_ entry: QueuedPod, _ verdicts: [Decision.NodeVerdict], chosen: String?, _ message: String) {
    decisions.record(
      Decision(
        pod: entry.pod.key, uid: entry.pod.uid, time: client.loop.now, attempt: entry.attempts + 1, nodes: verdicts,
        chosen: chosen, message: message))
  }

  /// Condition PodScheduled=False; written only when what it says has changed.
  private func writeCondition(_ stored: StoredObject, _ message: String) {
    var pod = Pod(stored.value)
    var conditions = pod.status.conditions
    let present = conditions.first { $0.type == "PodScheduled" }
    if let present, present.status == "False", present.reason == "Unschedulable", present.message == message { return }
    var condition = Condition([
      "type": "PodScheduled", "status": "False", "lastProbeTime": .null,
      "lastTransitionTime": .string(client.loop.now.timestamp), "reason": "Unschedulable", "message": .string(message),
    ])
    condition.value["observedGeneration"] = stored.value["metadata", "generation"]
    if let present, present.status == "False" { condition.lastTransitionTime = present.lastTransitionTime }
    conditions.removeAll { $0.type == "PodScheduled" }
    conditions.append(condition)
    pod.status.conditions = conditions
    let cause = Cause(
      actor: Self.component, request: "update pods/status \(stored.key.path): Unschedulable", subject: stored)
    _ = try? client.update(.pod, pod.value, subresource: "status", cause: cause)
  }

  /// Pods that fit nowhere are tried again after five minutes even if nothing seems to have changed.
  private func scheduleLeftoverCheck() {
    guard leftoverCheck == nil else { return }
    let deadline = client.loop.now + SchedulingQueue.unschedulableTimeout
    leftoverCheck = client.loop.schedule(at: deadline, as: Self.component) { [weak self] in
      guard let self else { return }
      leftoverCheck = nil
      let next = queue.wakeOverdue(now: client.loop.now)
      requestCycle()
      if next != nil { scheduleLeftoverCheck() }
    }
  }
}
