import HTTP
import Testing

@Suite("The access log")
struct AccessLogTests {
  @Test func recordsWhatHappenedWithoutTheQuery() throws {
    let records = Shared<[AccessRecord]>([])
    let logged = Latch()
    try withServer({
      $0.accessLog = { record in
        records.change { $0.append(record) }
        logged.signalOne()
      }
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/secret?token=abc", "User-Agent: test/1") + "GET /bad HTTP/1.1\r\nnothing\r\n\r\n")
      #expect(try client.response().status == 200)
      #expect(try client.response().status == 400)
      #expect(logged.wait(for: 2))
    }
    let record = try #require(records.value.first)
    #expect(record.method == "GET")
    #expect(record.path == "/secret")
    #expect(record.status == 200)
    #expect(record.bytes == UInt64("GET /secret?token=abc ".utf8.count))
    #expect(record.nanoseconds > 0)
    #expect(record.peer == "127.0.0.1")
    #expect(record.userAgent == "test/1")
    #expect(records.value.last?.status == 400)
  }

  @Test func aBodyThatCameTooSlowlyIsRecordedAs408() throws {
    let records = Shared<[AccessRecord]>([])
    let logged = Latch()
    try withServer({
      $0.limits.bodySeconds = 0.1
      $0.accessLog = { record in
        records.change { $0.append(record) }
        logged.signalOne()
      }
    }) { server in
      let client = try RawClient(port: server.port)
      client.send("PUT /slow HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n")
      #expect(try client.response().status == 408)
      #expect(logged.wait())
    }
    #expect(records.value.map { "\($0.method) \($0.path) \($0.status)" } == ["PUT /slow 408"])
  }
}
