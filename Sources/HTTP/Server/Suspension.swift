import Synchronization

/// What keeps a connection suspended: a stream between events, an answer not yet known.
protocol Suspension: AnyObject, Sendable {
  /// The client has closed, or half closed, its end. Told again at every sweep.
  func peerHasLeft(at now: UInt64)
  /// The server stops: end in order, or with the refusal.
  func drain(with refusal: HTTPResponse)
  /// End at once.
  func cut()
}

/// Every stream and every pending answer of a server, with its socket.
final class SuspensionRegistry: Sendable {
  private struct State {
    var entries: [ObjectIdentifier: (suspension: any Suspension, descriptor: Int32)] = [:]
    var isDraining = false
  }

  private let state = Mutex(State())

  /// How many are open.
  var count: Int {
    state.withLock { $0.entries.count }
  }

  /// Takes a new one in. False when the server stops: then it has to be drained at once.
  func add(_ suspension: any Suspension, descriptor: Int32) -> Bool {
    state.withLock { state in
      state.entries[ObjectIdentifier(suspension)] = (suspension, descriptor)
      return !state.isDraining
    }
  }

  func remove(_ suspension: any Suspension) {
    state.withLock { _ = $0.entries.removeValue(forKey: ObjectIdentifier(suspension)) }
  }

  func startDraining() {
    state.withLock { $0.isDraining = true }
  }

  func all() -> [(suspension: any Suspension, descriptor: Int32)] {
    state.withLock { Array($0.entries.values) }
  }
}
