/// What a client may send on a WebSocket.
package struct WebSocketLimits: Sendable {
  /// Bytes of one frame.
  package var frame = 1 << 20
  /// Bytes of one message, over all its frames.
  package var message = 4 << 20
  /// Seconds that a write may wait for a slow reader.
  package var writeSeconds = 30.0
  /// Seconds to wait for the other side's goodbye after ours.
  package var closeSeconds = 1.0

  /// The defaults.
  package init() {}
}

/// A frame's kind (RFC 6455 section 5.2).
enum WebSocketOpcode: UInt8 {
  case continuation = 0
  case text = 1
  case binary = 2
  case close = 8
  case ping = 9
  case pong = 10

  var isControl: Bool { rawValue >= 8 }
}

/// One frame, unmasked.
struct WebSocketFrame: Equatable {
  var isFinal = true
  var opcode: WebSocketOpcode
  var payload: [UInt8]

  /// As a server sends it: without a mask.
  var bytes: [UInt8] {
    var bytes = [(isFinal ? 0x80 : 0) | opcode.rawValue]
    switch payload.count {
    case ..<126: bytes.append(UInt8(payload.count))
    case ..<65_536: bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default:
      bytes.append(127)
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(payload.count >> shift & 255)) }
    }
    return bytes + payload
  }
}

/// What a client did wrong, with the code it is told (RFC 6455 section 7.4.1).
struct WebSocketFailure: Error, Equatable {
  static let protocolError = 1002
  static let invalidText = 1007
  static let tooBig = 1009

  let code: Int
  let reason: String
}

/// Cuts a client's bytes into frames.
struct WebSocketFrameReader {
  private let limit: Int
  private var buffer: [UInt8] = []

  init(limit: Int) {
    self.limit = limit
  }

  mutating func append(_ bytes: [UInt8]) {
    buffer += bytes
  }

  /// The next frame; nil while it is not there whole.
  mutating func next() throws(WebSocketFailure) -> WebSocketFrame? {
    guard buffer.count >= 2 else { return nil }
    guard buffer[0] & 0x70 == 0 else { throw Self.broken("a frame uses bits reserved for extensions") }
    guard let opcode = WebSocketOpcode(rawValue: buffer[0] & 0x0F) else { throw Self.broken("unknown opcode") }
    let isFinal = buffer[0] & 0x80 != 0
    guard buffer[1] & 0x80 != 0 else { throw Self.broken("a client's frame has no mask") }
    let short = Int(buffer[1] & 0x7F)
    if opcode.isControl, !isFinal || short > 125 {
      throw Self.broken("a control frame is in pieces or longer than 125 bytes")
    }
    let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
    let start = 2 + lengthBytes + 4
    guard buffer.count >= 2 + lengthBytes else { return nil }
    let count = try length(short, lengthBytes)
    guard buffer.count >= start + count else { return nil }
    var payload = Array(buffer[start..<start + count])
    for index in payload.indices { payload[index] ^= buffer[start - 4 + index & 3] }
    buffer.removeFirst(start + count)
    return WebSocketFrame(isFinal: isFinal, opcode: opcode, payload: payload)
  }

  private func length(_ short: Int, _ lengthBytes: Int) throws(WebSocketFailure) -> Int {
    guard lengthBytes > 0 else { return try checked(UInt64(short)) }
    return try checked(buffer[2..<2 + lengthBytes].reduce(0) { $0 << 8 | UInt64($1) })
  }

  private func checked(_ count: UInt64) throws(WebSocketFailure) -> Int {
    guard count <= UInt64(limit) else {
      throw WebSocketFailure(
        code: WebSocketFailure.tooBig, reason: "a frame is larger than the limit of \(limit) bytes")
    }
    return Int(count)
  }

  private static func broken(_ reason: String) -> WebSocketFailure {
    WebSocketFailure(code: WebSocketFailure.protocolError, reason: reason)
  }
}
