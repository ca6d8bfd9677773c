package import API
import Kinds
import Loop
import Store
import Tree

/// Gives every pod a node, as kube-scheduler does.
///
///     let scheduler = Scheduler(client: client)
///     scheduler.start()
///     loop.runDue()
///     scheduler.decision(for: uid)?.chosen   // "node-1"
package final class Scheduler {
  static let component = "kube-scheduler"

  let client: Client
  let cluster: ClusterSummary
  private let configuration: SchedulerConfiguration
  /// By the names that pods ask for.
  private let profiles: [String: SchedulerProfile]
  var queue: SchedulingQueue
  var nominations = Nominations()
  /// Pods whose node is chosen and whose claims are being bound, by uid.
  var reserved: [String: Reservation] = [:]
  private var decisions = DecisionLog()
  /// The pod whose binding is being written: what the store tells then is about it.
  var beingBound: PodSummary?
  private var isCycleDue = false
  private var leftoverCheck: Appointment?
  /// Where the next search begins among the nodes.
  private var searchStart = 0

  /// A scheduler that acts through the client; nothing happens before `start`.
  package init(client: Client, configuration: SchedulerConfiguration = .standard) {
    self.client = client
    self.configuration = configuration
    queue = SchedulingQueue(backoff: configuration.backoff)
    cluster = ClusterSummary(store: client.store)
    profiles = Dictionary(
      uniqueKeysWithValues: configuration.profiles.map { ($0.schedulerName, SchedulerProfile($0, client: client)) })
  }

  /// Takes in what is there and begins to follow every write.
  package func start() {
    for node in client.list(.node) { cluster.setNode(Node(node.value)) }
    let pods = client.list(.pod)
    for pod in pods { cluster.setPod(PodSummary(pod)) }
    for pod in pods.sorted(by: { $0.revision < $1.revision }) { enqueue(PodSummary(pod)) }
    client.store.observe { [weak self] change in self?.note(change) }
  }

  /// What the scheduler found the last time it looked at the pod with that uid; nil if it never did or that is too long
  /// ago.
  package func decision(for uid: String) -> Decision? { decisions[uid] }

  func profile(of pod: PodSummary) -> SchedulerProfile? { profiles[pod.schedulerName] }

  // MARK: The queue

  func enqueue(_ pod: PodSummary) {
    guard pod.nodeName == nil, !pod.isDeleting, !pod.isTerminal, !pod.isGated, profile(of: pod) != nil else { return }
    if let node = pod.nominatedNode { nominations.set(pod, node) }
    queue.add(pod)
    requestCycle()
  }

  /// Forgets a pod that is gone or has ended.
  func forget(_ uid: String) {
    queue.remove(uid: uid)
    nominations.remove(uid: uid)
    reserved[uid]?.timeout.cancel()
    reserved[uid] = nil
  }

  func forgetDecision(_ uid: String) { decisions.forget(uid) }

  /// Tries those pods again that the event may help.
  func wake(_ event: ClusterEvent) {
    guard !event.events.isEmpty, queue.hasUnschedulable else { return }
    let isAny = queue.wake { entry in
      guard let profile = profile(of: entry.pod) else { return false }
      return entry.refusingPlugins.contains { name in
        guard let filter = profile.filters[name] else { return true }
        return !filter.helpfulEvents.isDisjoint(with: event.events)
          && filter.mayHelp(event, entry.pod, in: cluster)
      }
    }
    if isAny { requestCycle() }
  }

  func requestCycle() {
    guard !isCycleDue, queue.hasWork else { return }
    isCycleDue = true
    client.loop.schedule(as: Self.component) { [weak self] in self?.cycle() }
  }

  // MARK: The scheduling cycle

  /// Places one pod.
  private func cycle() {
    isCycleDue = false
    if let entry = queue.next(now: client.loop.now), let stored = client.store[entry.pod.key],
      stored.uid == entry.pod.uid, let profile = profile(of: entry.pod)
    {
      place(entry, stored, profile)
    }
    requestCycle()
  }

  private func place(_ entry: QueuedPod, _ stored: StoredObject, _ profile: SchedulerProfile) {
    let count = cluster.nodes.count
    guard count > 0 else {
      return refuse(entry, stored, NodeSearch.Result(), UnschedulableMessage.noNodes)
    }
    let search = NodeSearch(
      pod: entry.pod, cluster: cluster, profile: profile.plugins, nominations: nominations,
      enough: configuration.enough(of: count, profile.plugins))
    let result = search.run(from: &searchStart)
    if let early = result.early {
      let message = UnschedulableMessage.early(early.message, nodeCount: count)
      return refuse(entry, stored, result, message)
    }
    guard !result.best.isEmpty else { return makeRoom(for: entry, stored, result, profile) }
    let choice = result.best.count == 1 ? 0 : client.loop.random(Self.component).below(result.best.count)
    take(result.best[choice], for: entry, stored, result, profile)
  }

  /// Binds a pod to the node, whose volumes are ready.
  func bind(_ entry: QueuedPod, _ stored: StoredObject, to node: String, _ result: NodeSearch.Result) {
    let pod = entry.pod
    let message = "Successfully assigned \(pod.path) to \(node)"
    let cause = Cause(actor: Self.component, request: "bind pods \(pod.path) to \(node)", subject: stored)
    // It may have waited for its volumes meanwhile, and be another one now.
    beingBound = pod.pod.value == stored.value ? pod : nil
    defer { beingBound = nil }
    do {
      try client.bind(namespace: pod.namespace, pod: pod.key.name, node: node, cause: cause)
    } catch {
      return refuse(entry, stored, result, error.message)
    }
    record(Decision(of: entry, at: client.loop.now, result, chosen: node, message: message))
    tell(.normal, "Scheduled", message, about: pod)
  }

  /// A pod that fits nowhere waits for something to happen; it may keep the node on which room was made for it.
  func refuse(
    _ entry: QueuedPod, _ stored: StoredObject, _ result: NodeSearch.Result, _ message: String,
    keepsNomination: Bool = true
  ) {
    queue.setAside(entry, refusedBy: result.refusingPlugins, now: client.loop.now)
    let nominated = keepsNomination ? entry.pod.nominatedNode : nil
    report(
      entry, stored, message,
      Decision(of: entry, at: client.loop.now, result, nominated: nominated, message: message))
  }

  /// Tells that a pod has to wait, in an event and its condition.
  func report(_ entry: QueuedPod, _ stored: StoredObject, _ message: String, _ decision: Decision) {
    record(decision)
    tell(.warning, "FailedScheduling", message, about: entry.pod)
    let present = client.store[stored.key] ?? stored
    PodConditions(client: client).setUnschedulable(present, message, nominated: decision.nominated)
    scheduleLeftoverCheck()
  }

  private func record(_ decision: Decision) { decisions.record(decision) }

  func tell(_ severity: EventRecorder.Severity, _ reason: String, _ message: String, about pod: PodSummary) {
    profile(of: pod)?.events.record(severity, reason, message, about: pod.pod, kind: .pod)
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

/// A profile with what belongs to it while the scheduler runs.
final class SchedulerProfile {
  let plugins: Profile
  let events: EventRecorder
  let filters: [String: any FilterPlugin]

  init(_ plugins: Profile, client: Client) {
    self.plugins = plugins
    events = EventRecorder(client: client, component: plugins.schedulerName)
    filters = Dictionary(uniqueKeysWithValues: plugins.filters.map { ($0.name, $0) })
  }
}
