import API
import HTTP
import Kinds
import Tree

/// `/session`: who I am, signing in and out, for the page in a browser.
extension Site {
  func session(_ request: HTTPRequest) throws(Status) -> Verdict {
    switch request.method {
    case "GET", "HEAD":
      guard let caller = sessions.caller(of: request) else { throw Self.notSignedIn }
      return .answer(HTTPResponse(json: description(of: caller)))
    case "POST": return .answer(try signIn(request))
    case "DELETE":
      try checkOrigin(request)
      sessions.close(request)
      var response = HTTPResponse(json: ["signedOut": true])
      response.headers.append(("Set-Cookie", Self.cookie("", request, "; Max-Age=0")))
      return .answer(response)
    default:
      throw Status(
        code: 405, reason: "MethodNotAllowed", message: "\(request.method) is not for /session: use GET, POST or DELETE"
      )
    }
  }

  static let notSignedIn = Status(code: 401, reason: "Unauthorized", message: "nobody is signed in here")

  private func signIn(_ request: HTTPRequest) throws(Status) -> HTTPResponse {
    try checkOrigin(request)
    let body = try Self.json(request)
    if body["token"] != nil { return try signInByToken(request, body) }
    // Whoever sits at this machine learns here. From elsewhere a token is needed.
    guard request.peer.isLoopback else { throw Self.notSignedIn }
    return open(.learner, request)
  }

  /// Signs in whose token it is.
  func signInByToken(_ request: HTTPRequest, _ body: Value) throws(Status) -> HTTPResponse {
    guard let caller = body["token"]?.string.flatMap(tokens.caller) else {
      throw Status(code: 401, reason: "Unauthorized", message: "nobody has that token")
    }
    return open(caller, request)
  }

  private func open(_ caller: Caller, _ request: HTTPRequest) -> HTTPResponse {
    sessions.close(request)
    var response = HTTPResponse(json: description(of: caller))
    response.headers.append(("Set-Cookie", Self.cookie(sessions.open(for: caller), request)))
    return response
  }

  /// The header that gives a browser its cookie.
  static func cookie(_ value: String, _ request: HTTPRequest, _ more: String = "") -> String {
    "\(Sessions.cookieName)=\(value); Path=/; HttpOnly; SameSite=Strict\(more)"
      + (request.peer.isSecure ? "; Secure" : "")
  }

  /// What a page is told about who is signed in.
  func description(of caller: Caller) -> Value {
    [
      "user": .string(caller.name), "groups": .array(caller.groups.map(Value.string)), "cluster": "default",
      "version": .string(version),
    ]
  }

  /// A request's JSON body; an empty one counts as `{}`.
  static func json(_ request: HTTPRequest) throws(Status) -> Value {
    guard !request.body.isEmpty else { return [:] }
    do throws(SyntaxError) {
      return try JSON.parse(request.body)
    } catch {
      throw Status(code: 400, reason: "BadRequest", message: "the body is no JSON: \(error)")
    }
  }
}
