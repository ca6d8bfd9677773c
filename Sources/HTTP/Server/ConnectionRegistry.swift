import Synchronization

/// Every open socket of a server, for the deadlines.
final class ConnectionRegistry: Sendable {
  private let connections = Mutex<[ObjectIdentifier: ClientConnection]>([:])

  var count: Int {
    connections.withLock { $0.count }
  }

  func add(_ connection: ClientConnection) {
    connections.withLock { $0[ObjectIdentifier(connection)] = connection }
  }

  func remove(_ connection: ClientConnection) {
    connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
  }

  /// Cuts those whose deadline has passed. Under the lock: a socket is taken out before it is closed, so no descriptor
  /// that is another's by now is ever touched.
  func cutOverdue(at now: UInt64) {
    connections.withLock { connections in
      for connection in connections.values { connection.cut(at: now) }
    }
  }
}
