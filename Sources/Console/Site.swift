package import API
package import Classroom
package import HTTP
package import Hosting
import Kinds
import Lessons
import Tree

/// The server's addresses: which goes where (docs/architecture.md, "Addresses").
package final class Site: HTTPHandler {
  let host: ClusterHost
  /// The one that is served at the root; it never sleeps.
  let root: HostedCluster
  let files: StaticFiles
  let shelf: LessonShelf
  let tokens: any TokenAuthenticator
  let ticker: Ticker
  let checkRunner: CheckRunner
  let version: String
  /// Of a server with one.
  let classroom: ClassroomService?
  /// PEM of what kubeconfigs are to trust; empty for a server without TLS of its own making.
  let authority: String
  let signedInStreams = SignedInStreams()
  let sessions: Sessions
  /// Commands of terminals that run at the same time.
  let terminals = Allowance(limit: 200)

  /// A site over a host's clusters, of which one is also served at the root.
  package init(
    host: ClusterHost, root: HostedCluster, files: StaticFiles, lessons: LessonShelf, tokens: any TokenAuthenticator,
    ticker: Ticker, checkRunner: CheckRunner, version: String, classroom: ClassroomService? = nil,
    authority: String = ""
  ) {
    self.host = host
    self.root = root
    self.files = files
    shelf = lessons
    self.tokens = tokens
    self.ticker = ticker
    self.checkRunner = checkRunner
    self.version = version
    self.classroom = classroom
    self.authority = authority
    sessions = Sessions { [signedInStreams] in signedInStreams.end($0) }
    guard let classroom else { return }
    classroom.onSignInEnd { [signedInStreams] in signedInStreams.end($0) }
    ticker.add(SignInExpiry(classroom))
  }

  var lessons: LessonLibrary { shelf.lessons }

  package func respond(to request: HTTPRequest) -> Verdict {
    let signIn = signIn(of: request)
    do throws(Status) {
      guard let learner = learner(of: request), let classroom else {
        return tied(try route(request), to: signIn, of: request)
      }
      classroom.attempts.saw(learner)
      return tied(try counted(request, classroom.gauge(of: learner), route), to: signIn, of: request)
    } catch {
      return .answer(HTTPResponse(APIResponse(error)))
    }
  }

  package func refuse(_ refusal: HTTPRefusal) -> HTTPResponse {
    let reason =
      switch refusal.status {
      case 400: "BadRequest"
      case 405: "MethodNotAllowed"
      case 413: "RequestEntityTooLarge"
      case 408, 504: "Timeout"
      case 503: "ServiceUnavailable"
      default: ""
      }
    return HTTPResponse(APIResponse(Status(code: refusal.status, reason: reason, message: refusal.reason)))
  }

  private func route(_ request: HTTPRequest) throws(Status) -> Verdict {
    guard let path = Self.segments(of: request.path) else {
      throw Status(
        code: 400, reason: "BadRequest", message: "the address \(request.path) has a broken percent-encoding")
    }
    switch path.first {
    case "session":
      if let classroom { return try session(request, Array(path.dropFirst()), of: classroom) }
      guard path.count == 1 else { throw Self.noSuchAddress }
      return try session(request)
    case "classroom": return try self.classroom(request, Array(path.dropFirst()))
    case "lessons": return try lessons(request, Array(path.dropFirst()))
    case "clusters" where path.count >= 2:
      try admit(request, to: path[1])
      guard let cluster = path[1] == root.name ? root : try host.cluster(path[1]) else {
        throw Self.noSuchCluster(path[1])
      }
      return bounded(try route(request, Array(path.dropFirst(2)), in: cluster), by: cluster)
    default:
      if !Self.isAPI(path), let response = files.response(to: request) { return .answer(Self.secured(response)) }
      return try api(request, path, in: root)
    }
  }

  private func route(_ request: HTTPRequest, _ path: [String], in cluster: HostedCluster) throws(Status) -> Verdict {
    switch path.first {
    case "stream" where path.count == 1: return try stream(request, in: cluster)
    case "history" where path.count == 1: return try history(request, in: cluster)
    case "terminal": return try terminal(request, Array(path.dropFirst()), in: cluster)
    case "lessons": return try lessonInCluster(request, Array(path.dropFirst()), in: cluster)
    default: return try api(request, path, in: cluster)
    }
  }

  /// The path's parts, each decoded; nil where one cannot be.
  private static func segments(of path: String) -> [String]? {
    var path = path
    var segments: [String] = []
    segments.reserveCapacity(8)  // what the address of an object has, and one more
    let isEncoded = path.withUTF8 { bytes in
      if bytes.contains(UInt8(ascii: "%")) { return true }
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
        if end > start { segments.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
        start = end + 1
      }
      return false
    }
    return isEncoded ? decodedSegments(of: path) : segments
  }

  private static func decodedSegments(of path: String) -> [String]? {
    var segments: [String] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let segment = PercentEncoding.decode(Substring(part)) else { return nil }
      segments.append(segment)
    }
    return segments
  }

  private static let apiRoots: Set<String> = [
    "api", "apis", "openapi", "version", "healthz", "livez", "readyz", "metrics", ".well-known", "openid",
  ]

  private static func isAPI(_ path: [String]) -> Bool {
    guard let root = path.first else { return false }
    return root == "api" || root == "apis" || apiRoots.contains(root)
  }

  /// The page's files come with rules for the browser: nothing from elsewhere, no frame around it, no guessing of types.
  private static func secured(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    response.headers += [
      ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
      ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ]
    return response
  }
}

extension HTTPResponse {
  /// An answer of the API, as it goes out.
  init(_ response: APIResponse) {
    var headers: [(String, String)] = []
    headers.reserveCapacity(response.headers.count + 2)
    headers.append(("Content-Type", response.contentType))
    for header in response.headers { headers.append((header.name, header.value)) }
    headers.append(("Cache-Control", "no-cache, private"))
    self.init(status: response.status, headers: headers, body: .pieces(response.pieces))
  }

  /// A JSON answer of the console's own.
  init(json value: Value, status: Int = 200) { self.init(APIResponse.json(value, status: status)) }
}
