import HTTP
import Testing

@Suite("An answer may come later")
struct PendingAnswerTests {
  @Test func fromAnotherThread() throws {
    try withServer(answer: { request in
      let pending = PendingAnswer()
      onThread { pending.complete(.text(request.target)) }
      return .later(pending)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send((0..<50).map { get("/\($0)") }.joined())
      for number in 0..<50 { #expect(try client.response().text == "/\(number)") }
    }
  }

  @Test func beforeTheConnectionIsSuspended() throws {
    try withServer(answer: { _ in
      let pending = PendingAnswer()
      pending.complete(.text("first"))
      pending.complete(.text("second"))
      return .later(pending)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/") + get("/"))
      #expect(try client.response().text == "first")
      #expect(try client.response().text == "first")
      #expect(server.openSuspensions == 0)
    }
  }

  @Test func othersAreServedMeanwhile() throws {
    let pending = PendingAnswer()
    try withServer(answer: { $0.path == "/wait" ? .later(pending) : .answer(.text("now")) }) { server in
      let waiting = try RawClient(port: server.port)
      waiting.send(get("/wait"))
      let other = try RawClient(port: server.port)
      other.send(get("/"))
      #expect(try other.response().text == "now")
      pending.complete(.text("later"))
      #expect(try waiting.response().text == "later")
    }
  }

  @Test func aClientThatGoesCancels() throws {
    let pending = PendingAnswer()
    let asked = Latch()
    let cancelled = Latch()
    try withServer(answer: { _ in
      pending.onCancel { cancelled.signalOne() }
      asked.signalOne()
      return .later(pending)
    }) { server in
      var client: RawClient? = try RawClient(port: server.port)
      client?.send(get("/"))
      #expect(asked.wait())
      client = nil
      #expect(cancelled.wait())
      let stream = EventStream()
      let closed = Latch()
      stream.onClose = { closed.signalOne() }
      pending.complete(HTTPResponse(status: 200, body: .stream(stream)))
      #expect(closed.wait(), "a stream that nobody will read is closed")
    }
  }

  @Test func aConnectionWhoseClientWentIsLetGoThoughNobodyAnswers() throws {
    let asked = Latch()
    let finished = Latch()
    try withServer(
      { $0.accessLog = { _ in finished.signalOne() } },
      answer: { _ in
        asked.signalOne()
        return .later(PendingAnswer())
      }
    ) { server in
      var client: RawClient? = try RawClient(port: server.port)
      client?.send(get("/"))
      #expect(asked.wait())
      client = nil
      #expect(finished.wait())
      #expect(server.openSuspensions == 0)
    }
  }

  @Test func aClientThatOnlyClosedItsSendingHalfIsAnswered() throws {
    let asked = Latch()
    let pending = PendingAnswer()
    try withServer(answer: { _ in
      asked.signalOne()
      return .later(pending)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      client.finishSending()
      #expect(asked.wait())
      pending.complete(.text("still here"))
      #expect(try client.response().text == "still here")
    }
  }
}
