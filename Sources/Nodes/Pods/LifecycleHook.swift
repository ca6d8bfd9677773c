import Kinds
import Loop
import Network
import Tree

/// A container's `postStart` or `preStop`.
struct LifecycleHook {
  let kubelet: Kubelet
  let run: PodRun
  let spec: Container
  let hook: Value

  /// What came of it: whether it failed, and how long it took.
  struct Outcome: Equatable {
    var isFailed = false
    var time: Duration = .zero
  }

  /// Runs it in the container. An HTTP hook fails only where no answer comes (kubernetes/pkg/kubelet/lifecycle).
  func perform(in container: inout ContainerRun) -> Outcome {
    if let seconds = hook["sleep"]?["seconds"]?.integer { return Outcome(time: .seconds(seconds)) }
    if let command = hook["exec"]?["command"]?.array {
      guard var world = container.world else { return Outcome(isFailed: true) }
      let result = ShellProgram.runToEnd(command.compactMap(\.string), in: &world, at: kubelet.now)
      container.world = world
      return Outcome(isFailed: result.code != 0, time: result.time)
    }
    guard let request = hook["httpGet"] else { return Outcome() }
    let host = request["host"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? run.ip
    let path = request["path"]?.string ?? "/"
    let port = spec.port(request["port"])
    let passage = kubelet.network.send(
      .http(HTTPRequest(path: path, host: "\(host):\(port)")), to: Destination(host: host, port: port),
      from: Sender(kubelet.node.peer, resolver: .node), at: kubelet.now)
    let silence = passage.failure?.effect == .silence ? Duration.seconds(30) : .zero
    return Outcome(isFailed: passage.answer == nil, time: passage.answer?.delay ?? silence)
  }
}

extension Container {
  /// The number that a port is meant by: itself, or the name of one of the container's ports.
  func port(_ value: Value?) -> Int {
    if let number = value?.integer { return Int(number) }
    guard let name = value?.string else { return 0 }
    let named = ports.first { $0["name"]?.string == name }
    return named?["containerPort"]?.integer.map { Int($0) } ?? Int(name) ?? 0
  }
}
