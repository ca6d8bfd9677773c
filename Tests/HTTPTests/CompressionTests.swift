import HTTP
import Testing

@Suite("Large answers are compressed for those who ask")
struct CompressionTests {
  static let large = Array(String(repeating: "kubernetes ", count: 20_000).utf8)

  private func request(_ fields: String..., body: HTTPResponse.Body) throws -> RawResponse {
    try withServer(answer: { _ in .answer(HTTPResponse(status: 200, body: body)) }) { server in
      let client = try RawClient(port: server.port)
      client.send("GET / HTTP/1.1\r\nHost: test\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
      return try client.response()
    }
  }

  @Test func bytesAndPiecesAboveTheThresholdAreGzip() throws {
    let half = Array(Self.large[..<100_000])
    let rest = Array(Self.large[100_000...])
    for body in [HTTPResponse.Body.bytes(Self.large), .pieces([half[...], [], rest[...]])] {
      let response = try request("Accept-Encoding: gzip", body: body)
      #expect(response["Content-Encoding"] == "gzip")
      #expect(response["Vary"] == "Accept-Encoding")
      #expect(response["Content-Length"] == String(response.body.count))
      #expect(response.body.count < Self.large.count / 10)
      #expect(gunzip(response.body) == Self.large)
    }
  }

  @Test func nobodyGetsGzipWhoDidNotAsk() throws {
    let response = try request("Accept-Encoding: gzip;q=0", body: .bytes(Self.large))
    #expect(response["Content-Encoding"] == nil)
    #expect(response["Vary"] == "Accept-Encoding")
    #expect(response.body == Self.large)
  }

  @Test func smallAnswersStayAsTheyAre() throws {
    let small = Array(Self.large[..<(128 << 10 - 1)])
    let response = try request("Accept-Encoding: gzip", body: .bytes(small))
    #expect(response["Content-Encoding"] == nil)
    #expect(response.body == small)
  }

  @Test func anAnswerThatIsEncodedAlreadyIsNotTouched() throws {
    try withServer(answer: { _ in
      .answer(HTTPResponse(status: 200, headers: [("Content-Encoding", "br")], body: .bytes(Self.large)))
    }) { server in
      let client = try RawClient(port: server.port)
      client.send(get("/", "Accept-Encoding: gzip, br"))
      let response = try client.response()
      #expect(response["Content-Encoding"] == "br")
      #expect(response.body == Self.large)
    }
  }
}
