import Glibc
import HTTP
import Testing

@Suite("Connections change their protocol to WebSocket", .serialized)
struct WebSocketTests {
  static let asking =
    "GET /ws HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n\r\n"

  /// Sends every message back; "end" says goodbye.
  @Sendable private static func echo(_ socket: WebSocket) {
    while true {
      switch socket.receive(seconds: 20) {
      case .message(let message) where message.payload == Array("end".utf8): return socket.close()
      case .message(let message): _ = socket.send(message.payload, isText: message.isText)
      case .stopping: return socket.close(code: WebSocket.CloseCode.goingAway)
      case .woken: _ = socket.send(Array("woken".utf8))
      case .closed, .timedOut: return
      }
    }
  }

  private static func answer(
    _ request: HTTPRequest, _ run: @escaping @Sendable (WebSocket) -> Void = echo
  ) -> Verdict {
    do throws(HTTPRefusal) {
      let handshake = try WebSocketHandshake(request)
      return .upgrade(handshake.upgrade(subprotocol: handshake.offered.first, run: run))
    } catch {
      return .answer(.text(error.reason, status: error.status))
    }
  }

  /// A client's frame, masked.
  private func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
    let mask: [UInt8] = [1, 2, 3, 4]
    var bytes = [(isFinal ? 0x80 : 0) | opcode]
    if payload.count < 126 {
      bytes.append(0x80 | UInt8(payload.count))
    } else {
      bytes += [0xFF, 0, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(payload.count >> $0 & 255) }
    }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
  }

  private func opened(_ server: HTTPServer) throws -> RawClient {
    let client = try RawClient(port: server.port)
    client.send(Self.asking)
    #expect(try client.head().status == 101)
    return client
  }

  @Test func theAnswerAgreesAndNamesTheSubprotocol() throws {
    try withServer(answer: { Self.answer($0) }) { server in
      let client = try RawClient(port: server.port)
      client.send(Self.asking)
      let head = try client.head()
      #expect(head.status == 101)
      #expect(head["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "the sample of RFC 6455 section 1.3")
      #expect(head["Sec-WebSocket-Protocol"] == "v5.channel.k8s.io")
      #expect(head["Connection"]?.lowercased() == "upgrade")
      client.send(frame(2, Array("end".utf8)))
      #expect(try client.take(4) == [0x88, 2, 0x03, 0xE8])
      client.send(frame(8, [0x03, 0xE8]))
      #expect(client.isClosed())
    }
  }

  @Test func messagesGoBothWaysWholeOrInPiecesWithPingsBetween() throws {
    try withServer(answer: { Self.answer($0) }) { server in
      let client = try opened(server)
      client.send(frame(1, Array("hello".utf8)))
      #expect(try client.take(7) == [0x81, 5] + Array("hello".utf8))
      client.send(frame(2, [1, 2], isFinal: false) + frame(9, [7]) + frame(0, [3]))
      #expect(try client.take(3) == [0x8A, 1, 7])
      #expect(try client.take(5) == [0x82, 3, 1, 2, 3])
      let large = [UInt8](repeating: 9, count: 1 << 20)
      client.send(frame(2, large))
      #expect(try client.take(10) == [0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 0])
      #expect(try client.take(1 << 20) == large)
    }
  }

  @Test func bytesThatComeWithTheRequestAreNotLost() throws {
    try withServer(answer: { Self.answer($0) }) { server in
      let client = try RawClient(port: server.port)
      client.send(Array(Self.asking.utf8) + frame(2, [5]))
      #expect(try client.head().status == 101)
      #expect(try client.take(3) == [0x82, 1, 5])
    }
  }

  @Test(
    "a broken rule is closed with its code",
    arguments: [
      ([0x82, 1, 5], 1002), ([0xC2, 0x80, 1, 2, 3, 4], 1002), ([0x83, 0x80, 1, 2, 3, 4], 1002),
      ([0x09, 0x80, 1, 2, 3, 4], 1002), ([0x80, 0x80, 1, 2, 3, 4], 1002),
      ([0x82, 0xFF, 0, 0, 0, 0, 0, 0x20, 0, 0, 1, 2, 3, 4], 1009), ([0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007),
      ([0x88, 0x81, 0, 0, 0, 0, 3], 1002), ([0x88, 0x82, 0, 0, 0, 0, 0, 0], 1002),
    ] as [([UInt8], Int)])
  func aBrokenRule(_ bytes: [UInt8], _ code: Int) throws {
    try withServer(answer: { Self.answer($0) }) { server in
      let client = try opened(server)
      client.send(bytes)
      let head = try client.take(4)
      #expect(head[0] == 0x88)
      #expect(Int(head[2]) << 8 | Int(head[3]) == code)
    }
  }

  @Test func aWrongOpeningIsRefused() throws {
    try withServer(answer: { Self.answer($0) }) { server in
      for (part, other, status) in [
        ("Version: 13", "Version: 8", 400), ("ZQ==", "", 400), ("GET", "POST", 405),
        ("Connection: Upgrade\r\n", "", 400),
      ] {
        let client = try RawClient(port: server.port)
        client.send(Self.asking.replacing(part, with: other))
        #expect(try client.response().status == status, "\(part)")
      }
    }
  }

  @Test func anotherThreadWakesTheConversation() throws {
    let connections = Shared<[UpgradedConnection]>([])
    try withServer(answer: { request in
      Self.answer(request) { socket in
        connections.change { $0.append(socket.connection) }
        Self.echo(socket)
      }
    }) { server in
      let client = try opened(server)
      client.send(frame(2, [1]))
      #expect(try client.take(3) == [0x82, 1, 1])
      connections.value.first?.wake()
      #expect(try client.take(7) == [0x82, 5] + Array("woken".utf8))
    }
  }

  @Test func soManyAtATimeAndAFurtherOneWhenOneHasEnded() throws {
    try withServer({ $0.limits.upgrades = 2 }, answer: { Self.answer($0) }) { server in
      var clients = [try opened(server), try opened(server)]
      let third = try RawClient(port: server.port)
      third.send(Self.asking)
      #expect(try third.response().status == 503)
      clients.removeLast()
      for _ in 0..<100_000 where server.openSuspensions > 1 { sched_yield() }
      var status = 0
      for _ in 0..<100_000 where status != 101 {
        let fourth = try RawClient(port: server.port)
        fourth.send(Self.asking)
        status = try fourth.head().status
        if status != 101 { sched_yield() }
      }
      #expect(status == 101)
    }
  }

  @Test func stoppingSaysGoodbyeAndCutsWhoDoesNotListen() throws {
    let isOver = Latch()
    try withServer(answer: { request in
      request.path == "/ws"
        ? Self.answer(request)
        : Self.answer(request) { socket in
          while socket.receive(seconds: 5) != .closed {}
          isOver.signalOne()
        }
    }) { server in
      let client = try opened(server)
      let deaf = try RawClient(port: server.port)
      deaf.send(Self.asking.replacing("/ws", with: "/deaf"))
      #expect(try deaf.head().status == 101)
      server.stop()
      #expect(try client.take(4) == [0x88, 2, 0x03, 0xE9])
      #expect(isOver.wait())
      #expect(deaf.isClosed())
    }
  }

  @Test func itWorksOverTLS() throws {
    let authority = try CertificateAuthority(commonName: "test authority")
    let identity = try authority.issueServer(extraHosts: [])
    try withServer(
      { $0.tls = TLSOptions(certificate: identity.certificate, key: identity.key) },
      answer: { request in
        Self.answer(request) { socket in _ = socket.send(Array("greeting".utf8)) }
      }
    ) { server in
      let client = try TLSClient(port: server.port, authority: authority.identity.certificate)
      client.send(Self.asking)
      #expect(client.text(endingWith: "greeting").hasPrefix("HTTP/1.1 101"))
    }
  }
}
