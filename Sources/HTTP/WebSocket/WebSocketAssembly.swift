/// Puts messages together from frames (RFC 6455 section 5.4).
struct WebSocketAssembly {
  private let limit: Int
  private var opcode: WebSocketOpcode?
  private var payload: [UInt8] = []

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes a data frame; gives the message that it completes.
  mutating func add(_ frame: WebSocketFrame) throws(WebSocketFailure) -> WebSocketMessage? {
    if frame.opcode == .continuation {
      guard opcode != nil else { throw Self.broken("a message goes on that has not begun") }
    } else {
      guard opcode == nil else { throw Self.broken("a message begins before the last has ended") }
      opcode = frame.opcode
    }
    guard payload.count + frame.payload.count <= limit else {
      throw WebSocketFailure(
        code: WebSocketFailure.tooBig, reason: "a message is larger than the limit of \(limit) bytes")
    }
    payload += frame.payload
    guard frame.isFinal else { return nil }
    defer { (opcode, payload) = (nil, []) }
    guard opcode == .text else { return WebSocketMessage(payload, isText: false) }
    guard String(validating: payload, as: UTF8.self) != nil else {
      throw WebSocketFailure(code: WebSocketFailure.invalidText, reason: "a text message is not UTF-8")
    }
    return WebSocketMessage(payload, isText: true)
  }

  private static func broken(_ reason: String) -> WebSocketFailure {
    WebSocketFailure(code: WebSocketFailure.protocolError, reason: reason)
  }
}

/// One message of a WebSocket.
package struct WebSocketMessage: Sendable, Equatable {
  package let payload: [UInt8]
  /// Whether it was sent as text.
  package let isText: Bool

  init(_ payload: [UInt8], isText: Bool) {
    self.payload = payload
    self.isText = isText
  }
}
