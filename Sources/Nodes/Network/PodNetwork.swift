import Loop
import Network
import Store

/// One pod's network namespace: its address, and the programs of its containers that listen. A pod of the host network
/// shares its node's.
final class PodNetwork: Station {
  /// A program that listens, with what it needs to answer.
  struct Listener {
    let container: String
    let program: ServiceProgram
    let hostname: String
    let files: FileSystem
    /// How many requests it has had.
    var requests = 0
  }

  /// Lines that wait to be written to containers' logs; more are dropped.
  private static let lineLimit = 5_000

  let pod: ObjectKey
  let sender: Peer
  private let node: NodeNetwork
  private let network: ClusterNetwork
  private var listeners: [Int: Listener] = [:]
  private var rates: [String: RequestRate] = [:]
  private var isAsking = false
  private var lines: [(container: String, line: LogLine)] = []
  /// Told when a line waits that none waited before.
  var onTraffic: () -> Void = {}

  init(pod: ObjectKey, address: String?, node: NodeNetwork, network: ClusterNetwork) {
    self.pod = pod
    self.node = node
    self.network = network
    // A pod of the host network is, to packets, its node.
    sender = address.map { Peer(address: $0, node: node.name, pod: pod) } ?? node.peer
  }

  var peer: Peer { sender }
  var isHost: Bool { sender.pod == nil }

  // MARK: Listening

  /// A port that somebody else in the namespace listens on already, of those that the program wants.
  func takenPort(of program: ServiceProgram, container: String) -> Int? {
    program.behaviour.ports.map(\.port).first { port in
      let owner = isHost ? node.listener(on: port) : listeners[port].map { (pod, $0.container) }
      return owner.map { $0 != (pod, container) } ?? false
    }
  }

  func open(_ program: ServiceProgram, in world: ContainerWorld) {
    for port in program.behaviour.ports where listeners[port.port] == nil {
      listeners[port.port] = Listener(
        container: world.container, program: program, hostname: world.hostname, files: world.files)
    }
    if isHost { node.join(self) }
  }

  /// The container's programs listen no more.
  func close(_ container: String) {
    for (port, listener) in listeners where listener.container == container { listeners[port] = nil }
    if isHost, listeners.isEmpty { node.leave(self) }
  }

  func listener(on port: Int) -> Listener? { listeners[port] }

  // MARK: Station

  func reception(port: Int, transport: Transport, at now: Time) -> Reception {
    if node.isDown { return .silent }
    guard let listener = listeners[port], listener.program.listens(on: port, transport, at: now) else {
      return .nothing
    }
    return .listener(container: listener.container)
  }

  func answer(_ exchange: Exchange, port: Int, from client: Peer, at now: Time) -> Answer? {
    listeners[port]?.requests += 1
    guard let listener = listeners[port] else { return nil }
    let answer =
      answerOfOrigin(exchange, port: port, listener, at: now)
      ?? listener.program.answer(
        exchange, port: port, listener: listener, address: peer.address, client: client, at: now)
    if listener.program.behaviour.requestTime > .zero { rates[listener.container, default: RequestRate(now)].note(now) }
    if let answer, let text = AccessLog.line(of: listener, exchange, answer, from: client, to: peer.address, at: now) {
      note(text, container: listener.container, at: now)
    }
    return answer
  }

  /// What a server answers that asks somebody else before; nil where it answers by itself.
  private func answerOfOrigin(_ exchange: Exchange, port: Int, _ listener: Listener, at now: Time) -> Answer? {
    guard case .http(var request) = exchange,
      let origin = listener.program.origin(of: request, port: port, at: now)
    else { return nil }
    let failure = Answer(status: origin.failure, body: origin.body, contentType: "text/html")
    // Two that ask each other would do so for ever.
    guard !isAsking else { return failure }
    isAsking = true
    defer { isAsking = false }
    request.host = origin.host
    let passage = send(
      origin.isHandedOn ? .http(request) : .connect, to: Destination(host: origin.host, port: origin.port),
      files: listener.files, at: now)
    guard let answer = passage.answer else { return failure }
    return origin.isHandedOn ? answer : nil
  }

  private func note(_ text: String, container: String, at now: Time) {
    guard lines.count < Self.lineLimit else { return }
    lines.append((container, LogLine(time: now, text: text)))
    if lines.count == 1 { onTraffic() }
  }

  /// What the container's listeners have to log since the last call.
  func takeLines(of container: String) -> [LogLine] {
    guard !lines.isEmpty else { return [] }
    let own = lines.filter { $0.container == container }.map(\.line)
    if !own.isEmpty { lines.removeAll { $0.container == container } }
    return own
  }

  /// Thousandths of a processor that the container's requests of late take.
  func requestCPU(of container: String, _ behaviour: ImageBehaviour, at now: Time) -> Int64 {
    guard let rate = rates[container] else { return 0 }
    return Int64(rate.perSecond(at: now) * Double(behaviour.requestTime.nanoseconds) / 1e6)
  }

  // MARK: Sending

  /// Sends a request from inside the pod.
  func send(_ exchange: Exchange, to destination: Destination, files: FileSystem, at now: Time) -> Passage {
    network.send(exchange, to: destination, from: sender(with: files), at: now)
  }

  func resolve(_ name: String, files: FileSystem) -> NameStep { network.resolve(name, from: sender(with: files)) }

  /// What the cluster's name server says of a full name.
  func answer(ofName name: String) -> (name: String, addresses: [String])? { network.answer(of: name) }

  /// Whether the cluster's name server answers the pod.
  func answersNames(files: FileSystem) -> Bool { network.answersNames(sender(with: files)) }

  func name(of address: String) -> String? { network.name(of: address) }

  private func sender(with files: FileSystem) -> Sender {
    Sender(
      sender, resolver: ResolverConfiguration(text: files["/etc/resolv.conf"] ?? ""),
      hosts: HostsFile.addresses(files["/etc/hosts"] ?? ""))
  }
}
