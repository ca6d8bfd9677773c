/// Whether a server with certificates also answers plain HTTP, on the same port.
package enum PlainHTTP: Sendable {
  /// HTTPS only.
  case refused
  /// Plain HTTP to programs on the server's own machine; others are told to use HTTPS, with 426.
  case loopback
  /// Plain HTTP to everybody.
  case allowed

  /// Why a request is not answered, or nil.
  func refusal(peer: PeerAddress, isSecure: Bool) -> HTTPRefusal? {
    guard !isSecure, self == .loopback, !peer.isLoopback else { return nil }
    return HTTPRefusal(
      status: Self.upgradeRequired,
      reason: "this server speaks plain HTTP only to programs on its own machine: use https")
  }

  /// A refusal's answer with the fields its status demands (RFC 9110 section 15.5.22).
  static func completed(_ response: HTTPResponse) -> HTTPResponse {
    guard response.status == upgradeRequired else { return response }
    var response = response
    response.headers += [("Upgrade", "TLS/1.2, HTTP/1.1"), ("Connection", "Upgrade")]
    return response
  }

  private static let upgradeRequired = 426
}
