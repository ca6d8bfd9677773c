import Loop
import Network
import Store

/// A node's own network namespace: its address, the pods of the host network, and the ports that it hands on to pods.
final class NodeNetwork: Station {
  let name: String
  let address: String
  var isDown = false
  private var pods: [PodNetwork] = []
  private var forwards: [Int: (pod: ObjectKey, address: String, port: Int)] = [:]

  init(name: String, address: String) {
    self.name = name
    self.address = address
  }

  var peer: Peer { Peer(address: address, node: name) }

  // MARK: Pods of the host network

  func join(_ pod: PodNetwork) {
    if !pods.contains(where: { $0 === pod }) { pods.append(pod) }
  }

  func leave(_ pod: PodNetwork) { pods.removeAll { $0 === pod } }

  /// Whose program listens on a port of the node.
  func listener(on port: Int) -> (pod: ObjectKey, container: String)? {
    for pod in pods { if let listener = pod.listener(on: port) { return (pod.pod, listener.container) } }
    return nil
  }

  // MARK: Host ports

  func forward(_ hostPort: Int, to pod: ObjectKey, address: String, port: Int) {
    if forwards[hostPort] == nil { forwards[hostPort] = (pod, address, port) }
  }

  func endForwards(of pod: ObjectKey) { forwards = forwards.filter { $0.value.pod != pod } }

  // MARK: Station

  func reception(port: Int, transport: Transport, at now: Time) -> Reception {
    if isDown { return .silent }
    if let forward = forwards[port] { return .forwarded(address: forward.address, port: forward.port) }
    for pod in pods {
      let reception = pod.reception(port: port, transport: transport, at: now)
      if reception != .nothing { return reception }
    }
    return .nothing
  }

  func answer(_ exchange: Exchange, port: Int, from client: Peer, at now: Time) -> Answer? {
    pods.first { $0.listener(on: port) != nil }?.answer(exchange, port: port, from: client, at: now)
  }
}
