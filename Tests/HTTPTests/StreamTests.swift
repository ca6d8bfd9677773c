import HTTP
import Testing

@Suite("Streams cost no thread and leave nothing behind", .serialized)
struct StreamTests {
  private func answer(_ stream: EventStream) -> Verdict {
    .answer(HTTPResponse(status: 200, headers: [("Content-Type", "text/event-stream")], body: .stream(stream)))
  }

  @Test func eventsArriveAsTheyHappenAndTheEndInOrder() throws {
    let stream = EventStream()
    let closed = Latch()
    stream.onClose = { closed.signalOne() }
    try withServer(answer: { _ in answer(stream) }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.head()["Transfer-Encoding"] == "chunked")
      for number in 1...3 {
        stream.push(Array("event \(number)".utf8))
        #expect(try client.chunk() == Array("event \(number)".utf8))
      }
      stream.push([Array("la".utf8), [], Array("st".utf8)])
      stream.end()
      stream.push(Array("too late".utf8))
      #expect(try client.chunk() == Array("last".utf8))
      #expect(try client.chunk() == nil)
      #expect(closed.wait())
      client.send(get("/"))
      #expect(try client.head().status == 200, "the connection is kept")
    }
  }

  @Test func whatWasPushedBeforeTheAnswerIsSent() throws {
    try withServer(answer: { _ in
      let stream = EventStream()
      stream.push(Array("early".utf8))
      stream.end()
      return answer(stream)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().text == "early")
    }
  }

  @Test func aClientOfHTTP10GetsTheBytesUpToTheEnd() throws {
    try withServer(answer: { _ in
      let stream = EventStream()
      onThread {
        stream.push(Array("one ".utf8))
        stream.push(Array("two".utf8))
        stream.end()
      }
      return answer(stream)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send("GET / HTTP/1.0\r\n\r\n")
      #expect(String(decoding: client.rest(), as: UTF8.self).hasSuffix("\r\n\r\none two"))
    }
  }

  @Test func headOfAStreamOpensNone() throws {
    let closed = Latch()
    try withServer(answer: { _ in
      let stream = EventStream()
      stream.onClose = { closed.signalOne() }
      return answer(stream)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
      #expect(try client.response(toHead: true).status == 200)
      #expect(closed.wait())
      #expect(server.openSuspensions == 0)
    }
  }

  @Test func aClientThatReadsTooSlowlyIsCut() throws {
    let stream = EventStream(limit: 64 << 10)
    let closed = Latch()
    stream.onClose = { closed.signalOne() }
    try withServer(answer: { _ in answer(stream) }) { server in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      client.send(get("/"))
      #expect(try client.head().status == 200)
      let event = [UInt8](repeating: 0x65, count: 16 << 10)
      var pushed = 0
      while !stream.isClosed, pushed < 100_000 {
        stream.push(event)
        pushed += 1
      }
      #expect(stream.isClosed)
      #expect(closed.wait())
    }
  }

  @Test func anEventLargerThanAnyBufferArrivesWhole() throws {
    let event = (0..<900_000).map { UInt8(truncatingIfNeeded: $0) }
    try withServer(answer: { _ in
      let stream = EventStream()
      onThread {
        stream.push(event)
        stream.end()
      }
      return answer(stream)
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/"))
      #expect(try client.response().body == event)
    }
  }

  @Test func aThousandStreamsAreOpenedAndDroppedWithoutALeak() throws {
    let count = 1000
    let streams = Shared<[EventStream]>([])
    let closed = Latch()
    try withServer(answer: { _ in
      let stream = EventStream()
      stream.onClose = { closed.signalOne() }
      streams.change { $0.append(stream) }
      return answer(stream)
    }) { server in
      var clients = try (0..<count).map { _ in
        let client = try RawClient(port: server.port)
        client.send(get("/"))
        return client
      }
      for client in clients { #expect(try client.head().status == 200) }
      #expect(server.openSuspensions == count)
      for stream in streams.value { stream.push(Array("tick".utf8)) }
      for client in clients { #expect(try client.chunk() == Array("tick".utf8)) }
      clients = []
      #expect(closed.wait(for: count))
      #expect(server.openSuspensions == 0)
      #expect(streams.value.filter(\.isClosed).count == count)
      weak let first = streams.value.first
      streams.change { $0 = [] }
      // A thread of the server may still be about to let go of it: requests later it has.
      for _ in 0..<100 where first != nil {
        let next = try RawClient(port: server.port)
        next.send(get("/"))
        #expect(try next.head().status == 200)
      }
      #expect(first == nil, "the server keeps no closed stream")
    }
  }
}
