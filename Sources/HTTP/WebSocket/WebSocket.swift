/// A WebSocket's server side (RFC 6455), on the one thread that its connection was given. Pings are answered, and broken
/// rules closed with their code, by itself.
package final class WebSocket {
  /// What came of waiting for the client.
  package enum Event: Sendable, Equatable {
    case message(WebSocketMessage)
    /// The other end is gone, in order or not, or was sent away. Nothing can be sent any more.
    case closed
    case timedOut
    /// The connection's `wake` was called.
    case woken
    /// The server stops.
    case stopping
  }

  /// Codes of a goodbye (RFC 6455 section 7.4.1).
  package enum CloseCode {
    package static let normal = 1000
    package static let goingAway = 1001
  }

  /// What may be woken from other threads.
  package let connection: UpgradedConnection
  private let limits: WebSocketLimits
  private var frames: WebSocketFrameReader
  private var assembly: WebSocketAssembly
  private var isClosing = false

  init(_ connection: UpgradedConnection, limits: WebSocketLimits) {
    self.connection = connection
    self.limits = limits
    frames = WebSocketFrameReader(limit: limits.frame)
    assembly = WebSocketAssembly(limit: limits.message)
  }

  /// Waits for the next message, for about so many seconds.
  package func receive(seconds: Double) -> Event {
    do throws(WebSocketFailure) {
      while true {
        while let frame = try frames.next() {
          if let event = try take(frame) { return event }
        }
        switch connection.read(seconds: seconds) {
        case .bytes(let bytes): frames.append(bytes)
        case .end: return .closed
        case .timedOut: return .timedOut
        case .woken: return .woken
        case .stopping: return .stopping
        }
      }
    } catch {
      close(code: error.code, reason: error.reason)
      return .closed
    }
  }

  private func take(_ frame: WebSocketFrame) throws(WebSocketFailure) -> Event? {
    switch frame.opcode {
    case .ping:
      guard send(.pong, frame.payload) else { return .closed }
      return nil
    case .pong: return nil
    case .close:
      let code = try Self.closeCode(frame.payload)
      if !isClosing { answerClose(code) }
      return .closed
    case .continuation, .text, .binary: return try assembly.add(frame).map(Event.message)
    }
  }

  /// The code of a client's goodbye, which has to be one that may be sent (RFC 6455 section 7.4).
  private static func closeCode(_ payload: [UInt8]) throws(WebSocketFailure) -> Int {
    if payload.isEmpty { return CloseCode.normal }
    let code = payload.count == 1 ? 0 : Int(payload[0]) << 8 | Int(payload[1])
    guard (1000...1003).contains(code) || (1007...1014).contains(code) || (3000...4999).contains(code) else {
      throw WebSocketFailure(code: WebSocketFailure.protocolError, reason: "a close frame's code is none")
    }
    return code
  }

  /// Sends one message. False when the client is gone or does not read.
  package func send(_ payload: [UInt8], isText: Bool = false) -> Bool {
    send(isText ? .text : .binary, payload)
  }

  private func send(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> Bool {
    guard !isClosing else { return false }
    return connection.write(WebSocketFrame(opcode: opcode, payload: payload).bytes, seconds: limits.writeSeconds)
  }

  private func answerClose(_ code: Int) {
    _ = send(.close, [UInt8(code >> 8), UInt8(code & 255)])
    isClosing = true
    connection.close()
  }

  /// Says goodbye, waits a moment for the other side's, and closes the connection. What the client still sends is
  /// dropped: a socket closed over unread bytes would take back what was sent last.
  package func close(code: Int = CloseCode.normal, reason: String = "") {
    guard !isClosing else { return }
    let words = Array(reason.utf8.prefix(123))
    let isSent = send(.close, [UInt8(code >> 8), UInt8(code & 255)] + words)
    isClosing = true
    if isSent { awaitGoodbye() }
    connection.close()
  }

  private func awaitGoodbye() {
    let deadline = ServerTiming.now + ServerTiming.nanoseconds(limits.closeSeconds)
    while ServerTiming.now < deadline {
      let left = Double(deadline - min(deadline, ServerTiming.now)) / Double(ServerTiming.second)
      switch connection.read(seconds: left) {
      case .bytes(let bytes):
        frames.append(bytes)
        while let frame = try? frames.next() {
          if frame.opcode == .close { return }
        }
      case .woken: continue
      case .end, .timedOut, .stopping: return
      }
    }
  }
}
