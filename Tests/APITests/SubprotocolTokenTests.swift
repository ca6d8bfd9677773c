import API
import Testing

/// A browser's WebSocket brings its token among the subprotocols.
@Suite("A bearer token as a WebSocket's subprotocol")
struct SubprotocolTokenTests {
  private let prefix = "base64url.bearer.authorization.k8s.io."

  @Test("The token stands once, in base64url, beside the protocol that is to be spoken")
  func token() {
    let token = prefix + Base64.encode(Array("secret".utf8))
    #expect(Credentials.bearerToken(inSubprotocols: [token, "v4.channel.k8s.io"]) == "secret")
    #expect(Credentials.bearerToken(inSubprotocols: ["v4.channel.k8s.io"]) == nil)
  }

  @Test("One alone, two, or none in base64url is nobody's")
  func wrong() {
    let token = prefix + Base64.encode(Array("secret".utf8))
    for offered in [[token], [token, token, "v4.channel.k8s.io"], [prefix + "%%", "v4.channel.k8s.io"]] {
      #expect(Credentials.bearerToken(inSubprotocols: offered) == "")
    }
  }
}
