import Kinds
import Loop
import Network
import Tree

/// Asks a container what one of its probes wants to know, and words the answer as the kubelet does
/// (kubernetes/pkg/probe).
struct ProbeQuestion {
  let kubelet: Kubelet
  let pod: Pod
  let container: Container
  let podIP: String

  private var now: Time { kubelet.now }

  func ask(_ probe: Value, of run: inout ContainerRun) -> ProbeRun.Finding {
    let limit = Duration.seconds(max(probe["timeoutSeconds"]?.integer ?? 1, 1))
    if let request = probe["httpGet"] { return httpGet(request, within: limit) }
    if let request = probe["tcpSocket"] { return connect(request, within: limit) }
    if let request = probe["grpc"] { return call(request, within: limit) }
    if let request = probe["exec"] { return execute(request, in: &run, within: limit) }
    return .success
  }

  // MARK: Over the network

  private func send(_ exchange: Exchange, _ host: String, _ port: Int) -> Passage {
    kubelet.network.send(
      exchange, to: Destination(host: host, port: port), from: Sender(kubelet.node.peer, resolver: .node), at: now)
  }

  private func host(_ request: Value) -> String {
    request["host"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? podIP
  }

  private func httpGet(_ request: Value, within limit: Duration) -> ProbeRun.Finding {
    let (host, port) = (host(request), container.port(request["port"]))
    let path = request["path"]?.string ?? "/"
    let scheme = (request["scheme"]?.string ?? "HTTP").lowercased()
    let url = "\(scheme)://\(host):\(port)\(path.hasPrefix("/") ? "" : "/")\(path)"
    var headers: [(name: String, value: String)] = [
      ("User-Agent", "kube-probe/1.36"), ("Accept", "*/*"), ("Connection", "close"),
    ]
    for header in request["httpHeaders"]?.array ?? [] {
      headers.append((header["name"]?.string ?? "", header["value"]?.string ?? ""))
    }
    let own = headers.first { $0.name.lowercased() == "host" }?.value
    let message = HTTPRequest(path: path, host: own ?? "\(host):\(port)", headers: headers)
    let passage = send(.http(message), host, port)
    guard let answer = passage.answer else {
      return .failure("Get \"\(url)\": " + dialProblem(passage, host, port, within: limit))
    }
    if scheme == "https" { return .failure("Get \"\(url)\": http: server gave HTTP response to HTTPS client") }
    if answer.delay > limit {
      return .failure(
        "Get \"\(url)\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
    }
    guard answer.status > 0 else { return .failure("Get \"\(url)\": EOF") }
    guard (200..<400).contains(answer.status) else {
      return .failure("HTTP probe failed with statuscode: \(answer.status)")
    }
    return .success
  }

  private func dialProblem(_ passage: Passage, _ host: String, _ port: Int, within limit: Duration) -> String {
    switch passage.failure?.effect {
    case .unresolved: "dial tcp: lookup \(host): no such host"
    case .silence: "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
    default: "dial tcp \(host):\(port): connect: connection refused"
    }
  }

  private func connect(_ request: Value, within limit: Duration) -> ProbeRun.Finding {
    let (host, port) = (host(request), container.port(request["port"]))
    let passage = send(.connect, host, port)
    switch passage.failure?.effect {
    case nil: return .success
    case .unresolved: return .failure("dial tcp: lookup \(host): no such host")
    case .silence: return .failure("dial tcp \(host):\(port): i/o timeout")
    case .refused: return .failure("dial tcp \(host):\(port): connect: connection refused")
    }
  }

  /// A gRPC client keeps trying until its time is over.
  private func call(_ request: Value, within limit: Duration) -> ProbeRun.Finding {
    let port = container.port(request["port"])
    guard send(.connect, podIP, port).answer == nil else { return .success }
    return .failure(
      "timeout: failed to connect service \"\(podIP):\(port)\" within \(limit.goText): context deadline exceeded")
  }

  // MARK: In the container

  private func execute(_ request: Value, in run: inout ContainerRun, within limit: Duration) -> ProbeRun.Finding {
    guard var world = run.world else { return .failure("container is not running") }
    let command = (request["command"]?.array ?? []).compactMap(\.string)
    let result = ShellProgram.runToEnd(command, in: &world, at: now)
    run.world = world
    if result.time > limit {
      return .failure("command timed out: \"\(command.joined(separator: " "))\" timed out after \(limit.goText)")
    }
    return result.code == 0 ? .success : .failure(result.output)
  }
}
