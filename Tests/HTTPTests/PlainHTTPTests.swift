import Testing

@testable import HTTP

@Suite("Plain HTTP beside HTTPS is for whom the options say")
struct PlainHTTPTests {
  private static let near = PeerAddress(text: "127.0.0.1", isLoopback: true)
  private static let far = PeerAddress(text: "192.0.2.7", isLoopback: false)
  private static let reason = "this server speaks plain HTTP only to programs on its own machine: use https"

  private func tlsOptions() throws -> TLSOptions {
    let server = try CertificateAuthority(commonName: "test authority").issueServer()
    return TLSOptions(certificate: server.certificate, key: server.key)
  }

  @Test func onlyPlainRequestsFromAfarAreRefused() {
    #expect(
      PlainHTTP.loopback.refusal(peer: Self.far, isSecure: false) == HTTPRefusal(status: 426, reason: Self.reason))
    #expect(PlainHTTP.loopback.refusal(peer: Self.far, isSecure: true) == nil)
    #expect(PlainHTTP.loopback.refusal(peer: Self.near, isSecure: false) == nil)
    #expect(PlainHTTP.allowed.refusal(peer: Self.far, isSecure: false) == nil)
  }

  @Test func onlyTheRefusalToUpgradeGetsItsFields() {
    let refused = PlainHTTP.completed(HTTPResponse(status: 426, headers: [("A", "b")]))
    #expect(refused.headers.map { "\($0): \($1)" } == ["A: b", "Upgrade: TLS/1.2, HTTP/1.1", "Connection: Upgrade"])
    #expect(PlainHTTP.completed(HTTPResponse(status: 413)).headers.isEmpty)
  }

  @Test(.enabled(if: ownAddress != nil, "the machine has no other address than loopback"))
  func aClientFromAfarIsToldToUseHTTPS() throws {
    let tls = try tlsOptions()
    try withServer({
      $0.tls = tls
      $0.plain = .loopback
    }) { server in
      for request in [get("/"), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"] {
        let client = try RawClient(port: server.port, source: ownAddress)
        client.send(request)
        let response = try client.response()
        #expect(response.status == 426)
        #expect(response["Upgrade"] == "TLS/1.2, HTTP/1.1")
        #expect(response["Connection"]?.lowercased().contains("upgrade") == true)
        #expect(response.text == "{\"code\":426,\"message\":\"\(Self.reason)\"}")
      }
    }
  }

  @Test(.enabled(if: ownAddress != nil, "the machine has no other address than loopback"))
  func unlessEverybodyMay() throws {
    let tls = try tlsOptions()
    try withServer({
      $0.tls = tls
      $0.plain = .allowed
    }) { server in
      let client = try RawClient(port: server.port, source: ownAddress)
      client.send(get("/"))
      #expect(try client.response().status == 200)
    }
  }

  @Test(arguments: ["127.0.0.1", "127.0.0.2"])
  func everyLoopbackAddressIsNear(_ source: String) throws {
    let tls = try tlsOptions()
    try withServer({
      $0.tls = tls
      $0.plain = .loopback
    }) { server in
      let client = try RawClient(port: server.port, source: source)
      client.send(get("/"))
      #expect(try client.response().status == 200)
    }
  }

  @Test func nobodyIsAnsweredInPlainHTTPUnlessAsked() throws {
    let tls = try tlsOptions()
    try withServer({ $0.tls = tls }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(!String(decoding: client.rest(), as: UTF8.self).contains("HTTP/1.1"))
    }
  }

  @Test func withoutCertificatesEverybodyMay() throws {
    try withServer({ $0.plain = .loopback }) { server in
      let client = try RawClient(port: server.port, source: ownAddress)
      client.send(get("/"))
      #expect(try client.response().status == 200)
    }
  }
}
