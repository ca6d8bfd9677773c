import Loop
import Store

/// A pod that waits for a node.
struct QueuedPod {
  let pod: PodSummary
  /// The order in which pods came to the queue.
  let order: UInt64
  var attempts = 0
  /// Names of the plugins that refused it last time.
  var refusingPlugins: Set<String> = []
  /// Before that moment it is not tried again, unless nothing else waits.
  var backoffEnd: Time?
  var lastAttempt: Time?

  fileprivate func comesBefore(_ other: QueuedPod) -> Bool {
    (other.pod.priority, order) < (pod.priority, other.order)
  }
}

/// Pods that wait for a node: those that can be tried now, those that back off, and those that nothing has happened for
/// since they were found not to fit anywhere (Kubernetes documentation, "Scheduling Framework", queue).
struct SchedulingQueue {
  /// How long a pod that did not fit waits at most before it is tried again without a reason.
  static let unschedulableTimeout: Duration = .minutes(5)
  private static let initialBackoff: Duration = .seconds(1)
  private static let maximumBackoff: Duration = .seconds(10)

  private var active: [QueuedPod] = []
  private var backingOff: [String: QueuedPod] = [:]
  private var unschedulable: [String: QueuedPod] = [:]
  private var waiting: [String: UInt64] = [:]
  private var arrivals: UInt64 = 0

  /// Whether a pod could be taken now.
  var hasWork: Bool { !waiting.isEmpty || !backingOff.isEmpty }

  var unschedulableCount: Int { unschedulable.count }

  func contains(uid: String) -> Bool {
    waiting[uid] != nil || backingOff[uid] != nil || unschedulable[uid] != nil
  }

  mutating func add(_ pod: PodSummary) {
    remove(uid: pod.uid)
    arrivals += 1
    activate(QueuedPod(pod: pod, order: arrivals))
  }

  /// Keeps a waiting pod's new state. One that did not fit is tried again only if what changed may help it.
  mutating func update(_ pod: PodSummary, mayHelp: Bool) {
    if let order = waiting[pod.uid],
      let index = active.firstIndex(where: { $0.pod.uid == pod.uid && $0.order == order })
    {
      active[index] = active[index].replacing(pod)
    } else if let entry = backingOff[pod.uid] {
      backingOff[pod.uid] = entry.replacing(pod)
    } else if let entry = unschedulable[pod.uid] {
      unschedulable[pod.uid] = entry.replacing(pod)
      if mayHelp { wake(pod.uid) }
    }
  }

  mutating func remove(uid: String) {
    waiting[uid] = nil
    backingOff[uid] = nil
    unschedulable[uid] = nil
  }

  /// The pod to place next: by priority, then in order of arrival. When only pods wait that back off, the first of
  /// those, because there is nothing to save (kube-scheduler's SchedulerPopFromBackoffQ).
  mutating func next(now: Time) -> QueuedPod? {
    for entry in backingOff.values.sorted(by: { $0.order < $1.order })
    where entry.backoffEnd.map({ $0 <= now }) ?? true {
      backingOff[entry.pod.uid] = nil
      activate(entry)
    }
    while let entry = popActive() {
      guard waiting[entry.pod.uid] == entry.order else { continue }
      waiting[entry.pod.uid] = nil
      return entry
    }
    // Those whose back-off ends in the same second go by priority (kube-scheduler's ordering window of the back-off queue).
    let first = backingOff.values.min { left, right in
      let (leftEnd, rightEnd) = ((left.backoffEnd ?? now).seconds, (right.backoffEnd ?? now).seconds)
      return leftEnd == rightEnd ? left.comesBefore(right) : leftEnd < rightEnd
    }
    if let first { backingOff[first.pod.uid] = nil }
    return first
  }

  /// Puts a pod aside that fitted nowhere.
  mutating func setAside(_ entry: QueuedPod, refusedBy plugins: Set<String>, now: Time) {
    var entry = entry
    entry.attempts += 1
    entry.refusingPlugins = plugins
    entry.lastAttempt = now
    entry.backoffEnd = now + Self.backoff(attempts: entry.attempts)
    unschedulable[entry.pod.uid] = entry
  }

  /// Tries those again that a plugin refused to which one of these events matters.
  mutating func wake(_ events: ClusterEvents, helping plugins: (ClusterEvents) -> Set<String>) {
    guard !unschedulable.isEmpty else { return }
    let helped = plugins(events)
    let woken = unschedulable.values.filter {
      $0.refusingPlugins.isEmpty || !$0.refusingPlugins.isDisjoint(with: helped)
    }
    for uid in woken.sorted(by: { $0.order < $1.order }).map(\.pod.uid) { wake(uid) }
  }

  /// Tries those again that have waited too long; answers when the next will have.
  mutating func wakeOverdue(now: Time) -> Time? {
    let overdue = unschedulable.values.filter { ($0.lastAttempt ?? now) + Self.unschedulableTimeout <= now }
    for uid in overdue.sorted(by: { $0.order < $1.order }).map(\.pod.uid) { wake(uid) }
    return unschedulable.values.compactMap(\.lastAttempt).min().map { $0 + Self.unschedulableTimeout }
  }

  private mutating func wake(_ uid: String) {
    backingOff[uid] = unschedulable.removeValue(forKey: uid)
  }

  private static func backoff(attempts: Int) -> Duration {
    min(initialBackoff * (1 << min(max(attempts - 1, 0), 10)), maximumBackoff)
  }

  // MARK: The heap of active pods; an entry counts only while `waiting` names its order.

  private mutating func activate(_ entry: QueuedPod) {
    waiting[entry.pod.uid] = entry.order
    active.append(entry)
    var child = active.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard active[child].comesBefore(active[parent]) else { break }
      active.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func popActive() -> QueuedPod? {
    guard let first = active.first else { return nil }
    let last = active.removeLast()
    guard !active.isEmpty else { return first }
    active[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < active.count {
        if active[child].comesBefore(active[best]) { best = child }
      }
      guard best != parent else { return first }
      active.swapAt(parent, best)
      parent = best
    }
  }
}

extension QueuedPod {
  fileprivate func replacing(_ pod: PodSummary) -> QueuedPod {
    var entry = QueuedPod(pod: pod, order: order)
    entry.attempts = attempts
    entry.refusingPlugins = refusingPlugins
    entry.backoffEnd = backoffEnd
    entry.lastAttempt = lastAttempt
    return entry
  }
}
