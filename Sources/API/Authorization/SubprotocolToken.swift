extension Credentials {
  private static let subprotocol = "base64url.bearer.authorization.k8s.io."

  /// The token that a browser's WebSocket brings among its subprotocols, as it can send no header of its own
  /// (k8s.io/apiserver, authentication/request/websocket). A wrong one is answered as text that is nobody's token; nil
  /// where there is none.
  package static func bearerToken(inSubprotocols offered: [String]) -> String? {
    let tokens = offered.filter { $0.hasPrefix(subprotocol) }
    guard let first = tokens.first else { return nil }
    // It stands there once, beside the protocol that is to be spoken.
    guard tokens.count == 1, offered.count > 1,
      let bytes = Base64.decode(String(first.dropFirst(subprotocol.count))),
      let token = String(validating: bytes, as: UTF8.self), !token.isEmpty
    else { return "" }
    return token
  }
}
