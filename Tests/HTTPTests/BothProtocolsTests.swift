import Glibc
import Testing

@testable import HTTP

@Suite("One port speaks HTTP and HTTPS")
struct BothProtocolsTests {
  private let authority: CertificateAuthority
  private let tls: TLSOptions

  init() throws {
    authority = try CertificateAuthority(commonName: "test authority")
    let server = try authority.issueServer()
    tls = TLSOptions(
      certificate: server.certificate, key: server.key, clientAuthority: authority.identity.certificate)
  }

  private func withBoth(
    _ change: (inout HTTPServerOptions) -> Void = { _ in }, _ body: (HTTPServer) throws -> Void
  ) throws {
    try withServer(
      {
        $0.tls = tls
        $0.plain = .loopback
        change(&$0)
      },
      answer: { request in
        let scheme = request.peer.isSecure ? "https" : "http"
        return .answer(.text("\(scheme) \(request.path) \(request.peer.certificate?.commonName ?? "nobody")"))
      }, body)
  }

  private func encrypted(
    _ server: HTTPServer, over client: RawClient? = nil, identity: CertificateAuthority.Identity? = nil
  ) throws -> TLSClient {
    try TLSClient(
      over: client ?? RawClient(port: server.port), authority: authority.identity.certificate, identity: identity)
  }

  /// What one request over HTTPS is answered.
  private func ask(
    _ server: HTTPServer, _ target: String = "/", over client: RawClient? = nil,
    identity: CertificateAuthority.Identity? = nil
  ) throws -> String {
    let secure = try encrypted(server, over: client, identity: identity)
    secure.send(get(target, "Connection: close"))
    return secure.rest()
  }

  /// Once this is answered, everybody who connected before has been accepted.
  private func checkThatItServes(_ server: HTTPServer) throws {
    let client = try RawClient(port: server.port)
    client.send(get("/", "Connection: close"))
    #expect(try client.response().text == "http / nobody")
    #expect(client.isClosed())
  }

  @Test func eachClientIsAnsweredInWhatItSpeaks() throws {
    try withBoth { server in
      let plain = try RawClient(port: server.port)
      let secure = try encrypted(server)
      for number in 1...3 {
        plain.send(get("/\(number)"))
        #expect(try plain.response().text == "http /\(number) nobody")
      }
      for target in ["/a", "/b"] {
        secure.send(get(target))
        #expect(secure.text(endingWith: "nobody").hasSuffix("https \(target) nobody"))
      }
    }
  }

  @Test func clientCertificatesAreStillVerified() throws {
    let learner = try authority.issueClient(commonName: "learner", organizations: [])
    let stranger = try CertificateAuthority(commonName: "test authority")
      .issueClient(commonName: "evil", organizations: ["system:masters"])
    try withBoth { server in
      let signed = try ask(server, identity: learner)
      #expect(signed.hasSuffix("https / learner"))
      let unsigned = try ask(server, identity: stranger)
      #expect(unsigned.hasPrefix("HTTP/1.1 401 "))
    }
  }

  @Test func aFirstByteThatComesLateIsWaitedFor() throws {
    try withBoth { server in
      let plain = try RawClient(port: server.port)
      let secure = try RawClient(port: server.port)
      try checkThatItServes(server)
      plain.send("G")
      try checkThatItServes(server)
      plain.send(get("/slow").dropFirst().description)
      #expect(try plain.response().text == "http /slow nobody")
      let late = try ask(server, over: secure)
      #expect(late.hasSuffix("https / nobody"))
    }
  }

  @Test func silenceEndsAtTheDeadlineWithoutAWord() throws {
    try withBoth({ $0.limits.headerSeconds = 0.3 }) { server in
      let client = try RawClient(port: server.port)
      let start = secondsNow()
      #expect(client.isClosed())
      #expect(secondsNow() - start > 0.25)
    }
  }

  @Test func theWaitForTheFirstByteCountsTowardsTheDeadline() throws {
    try withBoth({ $0.limits.headerSeconds = 2 }) { server in
      let client = try RawClient(port: server.port)
      let start = secondsNow()
      client.setTimeout(1.5)
      #expect(throws: RawClientError.timedOut) { try client.fill() }
      client.setTimeout(20)
      client.send("GET / HTTP/1.1\r\n")
      #expect(try client.response().status == 408)
      #expect(secondsNow() - start < 3.4)
    }
  }

  @Test(arguments: [
    [0x16, 0x03, 0x01, 0x00, 0x04, 0xFF, 0xFF, 0xFF, 0xFF], [0x16, 0x0A, 0x0D, 0x0A, 0x0D, 0x0A, 0x0D, 0x0A],
    [0x00], [0x80, 0x2E, 0x01, 0x03, 0x01, 0x0D, 0x0A, 0x0D, 0x0A], Array("SSH-2.0-x\r\n\r\n".utf8),
  ])
  func garbageIsRefusedAndHarmsNobody(_ bytes: [UInt8]) throws {
    try withBoth({ $0.limits.headerSeconds = 2 }) { server in
      let client = try RawClient(port: server.port)
      client.send(bytes)
      client.finishSending()
      #expect(!String(decoding: client.rest(), as: UTF8.self).contains("200 OK"))
      try checkThatItServes(server)
    }
  }

