/// Bytes both ways on the one thread that a connection was given: the connection itself, or a tunnel in it.
package protocol ByteChannel: AnyObject {
  /// What may be woken from other threads.
  var connection: UpgradedConnection { get }
  /// Waits for bytes, for at most so many seconds.
  func read(seconds: Double) -> UpgradedConnection.Reading
  /// Writes all bytes, waiting at most so many seconds for a slow reader. False when not all could be written.
  func write(_ bytes: [UInt8], seconds: Double) -> Bool
  /// Says goodbye and closes.
  func end()
}

extension UpgradedConnection: ByteChannel {
  /// Itself.
  package var connection: UpgradedConnection { self }

  /// Closes, having given the other end a moment to close first: a socket closed over unread bytes would take back what
  /// was sent last.
  package func end() {
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(1)
    while ServerTiming.now < deadline {
      switch read(seconds: Double(deadline - min(deadline, ServerTiming.now)) / Double(ServerTiming.second)) {
      case .bytes, .woken: continue
      case .end, .timedOut, .stopping: return close()
      }
    }
    close()
  }
}

/// A stream of bytes in the binary messages of a WebSocket.
package final class WebSocketTunnel: ByteChannel {
  private static let unsupportedData = 1003
  private let socket: WebSocket

  /// A tunnel through a WebSocket that nobody else uses.
  package init(_ socket: WebSocket) {
    self.socket = socket
  }

  package var connection: UpgradedConnection { socket.connection }

  package func read(seconds: Double) -> UpgradedConnection.Reading {
    switch socket.receive(seconds: seconds) {
    case .message(let message) where message.isText:
      socket.close(code: Self.unsupportedData, reason: "a tunnel takes binary messages only")
      return .end
    case .message(let message): return .bytes(message.payload)
    case .closed: return .end
    case .timedOut: return .timedOut
    case .woken: return .woken
    case .stopping: return .stopping
    }
  }

  package func write(_ bytes: [UInt8], seconds: Double) -> Bool { socket.send(bytes) }

  package func end() { socket.close() }
}
