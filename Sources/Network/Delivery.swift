import Loop
import Store

/// Brings one connection from its sender to a listener, as kube-proxy and the network plugin would.
struct Delivery {
  /// Ports of hosts that are handed on to another address, one after another.
  private static let forwardLimit = 4

  let network: ClusterNetwork
  let exchange: Exchange
  let transport: Transport
  let now: Time
  /// Whether it only looks who would take the connection.
  var isTrial = false

  /// How far a connection to an address would get.
  func trial(from sender: Peer, at address: String, port: Int) -> Passage {
    var passage = Passage(origin: sender, destination: Destination(host: address, port: port, transport: transport))
    arrive(&passage, from: sender, at: address, port: port)
    return passage
  }

  func deliver(_ passage: inout Passage, from sender: Peer, to address: String, port: Int) {
    if address.hasPrefix("127.") { return arrive(&passage, from: sender, at: sender.address, port: port) }
    if let (key, entrance) = network.service(at: address) {
      return enter(key, entrance, &passage, from: sender, port: port, isLocal: false)
    }
    if let station = network.stations?.station(at: address), station.peer.pod == nil, let node = station.peer.node,
      let key = network.service(nodePort: port)
    {
      // What comes from a pod of the same node is traffic of the cluster; from elsewhere it comes as the node's.
      guard sender.node != node else {
        return enter(key, .nodePort, &passage, from: sender, port: port, isLocal: false)
      }
      let origin = Peer(address: address, node: node)
      return enter(key, .nodePort, &passage, from: origin, port: port, isLocal: true)
    }
    arrive(&passage, from: sender, at: address, port: port)
  }

  // MARK: Services

  private func enter(
    _ key: ObjectKey, _ entrance: ServiceStep.Entrance, _ passage: inout Passage, from sender: Peer, port: Int,
    isLocal: Bool
  ) {
    let found = network.route(key)
    let match = found?.ports.first {
      port == (entrance == .nodePort ? $0.nodePort : $0.number) && $0.transport == transport
    }
    guard let route = found, let match else {
      let step = ServiceStep(service: key, entrance: entrance, port: port, portName: "", endpoints: 0, usable: 0)
      passage.steps.append(.service(step))
      passage.outcome = .failed(.noSuchServicePort)
      return
    }
    let keepsLocal = entrance == .clusterIP ? route.isInternalLocal : route.isExternalLocal && isLocal
    let usable = ServiceRoute.usable(match.endpoints, on: keepsLocal ? sender.node : nil)
    passage.steps.append(
      .service(
        ServiceStep(
          service: key, entrance: entrance, port: port, portName: match.name, endpoints: match.endpoints.count,
          usable: usable.count)))
    guard !usable.isEmpty else {
      let hasOthers = keepsLocal && !ServiceRoute.usable(match.endpoints, on: nil).isEmpty
      passage.outcome = .failed(hasOthers ? .noLocalEndpoints : .noEndpoints)
      return
    }
    let (endpoint, isSticky) = network.choose(
      usable, of: route, port: match.name, client: passage.origin.address, at: now)
    passage.steps.append(
      .endpoint(
        EndpointStep(
          address: endpoint.address, port: endpoint.port, node: endpoint.node, pod: endpoint.pod, isSticky: isSticky)))
    arrive(&passage, from: sender, at: endpoint.address, port: endpoint.port)
  }

  // MARK: Stations

  private func arrive(_ passage: inout Passage, from sender: Peer, at address: String, port: Int, forwards: Int = 0) {
    let station = network.stations?.station(at: address)
    let peer = station?.peer ?? Peer(address: address)
    guard permits(&passage, from: sender, to: peer, port: port) else {
      passage.outcome = .failed(.deniedByPolicy)
      return
    }
    guard let station else {
      passage.outcome = .failed(.noSuchAddress)
      return
    }
    switch station.reception(port: port, transport: transport, at: now) {
    case .listener(let container):
      passage.steps.append(.listener(ListenerStep(peer: peer, port: port, container: container)))
      guard !isTrial else {
        passage.outcome = .answered(Answer())
        return
      }
      let answer = station.answer(exchange, port: port, from: sender, at: now)
      passage.outcome = answer.map { .answered($0) } ?? .failed(.nothingListens)
    case .forwarded(let next, let nextPort) where forwards < Self.forwardLimit:
      arrive(&passage, from: sender, at: next, port: nextPort, forwards: forwards + 1)
    case .nothing, .forwarded: passage.outcome = .failed(.nothingListens)
    case .silent: passage.outcome = .failed(.nodeDown)
    }
  }

  /// Asks the policies at both ends. A pod reaches itself, and its node reaches it, whatever they say.
  private func permits(_ passage: inout Passage, from sender: Peer, to peer: Peer, port: Int) -> Bool {
    if sender == peer { return true }
    if let pod = passage.origin.pod {
      let question = PolicyJudge.Question(
        direction: .egress, pod: pod, other: peer, port: port, transport: transport, target: peer.pod)
      if let verdict = network.verdict(question) {
        passage.steps.append(.policy(verdict))
        guard verdict.isAllowed else { return false }
      }
    }
    guard let pod = peer.pod, sender.pod != nil || sender.node != peer.node else { return true }
    let question = PolicyJudge.Question(
      direction: .ingress, pod: pod, other: sender, port: port, transport: transport, target: pod)
    guard let verdict = network.verdict(question) else { return true }
    passage.steps.append(.policy(verdict))
    return verdict.isAllowed
  }
}
