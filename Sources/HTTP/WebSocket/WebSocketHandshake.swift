import CGnuTLS

/// The opening of a WebSocket connection, as the server answers it (RFC 6455 section 4.2).
package struct WebSocketHandshake: Sendable {
  /// The subprotocols that the client speaks, what it likes best first.
  package let offered: [String]
  private let key: String

  /// What both sides append to the client's key (RFC 6455 section 1.3).
  private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// Whether the request asks for a change to WebSocket at all.
  package static func isAsked(_ request: HTTPRequest) -> Bool {
    names(request, "Upgrade").contains { ASCII.equalIgnoringCase($0, "websocket") }
  }

  /// The subprotocols that a request offers.
  package static func offered(by request: HTTPRequest) -> [String] { names(request, "Sec-WebSocket-Protocol") }

  /// Reads a request that asks for the change; refused where it does so in a wrong way.
  package init(_ request: HTTPRequest) throws(HTTPRefusal) {
    guard request.method == "GET" else {
      throw HTTPRefusal(status: 405, reason: "a WebSocket is opened with GET, not \(request.method)")
    }
    guard Self.names(request, "Connection").contains(where: { ASCII.equalIgnoringCase($0, "upgrade") }) else {
      throw HTTPRefusal(status: 400, reason: "a WebSocket is opened with the field Connection: Upgrade")
    }
    guard request.headers["Sec-WebSocket-Version"] == "13" else {
      throw HTTPRefusal(status: 400, reason: "the only Sec-WebSocket-Version supported is 13")
    }
    let keys = request.headers.all("Sec-WebSocket-Key")
    // 16 bytes make 24 characters.
    guard keys.count == 1, keys[0].utf8.count == 24, keys[0].hasSuffix("==") else {
      throw HTTPRefusal(status: 400, reason: "Sec-WebSocket-Key has to be 16 bytes in base64, once")
    }
    key = keys[0]
    offered = Self.offered(by: request)
  }

  /// The fields of the answer that agrees, with the subprotocol chosen.
  package func headers(subprotocol: String?) -> [(String, String)] {
    var headers = [("Upgrade", "websocket"), ("Sec-WebSocket-Accept", Self.accept(key))]
    if let subprotocol { headers.append(("Sec-WebSocket-Protocol", subprotocol)) }
    return headers
  }

  /// The change of protocol, talked by `run`.
  package func upgrade(
    subprotocol: String?, limits: WebSocketLimits = WebSocketLimits(), run: @escaping @Sendable (WebSocket) -> Void
  ) -> Upgrade {
    Upgrade(headers: headers(subprotocol: subprotocol)) { connection in run(WebSocket(connection, limits: limits)) }
  }

  static func accept(_ key: String) -> String {
    let text = Array((key + suffix).utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    let result = gnutls_hash_fast(GNUTLS_DIG_SHA1, text, text.count, &digest)
    precondition(result == 0, "GnuTLS has no SHA-1")
    return base64(digest)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for (place, byte) in group.enumerated() { bits |= UInt32(byte) << UInt32(16 - 8 * place) }
      for place in 0..<4 {
        let isFilled = place <= group.count
        text.append(isFilled ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The members of a field that is a list, over all its lines.
  private static func names(_ request: HTTPRequest, _ field: String) -> [String] {
    request.headers.all(field).flatMap { $0.split(separator: ",") }.map { ASCII.trimmed($0) }.filter { !$0.isEmpty }
  }
}

extension HTTPRefusal: Error {}
