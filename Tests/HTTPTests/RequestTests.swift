import HTTP
import Testing

@Suite("Requests arrive whole, however they are cut")
struct RequestTests {
  @Test func severalRequestsInOneWriteAreAnsweredInOrder() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send(get("/1") + get("/2") + get("/3"))
      for number in 1...3 { #expect(try client.response().text == "GET /\(number) ") }
    }
  }

  @Test func aRequestMayComeByteByByte() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      let request = "POST /split HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello"
      for byte in request.utf8 { client.send([byte]) }
      #expect(try client.response().text == "POST /split hello")
    }
  }

  @Test func aConnectionIsKeptForFurtherRequests() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      for number in 1...20 {
        client.send(get("/\(number)"))
        let response = try client.response()
        #expect(response.text == "GET /\(number) ")
        #expect(response["Connection"] != "close")
      }
      #expect(server.openConnections == 1)
    }
  }

  @Test func aChunkedBodyIsJoined() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send(
        "PUT /c HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
      #expect(try client.response().text == "PUT /c abcde")
    }
  }

  @Test func aClientThatWaitsForContinueGetsIt() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send("POST /e HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
      #expect(try client.response().status == 100)
      client.send("ok")
      #expect(try client.response().text == "POST /e ok")
    }
  }

  @Test func queryAndHeadersAreReadInOrder() throws {
    let seen = Shared<HTTPRequest?>(nil)
    try withServer(answer: { request in
      seen.change { $0 = request }
      return .answer(HTTPResponse(status: 204))
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/a%20b?x=1&y=%41+c&x=2&bad=%zz&flag", "X-Two: b", "x-two:  c \t", "Accept: */*"))
      #expect(try client.response().status == 204)
    }
    let request = try #require(seen.value)
    #expect(request.path == "/a%20b")
    #expect(request.query.map { "\($0.name)=\($0.value)" } == ["x=1", "y=A c", "x=2", "flag="])
    #expect(request.headers["ACCEPT"] == "*/*")
    #expect(request.headers.all("X-Two") == ["b", "c"])
    #expect(request.peer.address == "127.0.0.1")
    #expect(request.peer.isLoopback)
    #expect(request.peer.certificate == nil)
  }

  @Test func headGetsTheHeadersOfTheAnswerAndNoBody() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send("HEAD /h HTTP/1.1\r\nHost: test\r\n\r\n" + get("/g"))
      let head = try client.response(toHead: true)
      #expect(head["Content-Length"] == "8")
      #expect(try client.response().text == "GET /g ")
    }
  }

  @Test func aFieldWithALineBreakIsNotSent() throws {
    try withServer(answer: { _ in
      .answer(HTTPResponse(status: 200, headers: [("X-Bad", "a\r\nInjected: yes"), ("X-Good", "b")]))
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      let response = try client.response()
      #expect(response["Injected"] == nil)
      #expect(response["X-Good"] == "b")
      #expect(response["Content-Length"] == "0")
    }
  }

  @Test func piecesAreSentOneAfterTheOther() throws {
    let small = (0..<2000).map { number in Array("\(number),".utf8) } + [[]]
    let large = (0..<900).map { number in [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 5000 + number) }
    let pieces = small + large + small
    try withServer(answer: { _ in .answer(HTTPResponse(status: 200, body: .pieces(pieces.map { $0[...] }))) }) {
      server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().body == Array(pieces.joined()))
    }
  }

  @Test func anAnswerOfEightMegabytesArrivesWhole() throws {
    let bytes = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try withServer(answer: { _ in .answer(HTTPResponse(status: 200, body: .bytes(bytes))) }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().body == bytes)
    }
  }
}
