/// A SPDY session over a connection, on the one thread that the connection was given.
package final class SPDYConnection {
  /// What came of waiting for the client.
  package enum Event: Sendable, Equatable {
    case session(SPDYSession.Event)
    /// The other end is gone. Nothing can be sent any more.
    case closed
    /// The other end broke the rules, and was told so: only `send` on open streams and `close` make sense.
    case failed(SPDYFailure)
    case timedOut
    /// The connection's `wake` was called.
    case woken
    /// The server stops.
    case stopping
  }

  private let channel: any ByteChannel
  private let limits: SPDYLimits
  private let session: SPDYSession
  private var waiting: [SPDYSession.Event] = []
  private var failure: SPDYFailure?

  /// A session that begins with the next byte.
  package init(_ channel: any ByteChannel, limits: SPDYLimits = SPDYLimits()) {
    self.channel = channel
    self.limits = limits
    session = SPDYSession(limits: limits)
  }

  /// What may be woken from other threads.
  package var connection: UpgradedConnection { channel.connection }

  /// Streams that are open in some direction.
  package var openStreams: Int { session.openStreams }

  /// Waits for what the client does next, for about so many seconds.
  package func receive(seconds: Double) -> Event {
    while true {
      if !waiting.isEmpty { return .session(waiting.removeFirst()) }
      if let failure { return .failed(failure) }
      switch channel.read(seconds: seconds) {
      case .bytes(let bytes):
        attempt { () throws(SPDYFailure) in waiting += try session.take(bytes) }
        guard flush() else { return .closed }
      case .end: return .closed
      case .timedOut: return .timedOut
      case .woken: return .woken
      case .stopping: return .stopping
      }
    }
  }

  /// Accepts a stream that was opened. False when the client is gone or has broken the rules.
  @discardableResult
  package func accept(_ stream: UInt32) -> Bool {
    attempt { () throws(SPDYFailure) in try session.accept(stream) } && flush()
  }

  /// Sends bytes on a stream. False when the client is gone, or lets too much wait.
  @discardableResult
  package func send(_ bytes: [UInt8], on stream: UInt32) -> Bool {
    attempt { () throws(SPDYFailure) in try session.send(bytes, on: stream) } && flush()
  }

  /// Sends no more on a stream.
  @discardableResult
  package func finish(_ stream: UInt32) -> Bool {
    session.finish(stream)
    return flush()
  }

  /// Ends a stream in both directions at once.
  @discardableResult
  package func reset(_ stream: UInt32) -> Bool {
    session.reset(stream)
    return flush()
  }

  /// Says goodbye and closes.
  package func close() {
    session.goAway(failure)
    if flush() { channel.end() } else { channel.connection.close() }
  }

  @discardableResult
  private func attempt(_ work: () throws(SPDYFailure) -> Void) -> Bool {
    do throws(SPDYFailure) {
      try work()
      return true
    } catch {
      failure = failure ?? error
      return false
    }
  }

  private func flush() -> Bool {
    let bytes = session.takeOutput()
    return bytes.isEmpty || channel.write(bytes, seconds: limits.writeSeconds)
  }
}
