import Synchronization

/// A value that another thread makes: asking for it waits until it is there.
package final class Deferred<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let arrival = Mailbox<Void>()

  package init() {}

  /// Gives the value, once.
  package func fulfil(_ value: Value) {
    made.withLock { $0 = value }
    arrival.close()
  }

  package var value: Value {
    while true {
      if let value = made.withLock({ $0 }) { return value }
      _ = arrival.takeAll(until: nil)
    }
  }
}
