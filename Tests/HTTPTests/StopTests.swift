import Glibc
import HTTP
import Testing

@Suite("A server stops in order", .serialized)
struct StopTests {
  @Test func openStreamsGetTheirEndAndPendingAnswersA503() throws {
    let server = try HTTPServer(
      options: HTTPServerOptions(),
      handler: ClosureHandler { request in
        guard request.path == "/stream" else { return .later(PendingAnswer()) }
        let stream = EventStream()
        stream.push(Array("hello".utf8))
        return .answer(HTTPResponse(status: 200, body: .stream(stream)))
      })
    let streaming = try (0..<100).map { _ in try RawClient(port: server.port) }
    for client in streaming { client.send(get("/stream")) }
    for client in streaming {
      #expect(try client.head().status == 200)
      #expect(try client.chunk() == Array("hello".utf8))
    }
    let waiting = try RawClient(port: server.port)
    waiting.send(get("/later"))
    let limit = secondsNow() + 20
    while server.openSuspensions < 101, secondsNow() < limit { sched_yield() }
    #expect(server.openSuspensions == 101)
    let start = secondsNow()
    server.stop()
    #expect(secondsNow() - start < 2)
    for client in streaming { #expect(try client.chunk() == nil) }
    #expect(try waiting.response().status == 503)
    #expect(server.openSuspensions == 0)
    #expect(server.openConnections == 0)
    server.stop()
  }

  @Test func aClientThatReadsNothingCannotHoldItUp() throws {
    let stream = EventStream(limit: 64 << 20)
    let server = try HTTPServer(
      options: HTTPServerOptions(),
      handler: ClosureHandler { _ in .answer(HTTPResponse(status: 200, body: .stream(stream))) })
    let client = try RawClient(port: server.port, receiveBuffer: 4096)
    client.send(get("/"))
    #expect(try client.head().status == 200)
    stream.push([UInt8](repeating: 0, count: 32 << 20))
    let start = secondsNow()
    server.stop()
    #expect(secondsNow() - start < 2.5)
    #expect(stream.isClosed)
  }

  @Test func thePortIsFreeAfterwards() throws {
    let handler = ClosureHandler { _ in .answer(.text("")) }
    let first = try HTTPServer(options: HTTPServerOptions(), handler: handler)
    let port = first.port
    let client = try RawClient(port: port)
    client.send(get("/"))
    #expect(try client.response().status == 200)
    first.stop()
    let second = try HTTPServer(options: HTTPServerOptions(port: port), handler: handler)
    #expect(second.port == port)
    second.stop()
  }

  @Test func streamsOpenedWhileItStopsDoNotCrashIt() throws {
    let server = try HTTPServer(
      options: HTTPServerOptions(),
      handler: ClosureHandler { _ in .answer(HTTPResponse(status: 200, body: .stream(EventStream()))) })
    let clients = try (0..<200).map { _ in try RawClient(port: server.port) }
    for client in clients { client.send(get("/")) }
    server.stop()
    #expect(server.openSuspensions == 0)
  }
}
