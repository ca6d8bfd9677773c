import HTTP
import Testing

@Suite("TLS believes only whom the authority signed")
struct TLSTests {
  let authority: CertificateAuthority
  let server: CertificateAuthority.Identity

  init() throws {
    authority = try CertificateAuthority(commonName: "test authority")
    server = try authority.issueServer(extraHosts: ["cluster.test", "192.0.2.1"])
  }

  private func withTLSServer(_ body: (UInt16) throws -> Void) throws {
    let tls = TLSOptions(
      certificate: server.certificate, key: server.key, clientAuthority: authority.identity.certificate)
    try withServer(
      { $0.tls = tls },
      answer: { request in
        let certificate = request.peer.certificate
        let groups = certificate?.organizations.joined(separator: ",") ?? ""
        return .answer(.text("who: \(certificate?.commonName ?? "nobody") \(groups)"))
      }
    ) { try body($0.port) }
  }

  private let request = "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"

  private func ask(_ client: TLSClient) -> String {
    client.send(request)
    return client.rest()
  }

  @Test(arguments: [("NORMAL", "TLS1.3"), ("NORMAL:-VERS-ALL:+VERS-TLS1.2", "TLS1.2")])
  func bothVersionsWork(_ priorities: String, _ version: String) throws {
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, priorities: priorities)
      #expect(client.version == version)
      #expect(ask(client).hasSuffix("who: nobody "))
    }
  }

  @Test func olderVersionsAreRefused() throws {
    try withTLSServer { port in
      #expect(throws: TLSClientError.self) {
        try TLSClient(
          port: port, authority: authority.identity.certificate, priorities: "NORMAL:-VERS-ALL:+VERS-TLS1.1")
      }
    }
  }

  @Test(arguments: ["localhost", "127.0.0.1", "::1", "cluster.test", "192.0.2.1"])
  func theServersCertificateIsForItsHosts(_ host: String) throws {
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, host: host)
      #expect(ask(client).contains("200 OK"))
    }
  }

  @Test func andForNoOtherHost() throws {
    try withTLSServer { port in
      #expect(throws: TLSClientError.self) {
        try TLSClient(port: port, authority: authority.identity.certificate, host: "other.test")
      }
    }
  }

  @Test func aSignedCertificateGivesNameAndGroups() throws {
    let identity = try authority.issueClient(commonName: "learner", organizations: ["system:masters", "classroom"])
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, identity: identity)
      #expect(ask(client).hasSuffix("who: learner system:masters,classroom"))
    }
  }

  @Test func aCertificateNobodySignedIsRefused() throws {
    let stranger = try CertificateAuthority(commonName: "test authority")
    let identity = try stranger.issueClient(commonName: "evil", organizations: ["system:masters"])
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, identity: identity)
      let answer = ask(client)
      #expect(answer.hasPrefix("HTTP/1.1 401 "))
      #expect(answer.contains("{\"code\":401,"))
    }
  }

  @Test func aServersCertificateIsNoClients() throws {
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, identity: server)
      #expect(ask(client).hasPrefix("HTTP/1.1 401 "))
    }
  }

  @Test func aBrokenRequestIsRefusedInTheHandlersWords() throws {
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate)
      client.send("GET / HTTP/1.1\r\nnothing\r\n\r\n")
      let answer = client.rest()
      #expect(answer.hasPrefix("HTTP/1.1 400 "))
      #expect(answer.hasSuffix("malformed, or has no Host field\"}"))
    }
  }

  @Test func largeAnswersInPiecesAndStreamsArriveWhole() throws {
    let pieces = (0..<500).map { number in [UInt8](repeating: UInt8(0x61 + number % 26), count: 5000) }
    let tls = TLSOptions(certificate: server.certificate, key: server.key)
    try withServer(
      { $0.tls = tls },
      answer: { request in
        guard request.path == "/stream" else {
          return .answer(HTTPResponse(status: 200, body: .pieces(pieces.map { $0[...] })))
        }
        let stream = EventStream()
        onThread {
          for piece in pieces { stream.push(piece) }
          stream.end()
        }
        return .answer(HTTPResponse(status: 200, body: .stream(stream)))
      }
    ) { server in
      let whole = String(decoding: pieces.joined(), as: UTF8.self)
      let client = try TLSClient(port: server.port, authority: authority.identity.certificate)
      #expect(ask(client).hasSuffix("\r\n\r\n" + whole))
      let old = try TLSClient(port: server.port, authority: authority.identity.certificate)
      old.send("GET /stream HTTP/1.0\r\n\r\n")
      #expect(old.rest().hasSuffix("\r\n\r\n" + whole))
    }
  }

  @Test func keyAndCertificateHaveToBelongTogether() throws {
    let other = try authority.issueServer()
    var options = HTTPServerOptions()
    options.tls = TLSOptions(certificate: server.certificate, key: other.key)
    #expect(throws: HTTPServerError.self) {
      try HTTPServer(options: options, handler: ClosureHandler { _ in .answer(.text("")) })
    }
  }

  @Test func anAuthorityIsTakenUpAgainFromItsPEM() throws {
    let again = try CertificateAuthority(identity: authority.identity)
    let identity = try again.issueClient(commonName: "admin", organizations: [])
    try withTLSServer { port in
      let client = try TLSClient(port: port, authority: authority.identity.certificate, identity: identity)
      #expect(ask(client).hasSuffix("who: admin "))
    }
    #expect(throws: TLSFailure.self) {
      try CertificateAuthority(identity: .init(certificate: "none", key: authority.identity.key))
    }
  }

  @Test func digestsAndRandomBytes() {
    let digest = SHA256.digest(Array("abc".utf8))
    #expect(digest.prefix(4) == [0xBA, 0x78, 0x16, 0xBF])
    #expect(digest.count == 32)
    #expect(SHA256.digest([]).prefix(4) == [0xE3, 0xB0, 0xC4, 0x42])
    #expect(RandomBytes.make(32).count == 32)
    #expect(RandomBytes.make(32) != RandomBytes.make(32))
    #expect(RandomBytes.make(0) == [])
  }
}
