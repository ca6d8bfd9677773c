import HTTP
import Testing

@Suite("A body has a limit")
struct BodyLimitTests {
  static let limit = 100_000

  private func withSmallLimit(_ body: (RawClient) throws -> Void) throws {
    try withServer({ $0.limits.body = Self.limit }) { server in
      try body(RawClient(port: server.port))
    }
  }

  private func post(_ size: Int, _ fields: String = "") -> String {
    "POST /b HTTP/1.1\r\nHost: test\r\nContent-Length: \(size)\r\n\(fields)\r\n"
  }

  @Test func aBodyOfExactlyTheLimitIsRead() throws {
    try withSmallLimit { client in
      client.send(post(Self.limit) + String(repeating: "x", count: Self.limit))
      let response = try client.response()
      #expect(response.body.count == Self.limit + "POST /b ".count)
    }
  }

  @Test func aBodyOneByteLargerIs413AndTheLimitIsNamed() throws {
    try withSmallLimit { client in
      client.send(post(Self.limit + 1) + String(repeating: "x", count: Self.limit + 1))
      let response = try client.response()
      #expect(response.status == 413)
      #expect(response.text.contains("100000 bytes"))
    }
  }

  @Test func aClientThatAsksFirstIsRefusedBeforeItSends() throws {
    try withSmallLimit { client in
      client.send(post(Self.limit + 1, "Expect: 100-continue\r\n"))
      let response = try client.response()
      #expect(response.status == 413)
      #expect(client.isClosed())
    }
  }

  @Test func aDeclaredGiantIsRefusedAtOnce() throws {
    try withSmallLimit { client in
      client.send(post(1 << 40))
      let response = try client.response()
      #expect(response.status == 413)
    }
  }

  @Test func chunksOverTheLimitAre413() throws {
    try withSmallLimit { client in
      client.send("POST /b HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "2710\r\n" + String(repeating: "x", count: 10_000) + "\r\n"
      for _ in 0..<15 { client.send(chunk) }
      client.send("0\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 413)
    }
  }

  @Test func chunksWithoutEndAreCutOff() throws {
    try withSmallLimit { client in
      client.send("POST /b HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "2710\r\n" + String(repeating: "x", count: 10_000) + "\r\n"
      var sent = 0
      while sent < 10_000, client.send(chunk) { sent += 1 }
      #expect(sent < 10_000)
    }
  }

  @Test func bodiesTogetherHaveALimitToo() throws {
    try withServer({ $0.limits.bodiesTogether = 1000 }) { server in
      let first = try RawClient(port: server.port)
      first.send(post(600, "Expect: 100-continue\r\n"))
      #expect(try first.response().status == 100)
      let second = try RawClient(port: server.port)
      second.send(post(600))
      #expect(try second.response().status == 503)
      first.send(String(repeating: "x", count: 600))
      #expect(try first.response().status == 200)
      first.send(post(1000) + String(repeating: "x", count: 1000))
      #expect(try first.response().status == 200)
    }
  }

  @Test func threeMebibytesAreTheDefault() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send("POST /b HTTP/1.1\r\nHost: test\r\nContent-Length: \(3 << 20)\r\n\r\n")
      client.send([UInt8](repeating: 0x78, count: 3 << 20))
      #expect(try client.response().body.count == (3 << 20) + "POST /b ".count)
    }
  }
}
