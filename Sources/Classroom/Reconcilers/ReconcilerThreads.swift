import API
import Cluster
import Hosting
import Kinds
import Store
import Synchronization

/// What is to be brought to what the classroom's objects ask for.
enum ReconcileKey: Hashable, Sendable {
  case classroom
  case learner(String)
  case incident(String)

  /// The same key always goes to the same thread, so that nobody else is at it.
  func index(of count: Int) -> Int {
    switch self {
    case .classroom: 0
    case .learner(let name), .incident(let name): name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % count
    }
  }
}

/// Threads that reconcile keys: whenever an object of the classroom changes, at a start, and again after a failure.
/// They wait for clusters, so they are none of the clusters' own.
final class ReconcilerThreads: Sendable {
  private struct Work: Sendable {
    let key: ReconcileKey
    var done: (@Sendable () -> Void)?
  }

  /// As many clusters are worked on at once.
  private static let count = 2
  /// Nanoseconds until a key that failed is tried again: twice as many each time, up to the limit.
  private static let delay: Int64 = 1_000_000_000
  private static let delayLimit: Int64 = 60_000_000_000

  private let state: ClassroomState
  private let mailboxes: [Mailbox<Work>]
  private let watch = Mutex<Int?>(nil)

  init(_ state: ClassroomState) {
    self.state = state
    mailboxes = (0..<Self.count).map { _ in Mailbox() }
  }

  func start() {
    for mailbox in mailboxes { BackgroundThread.start { [self] in run(mailbox) } }
    let start = state.cluster.feed.watch(after: nil) { [weak self] changes in self?.note(changes) }
    watch.withLock { $0 = start.id }
    reconcile(.classroom)
    noteAll()
  }

  func stop() {
    if let id = watch.withLock({ $0 }) { state.cluster.feed.unwatch(id) }
    for mailbox in mailboxes { mailbox.close() }
  }

  /// Has a key reconciled soon; `done` is called after that, whether or not it succeeded.
  func reconcile(_ key: ReconcileKey, done: (@Sendable () -> Void)? = nil) {
    if !mailboxes[key.index(of: mailboxes.count)].put(Work(key: key, done: done)) { done?() }
  }

  private func noteAll() {
    let snapshot = state.cluster.feed.snapshot
    for learner in snapshot.list(Kind.learner.collection) { reconcile(.learner(learner.name)) }
    for incident in snapshot.list(Kind.incident.collection) { reconcile(.incident(incident.name)) }
  }

  /// On the cluster's thread, under its feed's lock: only passes on.
  private func note(_ changes: [Change]) {
    var keys: Set<ReconcileKey> = []
    for change in changes where change.cause.actor != ClassroomState.reporter {
      switch change.key.groupResource {
      case Kind.classroom.collection: keys.insert(.classroom)
      case Kind.learner.collection: keys.insert(.learner(change.key.name))
      case Kind.incident.collection: keys.insert(.incident(change.key.name))
      default: break
      }
    }
    for key in keys { reconcile(key) }
  }

  private func run(_ mailbox: Mailbox<Work>) {
    var delays: [ReconcileKey: Int64] = [:]
    var again: [ReconcileKey: Int64] = [:]
    while let works = mailbox.takeAll(until: again.values.min()) {
      let now = MonotonicClock.now
      var keys: [ReconcileKey] = []
      for key in works.map(\.key) + again.filter({ $0.value <= now }).map(\.key) where !keys.contains(key) {
        keys.append(key)
      }
      for key in keys {
        again[key] = nil
        let next = state.reconcile(key)
        next.keys.forEach { reconcile($0) }
        if next.isDone {
          delays[key] = nil
        } else {
          let delay = min(delays[key].map { $0 * 2 } ?? Self.delay, Self.delayLimit)
          delays[key] = delay
          again[key] = MonotonicClock.now + delay
        }
        for work in works where work.key == key { work.done?() }
      }
    }
  }
}
