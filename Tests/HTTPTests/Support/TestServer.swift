import HTTP

/// A handler made of a closure. Refusals are worded as `{"code":413,"message":"…"}`.
struct ClosureHandler: HTTPHandler {
  let answer: @Sendable (HTTPRequest) -> Verdict

  func respond(to request: HTTPRequest) -> Verdict {
    answer(request)
  }

  func refuse(_ refusal: HTTPRefusal) -> HTTPResponse {
    let body = "{\"code\":\(refusal.status),\"message\":\"\(refusal.reason)\"}"
    return .text(body, status: refusal.status, type: "application/json")
  }
}

extension HTTPResponse {
  static func text(_ text: String, status: Int = 200, type: String = "text/plain") -> HTTPResponse {
    HTTPResponse(status: status, headers: [("Content-Type", type)], body: .bytes(Array(text.utf8)))
  }
}

/// Runs a body against a server on a free port, and stops the server afterwards.
func withServer<Result>(
  _ change: (inout HTTPServerOptions) -> Void = { _ in },
  answer: @escaping @Sendable (HTTPRequest) -> Verdict = { request in .answer(.text(describe(request))) },
  _ body: (HTTPServer) throws -> Result
) throws -> Result {
  var options = HTTPServerOptions()
  change(&options)
  let server = try HTTPServer(options: options, handler: ClosureHandler(answer: answer))
  defer { server.stop() }
  return try body(server)
}

/// `GET /path?query body`, for tests that look at what arrived.
func describe(_ request: HTTPRequest) -> String {
  "\(request.method) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
}

func get(_ target: String, _ fields: String...) -> String {
  "GET \(target) HTTP/1.1\r\nHost: test\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
}
