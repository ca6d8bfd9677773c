package import Store
import Synchronization

/// The one way into a running cluster for other threads: commands wait here, are run in its next turn, and are answered
/// when the turn is durable.
package final class Door: Sendable {
  /// What runs on the cluster's lane. It answers what is to be done once the turn is in the journal (sending the
  /// reply); that may be nothing.
  package typealias Command = @Sendable (Cluster) -> (@Sendable () -> Void)?

  /// Commands in one turn; what is left waits for the next, so that who floods one cluster keeps no other waiting.
  static let commandsPerTurn = 64

  private struct State {
    var commands: [Command] = []
    var isClosed = false
    /// Whether the lane knows that there is something to do.
    var isAnnounced = false
    var failure: JournalError?
  }

  private let lane: Lane
  private let state = Mutex(State())
  private let ended = Mailbox<Void>()

  /// A door to a cluster that is to run on that lane.
  package init(on lane: Lane = Lane()) { self.lane = lane }

  /// Lets a command in; false if the cluster has stopped.
  package func submit(_ command: @escaping Command) -> Bool {
    let (isAccepted, isNews) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.commands.append(command)
      defer { state.isAnnounced = true }
      return (true, !state.isAnnounced)
    }
    if isNews { lane.put(.wake(self)) }
    return isAccepted
  }

  /// Why the cluster stopped by itself, if it did.
  package var stopReason: JournalError? { state.withLock { $0.failure } }

  /// Starts the cluster. `make` is called on the lane, so that no other thread ever touches it; `ready` hears whether
  /// it could be made.
  package func open(
    make: @escaping @Sendable () throws(JournalError) -> Cluster,
    ready: @escaping @Sendable (Result<Void, JournalError>) -> Void
  ) {
    lane.put(.open(self, make: make, ready: ready))
  }

  /// Starts the cluster as `open` does and waits until it runs or has failed to.
  package func openAndWait(make: @escaping @Sendable () throws(JournalError) -> Cluster) -> Result<Void, JournalError> {
    let outcome = Mailbox<Result<Void, JournalError>>()
    open(make: make) { outcome.put($0) }
    return outcome.takeAll(until: nil)?.first ?? .success(())
  }

  /// Ends the cluster after the commands that wait, and returns when it has ended.
  package func close() {
    state.withLock { $0.isClosed = true }
    lane.put(.close(self))
    while ended.takeAll(until: nil) != nil {}
  }

  // MARK: For the lane

  /// The next turn's commands, and whether more wait.
  func takeCommands() -> (commands: [Command], areMore: Bool) {
    state.withLock { state in
      let commands = Array(state.commands.prefix(Self.commandsPerTurn))
      state.commands.removeFirst(commands.count)
      state.isAnnounced = !state.commands.isEmpty
      return (commands, state.isAnnounced)
    }
  }

  /// Lets nobody in any more, because the journal failed.
  func fail(_ error: JournalError) {
    state.withLock { state in
      state.failure = error
      state.isClosed = true
      state.commands.removeAll()
    }
    end()
  }

  func end() { ended.close() }
}