  @Test func clientsThatLeaveWithoutAWordAreForgotten() throws {
    try withBoth({ $0.limits.connections = 10 }) { server in
      for number in 0..<100 {
        let client = try RawClient(port: server.port)
        if number % 2 == 0 {
          client.finishSending()
          #expect(client.isClosed())
        }
      }
      try checkThatItServes(server)
      #expect(server.openConnections <= 1)
    }
  }

  @Test func tooManySilentClientsCostTheOldestItsPlace() throws {
    try withBoth({ $0.limits.silentConnections = 2 }) { server in
      let clients = try (0..<3).map { _ in try RawClient(port: server.port) }
      #expect(clients[0].isClosed())
      for client in clients.dropFirst() {
        client.send(get("/"))
        #expect(try client.response().status == 200)
      }
    }
  }

  @Test func bothProtocolsShareTheLimitOfConnections() throws {
    try withBoth({ $0.limits.connections = 2 }) { server in
      let plain = try RawClient(port: server.port)
      plain.send(get("/"))
      #expect(try plain.response().status == 200)
      var secure: TLSClient? = try encrypted(server)
      secure?.send(get("/"))
      #expect(secure?.text(endingWith: "nobody").hasPrefix("HTTP/1.1 200 ") == true)
      let third = try RawClient(port: server.port, timeout: 0.3)
      third.send(get("/third"))
      #expect(throws: RawClientError.timedOut) { try third.fill() }
      secure = nil
      third.setTimeout(20)
      #expect(try third.response().text == "http /third nobody")
      #expect(server.openConnections == 2)
    }
  }

  @Test func stoppingEndsTheStreamsOfBoth() throws {
    var options = HTTPServerOptions()
    options.tls = tls
    options.plain = .allowed
    let server = try HTTPServer(
      options: options,
      handler: ClosureHandler { request in
        if request.path == "/later" { return .later(PendingAnswer()) }
        let stream = EventStream()
        stream.push(Array("hello".utf8))
        return .answer(HTTPResponse(status: 200, body: .stream(stream)))
      })
    let streaming = try (0..<20).map { _ in try RawClient(port: server.port) }
    let secure = try (0..<5).map { _ in try encrypted(server) }
    let waiting = try encrypted(server)
    let silent = try RawClient(port: server.port)
    for client in streaming { client.send(get("/")) }
    for client in secure { client.send(get("/")) }
    waiting.send(get("/later"))
    for client in streaming {
      #expect(try client.head().status == 200)
      #expect(try client.chunk() == Array("hello".utf8))
    }
    let limit = secondsNow() + 20
    while server.openSuspensions < 26, secondsNow() < limit { sched_yield() }
    #expect(server.openSuspensions == 26)
    let start = secondsNow()
    server.stop()
    #expect(secondsNow() - start < 2)
    for client in streaming { #expect(try client.chunk() == nil) }
    for client in secure { #expect(client.rest().hasSuffix("5\r\nhello\r\n0\r\n\r\n")) }
    #expect(waiting.rest().hasPrefix("HTTP/1.1 503 "))
    #expect(silent.isClosed())
    #expect(server.openConnections == 0)
    #expect(throws: RawClientError.notConnected) { try RawClient(port: server.port) }
  }

  @Test func connectionsThatComeWhileItStopsDoNotCrashIt() throws {
    var options = HTTPServerOptions()
    options.tls = tls
    options.plain = .allowed
    for _ in 0..<5 {
      let server = try HTTPServer(
        options: options,
        handler: ClosureHandler { _ in .answer(HTTPResponse(status: 200, body: .stream(EventStream()))) })
      let clients = try (0..<100).map { _ in try RawClient(port: server.port) }
      for (number, client) in clients.enumerated() {
        client.send(number % 2 == 0 ? Array(get("/").utf8) : [0x16, 0x03, 0x01])
      }
      server.stop()
      #expect(server.openSuspensions == 0)
      #expect(server.openConnections == 0)
    }
  }

  @Test func aPortInUseIsNamed() throws {
    try withBoth { first in
      var options = HTTPServerOptions(port: first.port)
      options.tls = tls
      options.plain = .allowed
      #expect(throws: HTTPServerError.addressInUse(host: "127.0.0.1", port: first.port)) {
        try HTTPServer(options: options, handler: ClosureHandler { _ in .answer(.text("")) })
      }
    }
  }

  @Test func theAccessLogTellsOfBoth() throws {
    let records = Shared<[String]>([])
    let logged = Latch()
    try withBoth({
      $0.accessLog = { record in
        records.change { $0.append("\(record.path) \(record.status) \(record.peer)") }
        logged.signalOne()
      }
    }) { server in
      let plain = try RawClient(port: server.port, source: "127.0.0.2")
      plain.send(get("/plain"))
      #expect(try plain.response().status == 200)
      #expect(logged.wait())
      let secure = try ask(server, "/secure")
      #expect(secure.contains("200 OK"))
      #expect(logged.wait())
    }
    #expect(records.value == ["/plain 200 127.0.0.2", "/secure 200 127.0.0.1"])
  }
}
