package import API
import Controllers
package import Kinds
package import Loop
package import Nodes
package import Scheduler
package import Store
import Tree

/// One isolated world: its objects, its time, and the parts that move in it.
///
/// Plain synchronous code. Whoever drives a cluster holds it: a test directly, a server through a `Door`.
/// A turn goes: take requests in, run them and the work that is due, one journal commit for all, then release the
/// replies and show the writes to those who watch. If the journal fails, the turn throws, and nothing is answered.
package final class Cluster {
  package let options: ClusterOptions
  package let loop: Loop
  package let store: Store
  package let writer: ObjectWriter
  package let client: Client
  package var nodes: NodePool { parts.nodes }
  package var scheduler: Scheduler { parts.scheduler }
  /// Containers' logs.
  package var logs: any LogSource { nodes }
  /// What runs in containers beside their programs.
  package var commands: any CommandRunner { connections ?? nodes }
  /// What listens in containers.
  package var ports: any PodPorts { connections ?? nodes }
  /// The same, where a record is kept.
  private var connections: RecordedConnections? {
    recorder.map { RecordedConnections(commands: nodes, ports: nodes, recorder: $0) }
  }
  /// What the outside reads; thread-safe.
  package let feed: Feed
  package private(set) var pace: Pace { didSet { if pace != oldValue { signal.show(pace) } } }

  /// How many turns went into the journal since the start, and how many writes with them.
  package private(set) var journalled: (turns: Int, writes: Int) = (0, 0)

  private let signal: TimeSignal
  private var parts: Parts
  private let custom: CustomKinds
  private let clock: ClockControl
  private let past: PastControl
  private let forks: ForkControl
  private let recorder: SessionRecorder?
  private let journal: any Journal
  /// The real clock's reading of the last turn.
  private var real: Int64
  /// Why the journal failed, once it has; nothing is committed after that.
  private var failure: JournalError?
  /// Renewals that go into the journal with the next other write; of a row of them only the last does.
  private var renewals: [Change] = []
  /// How many wait at most.
  private static let waitingRenewals = 4_096

  /// A cluster from what its journal holds; of an empty journal a new one, with the objects that every cluster is born
  /// with. `birth` is where a new cluster's time begins, `real` the monotonic clock's reading now. `origin` is what a
  /// new cluster begins with instead; its journal then holds it too. With `mustExist` an empty journal is refused.
  package init(
    _ options: ClusterOptions, journal: any Journal, origin: JournalContents? = nil, mustExist: Bool = false,
    feed: Feed, signal: TimeSignal, birth: Time, real: Int64
  ) throws(JournalError) {
    if let origin { try journal.begin(with: origin) }
    let contents = if let origin { origin } else { try journal.load() }
    if mustExist, contents.snapshot.revision == 0 {
      throw JournalError("cluster \"\(options.name)\" was never made whole", isUnbegun: true)
    }
    var options = options
    if let session = options.session {
      session.write(["birth": BirthRecord(options, contents: contents, birth: birth, history: feed.limits).record])
      options.identity = options.identity.map { $0.noting(session) }
    }
    self.options = options
    self.journal = journal
    self.feed = feed
    self.signal = signal
    // After a restart the random streams go on elsewhere: they would repeat names that are in use.
    loop = Loop(now: contents.time ?? birth, seed: options.seed &+ UInt64(contents.snapshot.revision))
    store = Store(loop: loop, snapshot: contents.snapshot)
    writer = ObjectWriter(store: store, loop: loop, identity: options.identity, limits: options.limits)
    client = Client(writer: writer)
    recorder = options.session.map { [loop, store] in SessionRecorder($0, loop: loop, store: store) }
    writer.listener = recorder
    custom = CustomKinds(feed: feed)
    writer.environment = AdmissionEnvironment(
      kinds: options.kinds.adding { [custom] in custom.kinds }, authorizer: Authorizer(feed: feed), feed: feed,
      limits: options.limits)
    clock = ClockControl(client: client, workLimit: options.workPerTurn)
    past = PastControl(client: client, feed: feed, journal: journal)
    forks = ForkControl(options, client: client, feed: feed)
    parts = Parts(options, client: client, feed: feed, custom: custom)
    self.real = real
    pace = Pace(real: real, cluster: loop.now)
    signal.show(pace)
    feed.restore(contents)
    if contents.snapshot.revision == 0 { bear() }
    reconcileRights()
    parts.start()
  }

  /// Builds the parts anew from the stored objects, as a start does, at another moment of the cluster's time.
  private func goBack(to time: Time) {
    parts.stop()
    loop.restart(at: time)
    parts = Parts(options, client: client, feed: feed, custom: custom, after: parts)
    parts.start()
    clock.noteJump()
    pace.turn(at: real, cluster: time)
  }

  /// Gives a cluster that an earlier version made what is missing of its rights. Where that is refused, because somebody
  /// has put webhooks before it, the cluster runs with the rights that it has.
  private func reconcileRights() {
    try? RightsReconciliation(writer, kinds: options.kinds).run(Bootstrap.rights + options.rights)
  }

  /// Writes the objects that a new cluster has, and sets up its machines.
  private func bear() {
    do throws(Status) {
      try Bootstrap.create(with: writer, kinds: options.kinds)
    } catch {
      preconditionFailure("a bootstrap object is refused: \(error.message)")
    }
    if options.nodes > 0 { bearExtras() }
    for index in 0..<options.nodes { nodes.addMachine(name: "node-\(index + 1)") }
  }

  /// A cluster with machines also has its API where containers reach it, disks for them, with the class that claims get which name none, and measures what
  /// its containers use. A bare control plane has neither, as Kubernetes' own has not.
  private func bearExtras() {
    let cause = Cause(actor: "kube-apiserver", request: "bootstrap")
    let storageClass: Value = [
      "metadata": ["name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"]],
      "provisioner": .string(SimulatedProvisioner.name), "reclaimPolicy": "Delete",
      "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": true,
    ]
    let metrics: Value = [
      "metadata": ["name": "v1beta1.metrics.k8s.io"],
      "spec": [
        "group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
      ],
    ]
    do throws(Status) {
      try client.create(.endpoints, PodAPI.endpoints, cause: cause)
      try client.create(.endpointSlice, PodAPI.endpointSlice, cause: cause)
      try client.create(.storageClass, storageClass, cause: cause)
      try client.create(.apiService, metrics, cause: cause)
    } catch {
      preconditionFailure("what a cluster with machines has is refused: \(error.message)")
    }
  }

  /// Passes a request on to a pod or a node.
  package func answer(_ plan: ProxyPlan) -> APIResponse {
    do throws(Status) {
      return try plan.answer(from: ports) { (log) throws(Status) in try log.answer(from: logs, now: loop.now) }
    } catch {
      return APIResponse(error)
    }
  }

  /// One turn: the commands, then the work that is due at that reading of the real clock, as long as `goesOn` says so;
  /// what is left waits for the next turn.
  package func turn(_ commands: [Door.Command], real: Int64, while goesOn: () -> Bool = { true }) throws(JournalError) {
    var releases: [@Sendable () -> Void] = []
    self.real = real
    for command in commands {
      let release = recorder.map { $0.run { command(self) } } ?? command(self)
      if let release { releases.append(release) }
    }
    let isEventful = !commands.isEmpty || clock.isPending || past.isPending || forks.isPending
    if let recorder, isEventful {
      try recorder.end { () throws(JournalError) in try conclude(real: real) }
    } else {
      try conclude(real: real)
    }
    run(real: real, while: goesOn)
    try commit(durably: !commands.isEmpty)
    for release in releases { release() }
  }

  /// Does what follows from commands, before time goes on.
  func conclude(real: Int64) throws(JournalError) {
    if past.isPending { try commit(durably: true) }
    clock.follow(&pace, real: real)
    // A command may have let time run ahead; the pace goes on from there.
    if loop.now > pace.moment(at: real) { pace.turn(at: real, cluster: loop.now) }
  }

  /// How far, in nanoseconds of real time, the cluster's time may be behind its pace and still run after it.
  private static let longestLag: Int64 = 1_000_000_000

  private func run(real: Int64, while goesOn: () -> Bool) {
    guard !pace.isPaused else { return }
    let target = pace.moment(at: real)
    let count = loop.advance(to: target, limit: options.workPerTurn, while: goesOn)
    let lag = pace.real(of: loop.now).map { real - $0 } ?? 0
    // Too much to do at this speed: time goes on from where it got to, rather than running after the real clock.
    if loop.now < target, count >= options.workPerTurn || lag > Self.longestLag {
      pace.turn(at: real, cluster: loop.now)
    }
  }

  /// Puts the turn's writes into the journal and shows them to the outside. What they ask of the past is done then, for
  /// only what is in the journal can be gone back to.
  package func commit(durably: Bool) throws(JournalError) {
    recorder?.noteCommit()
    try record(durably: durably)
    while past.isPending || forks.isPending {
      if let time = try past.follow() {
        try record(durably: durably)
        goBack(to: time)
      }
      forks.follow()
      try record(durably: durably)
    }
  }

  /// Whether all that is stored is in the journal and shown.
  var isCommitted: Bool { !store.hasUncommitted }

  private func record(durably: Bool) throws(JournalError) {
    if let failure { throw failure }
    guard store.hasUncommitted else { return }
    let changes = store.takeUncommitted()
    do throws(JournalError) {
      try keep(changes, durably: durably)
    } catch {
      failure = error
      throw error
    }
    recorder?.note(changes)
    feed.publish(store.snapshot, changes)
  }

  private func keep(_ changes: [Change], durably: Bool) throws(JournalError) {
    let waiting = renewals + changes
    if waiting.count <= Self.waitingRenewals, changes.allSatisfy(\.isRenewal) {
      try journal.note(revision: store.revision, at: loop.now)
      renewals = waiting
      return
    }
    let kept = waiting.withoutSupersededRenewals
    try journal.commit(kept, at: loop.now, durably: durably)
    renewals.removeAll()
    journalled.turns += 1
    journalled.writes += kept.count
  }

  // MARK: What came of calls

  /// The clusters that are to be made or removed now; `know` is to be called with what came of each.
  package func takeForkCalls() -> [ForkControl.Call] { forks.takeCalls() }

  package func know(_ problem: Status?, of call: ForkControl.Call) {
    recorder?.note(problem, of: call)
    forks.know(problem, of: call)
  }

  /// A webhook has answered about a write of one of the cluster's own parts.
  package func know(_ reply: WebhookReply, to call: WebhookCall, of write: String) {
    recorder?.note(reply, to: call, of: write)
    writer.componentWrites?.know(reply, to: call, of: write)
  }

  /// The monotonic reading at which the next turn is due by itself; nil if only a command can cause one.
  package func nextTurn(real: Int64) -> Int64? {
    guard let deadline = loop.nextDeadline, let next = pace.real(of: deadline) else { return nil }
    return max(next, real)
  }
}
