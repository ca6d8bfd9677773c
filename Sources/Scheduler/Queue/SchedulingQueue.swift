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

  /// By priority, then in order of arrival (kube-scheduler's plugin PrioritySort).
  fileprivate static func isBefore(_ left: QueuedPod, _ right: QueuedPod) -> Bool {
    left.pod.priority == right.pod.priority ? left.order < right.order : left.pod.priority > right.pod.priority
  }

  /// Those whose back-off ends in the same second go by priority (the ordering window of the back-off queue).
  fileprivate static func isDueBefore(_ left: QueuedPod, _ right: QueuedPod) -> Bool {
    let (leftEnd, rightEnd) = (left.backoffEnd?.seconds ?? 0, right.backoffEnd?.seconds ?? 0)
    return leftEnd == rightEnd ? isBefore(left, right) : leftEnd < rightEnd
  }

  fileprivate func replacing(_ pod: PodSummary) -> QueuedPod {
    var entry = QueuedPod(pod: pod, order: order)
    entry.attempts = attempts
    entry.refusingPlugins = refusingPlugins
    entry.backoffEnd = backoffEnd
    entry.lastAttempt = lastAttempt
    return entry
  }
}

/// Pods that wait for a node: those that can be tried now, those that back off, and those that nothing has happened for
/// since they were found not to fit anywhere (Kubernetes documentation, "Scheduling Framework", queue).
struct SchedulingQueue {
  /// How long a pod that did not fit waits at most before it is tried again without a reason.
  static let unschedulableTimeout: Duration = .minutes(5)

  /// How a pod's back-off grows (podInitialBackoffSeconds, podMaxBackoffSeconds).
  struct Backoff: Sendable, Equatable {
    var initial: Duration = .seconds(1)
    var maximum: Duration = .seconds(10)

    func time(attempts: Int) -> Duration { min(initial * (1 << min(max(attempts - 1, 0), 20)), maximum) }
  }

  private enum Place {
    case active
    case backingOff
    case unschedulable
  }

  private let backoff: Backoff
  /// Where each pod waits, by uid; an entry of a heap counts only while the pod waits there.
  private var entries: [String: (entry: QueuedPod, place: Place, version: UInt64)] = [:]
  private let active = Heap(by: QueuedPod.isBefore)
  private let backingOff = Heap(by: QueuedPod.isDueBefore)
  private var unschedulable: Set<String> = []
  private var arrivals: UInt64 = 0
  private var versions: UInt64 = 0

  init(backoff: Backoff = Backoff()) { self.backoff = backoff }

  /// Whether a pod could be taken now.
  var hasWork: Bool { entries.count > unschedulable.count }

  func contains(uid: String) -> Bool { entries[uid] != nil }

  mutating func add(_ pod: PodSummary) {
    remove(uid: pod.uid)
    arrivals += 1
    put(QueuedPod(pod: pod, order: arrivals), .active)
  }

  /// Keeps a waiting pod's new state. One that did not fit is tried again only if what changed may help it.
  mutating func update(_ pod: PodSummary, mayHelp: Bool) {
    guard let (entry, place, _) = entries[pod.uid] else { return }
    put(entry.replacing(pod), place == .unschedulable && mayHelp ? .backingOff : place)
  }

  mutating func remove(uid: String) {
    entries[uid] = nil
    unschedulable.remove(uid)
  }

  /// The pod to place next: by priority, then in order of arrival. When only pods wait that back off, the first of
  /// those, because there is nothing to save (kube-scheduler's SchedulerPopFromBackoffQ).
  mutating func next(now: Time) -> QueuedPod? {
    while let entry = first(of: backingOff, .backingOff), entry.backoffEnd.map({ $0 <= now }) ?? true {
      put(entry, .active)
    }
    let next = first(of: active, .active) ?? first(of: backingOff, .backingOff)
    if let next { remove(uid: next.pod.uid) }
    return next
  }

  /// The first pod that still waits there.
  private func first(of heap: Heap, _ place: Place) -> QueuedPod? {
    while let (entry, version) = heap.first {
      if let present = entries[entry.pod.uid], present.version == version, present.place == place { return entry }
      heap.removeFirst()
    }
    return nil
  }

  private mutating func put(_ entry: QueuedPod, _ place: Place) {
    versions += 1
    entries[entry.pod.uid] = (entry, place, versions)
    if place == .unschedulable { unschedulable.insert(entry.pod.uid) } else { unschedulable.remove(entry.pod.uid) }
    switch place {
    case .active: active.insert(entry, versions)
    case .backingOff: backingOff.insert(entry, versions)
    case .unschedulable: break
    }
  }

  /// Puts a pod aside that fitted nowhere.
  mutating func setAside(_ entry: QueuedPod, refusedBy plugins: Set<String>, now: Time) {
    var entry = entry
    entry.attempts += 1
    entry.refusingPlugins = plugins
    entry.lastAttempt = now
    entry.backoffEnd = now + backoff.time(attempts: entry.attempts)
    put(entry, .unschedulable)
  }

  /// Tries those again that the event may help; answers whether there are any.
  mutating func wake(where mayHelp: (QueuedPod) -> Bool) -> Bool {
    let woken = waiting.filter { $0.refusingPlugins.isEmpty || mayHelp($0) }
    for entry in woken { put(entry, .backingOff) }
    return !woken.isEmpty
  }

  /// Tries those again that have waited too long; answers when the next will have.
  mutating func wakeOverdue(now: Time) -> Time? {
    for entry in waiting where (entry.lastAttempt ?? now) + Self.unschedulableTimeout <= now {
      put(entry, .backingOff)
    }
    return waiting.compactMap(\.lastAttempt).min().map { $0 + Self.unschedulableTimeout }
  }

  /// The pods that nothing has happened for, in order of arrival.
  private var waiting: [QueuedPod] {
    unschedulable.compactMap { entries[$0]?.entry }.sorted { $0.order < $1.order }
  }

  var hasUnschedulable: Bool { !unschedulable.isEmpty }
}

/// A binary heap of waiting pods. A class, so that it is changed in place.
private final class Heap {
  private var items: [(entry: QueuedPod, version: UInt64)] = []
  private let isBefore: (QueuedPod, QueuedPod) -> Bool

  init(by isBefore: @escaping (QueuedPod, QueuedPod) -> Bool) { self.isBefore = isBefore }

  var first: (entry: QueuedPod, version: UInt64)? { items.first }

  func insert(_ entry: QueuedPod, _ version: UInt64) {
    items.append((entry, version))
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isBefore(items[child].entry, items[parent].entry) else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  func removeFirst() {
    guard let last = items.popLast(), !items.isEmpty else { return }
    items[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if isBefore(items[child].entry, items[best].entry) { best = child }
      }
      guard best != parent else { return }
      items.swapAt(parent, best)
      parent = best
    }
  }
}
