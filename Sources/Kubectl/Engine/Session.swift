import Tree

/// What one command works with: the transport, its output, and what it has learned of the server so far.
final class Session {
  /// Objects that one request of a long list brings.
  static let chunk = 500

  let transport: any Transport
  let files: [String: String]
  /// The standard input: a here-document, or what the command before a `|` wrote.
  let input: String?
  /// The language of what is not kubectl's: `en`, `ko`.
  let language: String
  private let output: (Output) -> Void
  private(set) var namespace: String
  /// Whether `-n` was given.
  private(set) var namespaceWasSet = false
  private var user: String?
  private var groups: [String] = []
  private var knownResources: Discovery?
  private var schemas: [String: Value] = [:]

  init(
    transport: any Transport, files: [String: String], namespace: String, input: String?, language: String = "en",
    output: @escaping (Output) -> Void
  ) {
    self.transport = transport
    self.files = files
    self.namespace = namespace
    self.input = input
    self.language = language
    self.output = output
  }

  /// Takes over the options that say in which namespace and as whom to act.
  func adopt(_ invocation: Invocation) {
    if invocation.wasSet("namespace") {
      namespace = invocation.text("namespace")
      namespaceWasSet = true
    }
    if invocation.wasSet("as") { user = invocation.text("as") }
    groups = invocation.list("as-group")
  }

  /// Sends requests under one's own name, whatever `--as` says: for a command that asks about another.
  func actAsOneself() {
    user = nil
    groups = []
  }

  func out(_ text: String) { output(.out(text)) }
  func line(_ text: String) { output(.out(text + "\n")) }
  func show(_ said: Output) { output(said) }
  func warn(_ text: String) { output(.error(text + "\n")) }

  var isCancelled: Bool { transport.isCancelled }
}

// MARK: Requests

extension Session {
  static let json = "application/json"

  /// A request that the person at the terminal sees.
  func request(
    _ method: String, _ path: String, query: [(String, String)] = [], body: Value? = nil,
    contentType: String = Session.json, accept: String = Session.json
  ) throws(Failure) -> Value {
    let reply = try reply(method, path, query: query, body: body?.json, contentType: contentType, accept: accept)
    if reply.body.isEmpty { return .null }
    do {
      return try JSON.parse(reply.body)
    } catch {
      throw .error("the server's answer to \(method) \(path) is no JSON: \(error)")
    }
  }

  func reply(
    _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil,
    contentType: String = Session.json, accept: String = Session.json
  ) throws(Failure) -> Reply {
    let call = call(method, path, query: query, body: body, contentType: contentType, accept: accept)
    output(.request("\(call.method) \(call.path)"))
    let reply = transport.send(call)
    for warning in reply.warnings { warn("Warning: \(warning)") }
    guard (200..<300).contains(reply.status) else { throw .server(reply) }
    return reply
  }

  func call(
    _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8]? = nil,
    contentType: String = Session.json, accept: String = Session.json
  ) -> Call {
    Call(
      method: method, path: path + Session.encode(query), contentType: body == nil ? nil : contentType,
      accept: accept, body: body ?? [], impersonatedUser: user, impersonatedGroups: groups)
  }

  /// Watches until `each` says false, the stream ends or the person cancels.
  func watch(
    _ path: String, query: [(String, String)], accept: String = Session.json, each: (Value) -> Bool
  ) throws(Failure) {
    let call = call("GET", path, query: query + [("watch", "true")], accept: accept)
    output(.request("GET \(call.path)"))
    let refusal = transport.watch(call) { event in each(event) && !transport.isCancelled }
    if let refusal { throw .server(refusal) }
  }

  /// Streams a text answer.
  func stream(_ path: String, query: [(String, String)], each: ([UInt8]) -> Bool) throws(Failure) {
    let call = call("GET", path, query: query, accept: "*/*")
    output(.request("GET \(call.path)"))
    let refusal = transport.stream(call) { bytes in each(bytes) && !transport.isCancelled }
    if let refusal { throw .server(refusal) }
  }

  /// A request that kubectl keeps the answer of, and that is not shown: discovery and schemas.
  private func cached(_ path: String, accept: String = Session.json) -> Value? {
    let reply = transport.send(call("GET", path, accept: accept))
    return (200..<300).contains(reply.status) ? try? JSON.parse(reply.body) : nil
  }

  /// The query in the order of its names, as Go encodes it; nothing if there is none.
  private static func encode(_ query: [(String, String)]) -> String {
    if query.isEmpty { return "" }
    return "?" + query.sorted { $0.0 < $1.0 }.map { escape($0.0) + "=" + escape($0.1) }.joined(separator: "&")
  }

  static func escape(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        result.append(Character(Unicode.Scalar(byte)))
      case UInt8(ascii: " "): result += "+"
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}

// MARK: What the server has

extension Session {
  func discovery() throws(Failure) -> Discovery {
    if let knownResources { return knownResources }
    let answers = Discovery.roots.map { transport.send(call("GET", $0, accept: Discovery.aggregated)) }
    let bodies = answers.map(\.body)
    let areGood = answers.allSatisfy { (200..<300).contains($0.status) }
    if areGood, let known = DiscoveryMemory.discovery(of: bodies) {
      knownResources = known
      return known
    }
    let found = try Discovery { path, accept in
      guard let root = Discovery.roots.firstIndex(of: path) else { return cached(path, accept: accept) }
      return (200..<300).contains(answers[root].status) ? try? JSON.parse(bodies[root]) : nil
    }
    if areGood, answers.allSatisfy({ $0.contentType.contains("APIGroupDiscoveryList") }) {
      DiscoveryMemory.remember(found, of: bodies)
    }
    knownResources = found
    return found
  }

  /// The OpenAPI v3 document of a group and version, if the server serves it.
  func schema(of resource: Resource) -> Value? {
    let path = "/openapi/v3" + resource.versionPath
    if let known = schemas[path] { return known }
    guard let document = cached(path) else { return nil }
    schemas[path] = document
    return document
  }
}
