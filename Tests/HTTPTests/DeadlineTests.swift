import HTTP
import Testing

@Suite("A slow client has a deadline")
struct DeadlineTests {
  /// Sends one byte whenever the server was silent for a while, until it answers or closes.
  private func drip(_ client: RawClient, _ byte: String) throws -> RawResponse {
    client.setTimeout(0.05)
    for _ in 0..<200 {
      client.send(byte)
      do {
        try client.fill()
        client.setTimeout(20)
        return try client.response()
      } catch RawClientError.timedOut {
        continue
      }
    }
    throw RawClientError.timedOut
  }

  @Test func headerFieldsByteByByteAre408() throws {
    try withServer({ $0.limits.headerSeconds = 0.3 }) { server in
      let client = try RawClient(port: server.port)
      client.send("GET / HTTP/1.1\r\nHost: test\r\nX: ")
      let response = try drip(client, "a")
      #expect(response.status == 408)
      #expect(response.text.hasPrefix("{\"code\":408"))
      #expect(client.isClosed())
    }
  }

  @Test func aSilentConnectionIs408() throws {
    try withServer({ $0.limits.headerSeconds = 0.3 }) { server in
      let client = try RawClient(port: server.port)
      #expect(try client.response().status == 408)
      #expect(client.isClosed())
    }
  }

  @Test func aBodyByteByByteIs408() throws {
    try withServer({ $0.limits.bodySeconds = 0.3 }) { server in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n")
      #expect(try drip(client, "a").status == 408)
    }
  }

  @Test func anIdleConnectionIsClosedWithoutAWord() throws {
    try withServer({ $0.limits.idleSeconds = 1 }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().status == 200)
      #expect(client.isClosed())
    }
  }

  @Test func theSecondRequestOfAConnectionHasADeadlineToo() throws {
    try withServer({
      $0.limits.headerSeconds = 0.3
      $0.limits.idleSeconds = 60
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().status == 200)
      client.send("GET / HTTP/1.1\r\n")
      #expect(try drip(client, "a").status == 408)
    }
  }

  @Test func anAnswerThatTakesLongerThanTheDeadlinesIsStillGiven() throws {
    let pending = PendingAnswer()
    let cut = Latch()
    try withServer(
      {
        $0.limits.headerSeconds = 0.3
        $0.limits.bodySeconds = 0.3
      }, answer: { request in request.path == "/slow" ? .later(pending) : .answer(.text("")) }
    ) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/slow"))
      onThread {
        // A silent neighbour's 408 tells that the deadline has passed.
        if let neighbour = try? RawClient(port: server.port), (try? neighbour.response())?.status == 408 {
          cut.signalOne()
        }
      }
      #expect(cut.wait())
      pending.complete(.text("at last"))
      #expect(try client.response().text == "at last")
    }
  }
}
