package import Store
import Synchronization

/// The one way into a running cluster for other threads: commands go into its mailbox, are run in its next turn, and
/// are answered when the turn is durable.
package final class Door: Sendable {
  /// What runs on the cluster's thread. It answers what is to be done once the turn is in the journal (sending the
  /// reply); that may be nothing.
  package typealias Command = @Sendable (Cluster) -> (@Sendable () -> Void)?

  private let mailbox = Mailbox<Command>()
  private let ended = Mailbox<Void>()
  private let failure = Mutex<JournalError?>(nil)

  package init() {}

  /// Puts a command into the mailbox; false if the cluster has stopped.
  package func submit(_ command: @escaping Command) -> Bool { mailbox.put(command) }

  /// Why the cluster stopped by itself, if it did.
  package var stopReason: JournalError? { failure.withLock { $0 } }

  /// Starts the thread that runs the cluster. `make` is called there, so that no other thread ever touches it;
  /// `ready` hears whether it could be made.
  package func open(
    make: @escaping @Sendable () throws(JournalError) -> Cluster,
    ready: @escaping @Sendable (Result<Void, JournalError>) -> Void
  ) {
    BackgroundThread.start { [self] in
      do throws(JournalError) {
        let cluster = try make()
        try Self.turn(cluster, [])
        ready(.success(()))
        try run(cluster)
      } catch {
        failure.withLock { $0 = error }
        mailbox.close()
        ready(.failure(error))
      }
      ended.close()
    }
  }

  /// Starts the thread as `open` does and waits until the cluster runs or has failed to.
  package func openAndWait(make: @escaping @Sendable () throws(JournalError) -> Cluster) -> Result<Void, JournalError> {
    let outcome = Mailbox<Result<Void, JournalError>>()
    open(make: make) { outcome.put($0) }
    return outcome.takeAll(until: nil)?.first ?? .success(())
  }

  /// Ends the cluster's thread after the turns that wait, and returns when it has ended.
  package func close() {
    mailbox.close()
    while ended.takeAll(until: nil) != nil {}
  }

  private func run(_ cluster: Cluster) throws(JournalError) {
    while let commands = mailbox.takeAll(until: cluster.nextTurn(real: MonotonicClock.now)) {
      try Self.turn(cluster, commands)
      callWebhooks(of: cluster)
    }
  }

  /// How long the work of one turn goes on, in nanoseconds, before requests are heard again. A piece of work that has
  /// begun ends first.
  private static let turnLength: Int64 = 20_000_000

  private static func turn(_ cluster: Cluster, _ commands: [Command]) throws(JournalError) {
    let start = MonotonicClock.now
    try cluster.turn(commands, real: start) { MonotonicClock.now - start < turnLength }
  }
}
