/// Keys that wait to be reconciled, each at most once: the level-triggered half of a controller.
///
/// A key that is added while it waits is not added again. The handler looks at the present state, does what is missing,
/// and may ask to be called again; the earliest wish wins. Failures come back with a growing delay
/// (5 ms doubling to 1,000 s, as client-go's default rate limiter).
package final class WorkQueue<Key: Hashable> {
  /// What a reconciliation wants next.
  package enum Outcome: Equatable {
    case done
    case again(after: Duration)
    /// Something went wrong (a conflict, say): again with back-off.
    case failed
  }

  private let loop: Loop
  private let component: String
  private let precedence: Precedence
  private let handler: (Key) -> Outcome
  private let counter: QueueCounter
  private var waiting: [Key: Appointment] = [:]
  private var failures: [Key: Int] = [:]

  package init(
    loop: Loop, component: String, precedence: Precedence = .controlPlane, handler: @escaping (Key) -> Outcome
  ) {
    self.loop = loop
    self.component = component
    self.precedence = precedence
    self.handler = handler
    counter = loop.counter(of: component)
    counter.watch { [weak self] in self?.depth ?? 0 }
  }

  private var depth: Int { waiting.values.count { $0.deadline <= loop.now } }

  /// Has the key reconciled after the delay, or sooner if it waits for an earlier moment already.
  package func add(_ key: Key, after delay: Duration = .zero) {
    let deadline = loop.now + delay
    if let present = waiting[key] {
      if present.deadline <= deadline { return }
      present.cancel()
    } else {
      counter.noteAddition()
    }
    waiting[key] = loop.schedule(at: deadline, precedence, as: component) { [unowned self] in process(key) }
  }

  private func process(_ key: Key) {
    waiting[key] = nil
    switch handler(key) {
    case .done:
      failures[key] = nil
    case .again(let delay):
      failures[key] = nil
      add(key, after: delay)
    case .failed:
      let count = failures[key, default: 0]
      failures[key] = count + 1
      counter.noteRetry()
      add(key, after: .milliseconds(min(5 << min(count, 20), 1_000_000)))
    }
  }
}
