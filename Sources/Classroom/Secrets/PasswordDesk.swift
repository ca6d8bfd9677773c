import Cluster
import Synchronization

/// Where passwords are hashed and compared: on threads of its own, so that nobody else waits, and few at once, because
/// each takes much memory.
final class PasswordDesk: Sendable {
  /// Hashes made at once.
  private static let threads = 2
  /// Those that may wait.
  private static let queueLimit = 32

  private let mailbox = Mailbox<@Sendable () -> Void>()
  private let waiting = Atomic(0)

  init() {
    for _ in 0..<Self.threads {
      BackgroundThread.start { [mailbox] in
        // One at a time, so that the other thread gets its share.
        while let works = mailbox.takeAll(until: nil) {
          for work in works.dropFirst() { mailbox.put(work) }
          works.first?()
        }
      }
    }
  }

  /// Runs work on one of the threads; false if too much waits already.
  func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
    guard waiting.wrappingAdd(1, ordering: .relaxed).oldValue < Self.queueLimit else {
      waiting.wrappingSubtract(1, ordering: .relaxed)
      return false
    }
    return mailbox.put { [self] in
      work()
      waiting.wrappingSubtract(1, ordering: .relaxed)
    }
  }

  func stop() { mailbox.close() }
}
