import Cluster
import HTTP
import Synchronization

/// What the cluster's thread has for a conversation's, which is woken to send it.
final class Outbox<Item: Sendable>: Sendable {
  /// Bytes that may wait for a slow client before its conversation ends.
  static var limit: Int { 8 << 20 }

  private struct State {
    var items: [Item] = []
    var size = 0
    var hasOverflowed = false
  }

  private let state = Mutex(State())
  private let connection: UpgradedConnection

  init(connection: UpgradedConnection) { self.connection = connection }

  /// Puts an item in that stands for so many bytes.
  func put(_ item: Item, size: Int = 0) {
    state.withLock { state in
      guard !state.hasOverflowed else { return }
      guard state.size + size <= Self.limit else {
        state = State(hasOverflowed: true)
        return
      }
      state.items.append(item)
      state.size += size
    }
    connection.wake()
  }

  /// What waits; nil when it was more than the limit.
  func takeAll() -> [Item]? {
    state.withLock { state in
      guard !state.hasOverflowed else { return nil }
      defer { state = State() }
      return state.items
    }
  }
}

/// Bytes that have been given to the cluster and not been taken yet: whoever gives more waits.
final class Inflow: Sendable {
  private static let limit = 1 << 20
  /// Seconds that a cluster may take nothing before the conversation ends.
  private static let patience: Int64 = 30

  private let size = Mutex(0)
  private let bell = Mailbox<Void>()

  /// Bytes are given. False when the cluster has not taken what was given before.
  func give(_ count: Int) -> Bool {
    size.withLock { $0 += count }
    let end = MonotonicClock.now + Self.patience * 1_000_000_000
    while size.withLock({ $0 }) > Self.limit {
      guard MonotonicClock.now < end, bell.takeAll(until: end) != nil else { return false }
    }
    return true
  }

  /// The cluster has taken bytes.
  func taken(_ count: Int) {
    size.withLock { $0 -= count }
    bell.put(())
  }
}
