import API
import Classroom
import Cluster
import Hosting
import HTTP
import Kinds
import Kubectl
import Nodes
import Store
import Terminal
import Tree

/// `/clusters/NAME/terminal`: kubectl's commands for the page, under the caller's rights. Nothing that is typed reaches
/// the host: the commands are our own code, and files are those that come with the request.
extension Site {
  func terminal(_ request: HTTPRequest, _ path: [String], in cluster: HostedCluster) throws(Status) -> Verdict {
    guard request.method == "POST", path.isEmpty || path == ["complete"] else {
      throw Status(code: 404, reason: "NotFound", message: "the server could not find the requested resource")
    }
    let caller = try caller(of: request, in: cluster)
    guard caller.groups.contains("system:authenticated") else {
      throw Status(code: 401, reason: "Unauthorized", message: "sign in to use the terminal")
    }
    let body = try Self.json(request)
    let gauge = gauge(of: request)
    if let gauge, !gauge.take(.commands) { throw Self.tooMany(.commands, gauge) }
    guard terminals.take() else {
      gauge?.giveBack(.commands)
      throw Status(
        code: 429, reason: "TooManyRequests", message: "too many commands are running: try again in a moment",
        details: Status.Details(retryAfterSeconds: 1))
    }
    let files = Dictionary(
      (body["files"]?.object ?? Members()).map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
    let cancellation = Cancellation()
    let transport = DoorTransport(
      door: cluster.door, feed: cluster.feed, api: cluster.api, signal: cluster.signal, caller: caller,
      cancellation: cancellation, serverAddress: Self.serverAddress(of: cluster, request))
    let kubectl = Kubectl(transport: transport, files: files, language: body["language"]?.string ?? "en")
    let line = body["line"]?.string ?? ""
    // What is given back at a command's end is the cluster, too: it stays awake until then.
    let giveBack: @Sendable () -> Void = { [terminals, cluster] in
      withExtendedLifetime(cluster) { terminals.giveBack() }
      gauge?.giveBack(.commands)
    }
    if path.isEmpty { return run(line, kubectl, cancellation, giveBack) }
    return complete(line, cursor: body["cursor"]?.integer.map(Int.init), kubectl, giveBack)
  }

  /// Where the one who asks reaches the cluster.
  private static func serverAddress(of cluster: HostedCluster, _ request: HTTPRequest) -> String {
    let host = request.headers["Host"] ?? "127.0.0.1"
    let scheme = request.peer.isSecure ? "https" : "http"
    return "\(scheme)://\(host)" + (cluster.name == "default" ? "" : "/clusters/\(cluster.name)")
  }

  private func run(
    _ line: String, _ kubectl: Kubectl, _ cancellation: Cancellation, _ giveBack: @escaping @Sendable () -> Void
  ) -> Verdict {
    let stream = EventStream(limit: WatchSession.backlogLimit)
    let command = SendableBox(kubectl)
    let isStarted = BackgroundThread.start {
      let status = command.content.run(line) { output in stream.push(output.line) }
      stream.push(Self.line("exit", .integer(Int64(status))))
      stream.end()
      giveBack()
    }
    stream.onClose = { cancellation.cancel() }
    if !isStarted {
      giveBack()
      stream.push(Self.line("error", "the server cannot start another command now: try again in a moment\n"))
      stream.push(Self.line("exit", 1))
      stream.end()
    }
    return .answer(
      HTTPResponse(status: 200, headers: Self.streamHeaders("application/x-ndjson"), body: .stream(stream)))
  }

  private func complete(
    _ line: String, cursor: Int?, _ kubectl: Kubectl, _ giveBack: @escaping @Sendable () -> Void
  ) -> Verdict {
    let answer = PendingAnswer()
    let command = SendableBox(kubectl)
    let isStarted = BackgroundThread.start {
      let completion = command.content.complete(line, cursor: cursor ?? line.utf16.count)
      answer.complete(
        HTTPResponse(json: [
          "from": .integer(Int64(completion.from)), "candidates": .array(completion.candidates.map(Value.string)),
        ]))
      giveBack()
    }
    if !isStarted {
      giveBack()
      answer.complete(HTTPResponse(json: ["from": 0, "candidates": []]))
    }
    return .later(answer)
  }

  fileprivate static func line(_ name: String, _ value: Value) -> [UInt8] {
    Value.object(Members([(name, value)])).json + [UInt8(ascii: "\n")]
  }
}

extension Output {
  /// As a line of the terminal's answer.
  fileprivate var line: [UInt8] {
    switch self {
    case .out(let text): Site.line("out", .string(text))
    case .error(let text): Site.line("error", .string(text))
    case .request(let text): Site.line("request", .string(text))
    }
  }
}

/// Takes a value to the one thread that will use it.
private struct SendableBox<Content>: @unchecked Sendable {
  let content: Content
  init(_ content: Content) { self.content = content }
}
