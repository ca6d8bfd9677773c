import HTTP
import Testing

@Suite("What is refused is refused in the handler's words")
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let status: Int
    var testDescription: String { name }

    init(_ name: String, _ status: Int, _ request: String) {
      self.name = name
      self.status = status
      self.request = request
    }
  }

  static let long = String(repeating: "a", count: 40_000)

  static let cases = [
    Case("two lengths", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    Case(
      "length beside coding", 400,
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case("gzip coding", 400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"),
    Case("gzip, chunked coding", 400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
    Case("coding in HTTP/1.0", 400, "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case("two hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    Case("no host", 400, "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n"),
    Case("length that is no number", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"),
    Case("negative length", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
    Case("list of lengths", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello"),
    Case("chunk size that is no number", 400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    Case("field without colon", 400, "GET / HTTP/1.1\r\nHost: a\r\nfield\r\n\r\n"),
    Case("space before the colon", 400, "GET / HTTP/1.1\r\nHost: a\r\nfield : b\r\n\r\n"),
    Case("control character in a field", 400, "GET / HTTP/1.1\r\nHost: a\r\nfield: \u{1}\r\n\r\n"),
    Case("no version", 400, "GET /\r\nHost: a\r\n\r\n"),
    Case("target that is no path", 400, "GET pods HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case("unknown method", 405, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case("target too long", 414, "GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case("unknown expectation", 417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"),
    Case("fields too long", 431, "GET / HTTP/1.1\r\nHost: a\r\nfield: \(long)\r\n\r\n"),
    Case("version 3", 505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
    Case("HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  ]

  @Test(arguments: cases)
  func brokenRequestIsAnsweredOnceAndClosed(_ refused: Case) throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send(refused.request)
      let response = try client.response()
      #expect(response.status == refused.status)
      #expect(response["Content-Type"] == "application/json")
      #expect(response.text.hasPrefix("{\"code\":\(refused.status),"))
      #expect(client.isClosed())
    }
  }

  @Test func aRefusalAfterAGoodRequestLeavesTheGoodAnswerWhole() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send(get("/good") + "GET / HTTP/1.1\r\nbroken\r\n\r\n")
      #expect(try client.response().text == "GET /good ")
      #expect(try client.response().status == 400)
      #expect(client.isClosed())
    }
  }

  @Test func bytesThatAreNoHTTPAreClosed() throws {
    try withServer { server in
      let client = try RawClient(port: server.port)
      client.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0x0D, 0x0A, 0x0D, 0x0A])
      #expect(client.isClosed())
    }
  }
}
