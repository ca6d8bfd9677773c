import Cluster
import Synchronization

/// Does something every few seconds, on a thread of its own.
final class Housekeeper: Sendable {
  private static let seconds: Int64 = 5

  private let ended = Mailbox<Void>()

  func start(_ work: @escaping @Sendable () -> Void) {
    BackgroundThread.start { [ended] in
      while ended.takeAll(until: MonotonicClock.now + Self.seconds * 1_000_000_000) != nil { work() }
    }
  }

  func stop() { ended.close() }

  deinit { ended.close() }
}
