import Kinds
import Loop
import Network

/// What an image's own program answers on its ports.
extension ServiceProgram {
  /// Whether it listens on the port by now.
  func listens(on port: Int, _ transport: Transport, at now: Time) -> Bool {
    guard let found = behaviour.ports.first(where: { $0.port == port }) else { return false }
    return found.transport == transport && now - start >= found.after
  }

  /// Nil where nothing listens on the port.
  func answer(
    _ exchange: Exchange, port: Int, listener: PodNetwork.Listener, address: String, client: Peer, at now: Time
  ) -> Answer? {
    guard let found = behaviour.ports.first(where: { $0.port == port }), now - start >= found.after else { return nil }
    switch exchange {
    case .connect, .secure: return Answer()
    case .line(let line): return Answer(body: LineServer.answer(line, found.language))
    case .http(let request):
      guard found.language == .http else { return Answer() }
      var answer = page(request, found, listener.files, age: now - start)
      answer.delay = found.delay + behaviour.requestTime
      answer.server = behaviour.server
      guard answer.body.utf8.contains(UInt8(ascii: "{")) else { return answer }
      answer.body = Filling(
        program: self, request: request, listener: listener, address: address, client: client, now: now
      )
      .fill(answer.body)
      return answer
    }
  }

  /// Whom the server asks before it answers the request.
  func origin(of request: HTTPRequest, port: Int, at now: Time) -> ImageBehaviour.Origin? {
    let path = Self.path(of: request)
    let found = behaviour.ports.first { $0.port == port }?.responses.first { $0.matches(path, age: now - start) }
    guard var origin = found?.origin else { return nil }
    for (name, text) in environment where origin.host.contains("{env.\(name)}") {
      origin.host = origin.host.replacing("{env.\(name)}", with: text)
    }
    if let colon = origin.host.lastIndex(of: ":"), let port = Int(origin.host[origin.host.index(after: colon)...]) {
      origin.port = port
      origin.host = String(origin.host[..<colon])
    }
    return origin
  }

  static func path(of request: HTTPRequest) -> String { String(request.path.prefix { $0 != "?" && $0 != "#" }) }

  private func page(_ request: HTTPRequest, _ port: ImageBehaviour.Port, _ files: FileSystem, age: Duration) -> Answer {
    let path = Self.path(of: request)
    if let response = port.responses.first(where: { $0.matches(path, age: age) }) {
      return Answer(status: response.status, body: response.body, contentType: response.contentType)
    }
    if let root = port.root { return file(path, below: root, files, port) }
    if path == "/" || path.isEmpty { return Answer(status: 200) }
    return Answer(status: 404, body: port.notFound, contentType: "text/html")
  }

  private func file(_ path: String, below root: String, _ files: FileSystem, _ port: ImageBehaviour.Port) -> Answer {
    let whole = root + (path.hasPrefix("/") ? path : "/" + path)
    if !path.hasSuffix("/"), let text = files[whole] {
      return Answer(status: 200, body: text, contentType: Self.contentType(whole))
    }
    let index = (whole.hasSuffix("/") ? whole : whole + "/") + "index.html"
    if let text = files[index] { return Answer(status: 200, body: text, contentType: "text/html") }
    if files.isDirectory(whole) { return Answer(status: 403, body: port.forbidden, contentType: "text/html") }
    return Answer(status: 404, body: port.notFound, contentType: "text/html")
  }

  private static func contentType(_ path: String) -> String {
    let ending = path.split(separator: "/").last?.split(separator: ".").last ?? ""
    let types = [
      "html": "text/html", "htm": "text/html", "css": "text/css", "js": "application/javascript",
      "json": "application/json", "txt": "text/plain", "xml": "text/xml", "svg": "image/svg+xml",
    ]
    return types[String(ending)] ?? "application/octet-stream"
  }
}
