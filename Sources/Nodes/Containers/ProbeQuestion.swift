import Kinds
import Loop
import Tree

/// Asks a container what one of its probes wants to know, and words the answer as the kubelet does.
struct ProbeQuestion {
  let container: Container
  let podIP: String
  let now: Time

  func ask(_ probe: Value, of run: inout ContainerRun) -> ProbeRun.Finding {
    if let request = probe["httpGet"] { return httpGet(request, of: run) }
    if let request = probe["tcpSocket"] { return connect(request, to: run) }
    if let request = probe["grpc"] { return connect(request, to: run) }
    if let request = probe["exec"] { return execute(request, in: &run) }
    return .success
  }

  private func httpGet(_ request: Value, of run: ContainerRun) -> ProbeRun.Finding {
    let port = port(request["port"])
    let path = request["path"]?.string ?? "/"
    let host = request["host"]?.string ?? podIP
    let scheme = (request["scheme"]?.string ?? "HTTP").lowercased()
    let slash = path.hasPrefix("/") ? "" : "/"
    guard let answer = run.world?.service?.answer(port: port, path: path, at: now) else {
      let url = "\(scheme)://\(host):\(port)\(slash)\(path)"
      return .failure("Get \"\(url)\": dial tcp \(host):\(port): connect: connection refused")
    }
    guard (200..<400).contains(answer.status) else {
      return .failure("HTTP probe failed with statuscode: \(answer.status)")
    }
    return .success
  }

  private func connect(_ request: Value, to run: ContainerRun) -> ProbeRun.Finding {
    let port = port(request["port"])
    guard run.world?.service?.answer(port: port, path: "/", at: now) != nil else {
      return .failure("dial tcp \(request["host"]?.string ?? podIP):\(port): connect: connection refused")
    }
    return .success
  }

  private func execute(_ request: Value, in run: inout ContainerRun) -> ProbeRun.Finding {
    guard var world = run.world else { return .failure("container is not running") }
    let command = (request["command"]?.array ?? []).compactMap(\.string)
    let result = ShellProgram.runToEnd(command, in: &world, at: now)
    run.world = world
    return result.code == 0 ? .success : .failure(result.output)
  }

  private func port(_ value: Value?) -> Int {
    if let number = value?.integer { return Int(number) }
    guard let name = value?.string else { return 0 }
    let named = container.ports.first { $0["name"]?.string == name }
    return named?["containerPort"]?.integer.map { Int($0) } ?? Int(name) ?? 0
  }
}
