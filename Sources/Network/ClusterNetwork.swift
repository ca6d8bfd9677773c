package import API
import Kinds
package import Loop
import Store
import Tree

/// The cluster's network: names, Services, NetworkPolicies, and who is reached in the end. Nothing leaves the process.
///
/// It keeps no state of its own but what is derived from the store's objects, and which client stays with which
/// endpoint. Who listens is asked of the machines (`stations`).
package final class ClusterNetwork {
  let client: Client
  private let routes: ServiceRoutes
  private let names: ClusterNames
  private let policies: PolicyJudge
  private let random: RandomStream
  private var affinity = SessionAffinity()
  /// Who knows what stands behind an address.
  package weak var stations: (any Stations)?

  /// The network of the cluster whose objects the client sees.
  package init(client: Client) {
    self.client = client
    routes = ServiceRoutes(client: client)
    names = ClusterNames(client: client)
    policies = PolicyJudge(client: client)
    random = client.loop.random("network")
    client.store.observe([.service, .endpointSlice, .networkPolicy, .namespace, .pod]) { [unowned self] in note($0) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.service.groupResource:
      routes.note(service: change.key)
      names.forget()
    case Kind.endpointSlice.groupResource:
      if let previous = change.previous { routes.note(slice: previous.value) }
      routes.note(slice: change.object.value)
      names.forget()
    case Kind.networkPolicy.groupResource: policies.forget()
    case Kind.namespace.groupResource:
      policies.forget()
      names.forget()
    case Kind.pod.groupResource:
      if change.kind != .updated || labels(change.object) != labels(change.previous) { policies.forget() }
    default: break
    }
  }

  private func labels(_ object: StoredObject?) -> Value? { object?.value["metadata", "labels"] }

  // MARK: Requests

  /// Sends a request and tells how it went. Time does not pass: how long an answer takes is in the answer, and how long
  /// a silence lasts is the sender's choice.
  package func send(_ exchange: Exchange, to destination: Destination, from sender: Sender, at now: Time) -> Passage {
    var passage = Passage(origin: sender.peer, destination: destination)
    var address = destination.host
    if IPv4Address(address) == nil {
      let step = NameLookup(network: self, sender: sender).resolve(address)
      passage.steps.append(.name(step))
      guard let first = step.addresses.first else {
        passage.outcome = .failed(step.server == nil ? .nameServerSilent : .nameNotFound)
        return passage
      }
      address = first
    }
    Delivery(network: self, exchange: exchange, transport: destination.transport, now: now)
      .deliver(&passage, from: sender.peer, to: address, port: destination.port)
    return passage
  }

  /// What a name stands for; the step tells what was asked, and of whom.
  package func resolve(_ name: String, from sender: Sender) -> NameStep {
    NameLookup(network: self, sender: sender).resolve(name)
  }

  // MARK: Names

  /// The name servers' own pod: there is no such object, and policies know it by these labels.
  static let nameServerPod = ObjectKey(GroupResource(resource: "pods"), namespace: "kube-system", name: "cluster-dns")

  static func nameServerLabels(_ key: ObjectKey) -> TextMap {
    key == nameServerPod ? TextMap([("k8s-app", "kube-dns")]) : .empty
  }

  /// The first of the sender's name servers that answers it: the cluster's, unless a policy is in the way. The nodes'
  /// answers too, and knows no names.
  func answeringServer(for sender: Sender) -> String? {
    sender.resolver.servers.first { server in
      guard server == ClusterNames.server else { return ResolverConfiguration.node.servers.contains(server) }
      guard let pod = sender.peer.pod else { return true }
      let other = Peer(address: server, pod: Self.nameServerPod)
      let question = PolicyJudge.Question(
        direction: .egress, pod: pod, other: other, port: 53, transport: .udp, target: nil)
      return policies.verdict(question)?.isAllowed ?? true
    }
  }

  /// The addresses of a full name, aliases followed; of several, in an order by chance.
  func addresses(of name: String) -> [String] {
    var name = name
    for _ in 0..<ClusterNames.aliasLimit {
      switch names.records(name) {
      case .addresses(let addresses):
        var chance = random
        return addresses.count > 1 ? addresses.shuffled(using: &chance) : addresses
      case .alias(let other): name = other.hasSuffix(".") ? String(other.dropLast()) : other
      case .services, .none, .empty: return []
      }
    }
    return []
  }

  /// What the cluster's name server says of a full name: its canonical name and addresses; nil where there is no such
  /// name.
  package func answer(of name: String) -> (name: String, addresses: [String])? {
    switch names.records(name) {
    case .none: nil
    case .empty, .services: (name, [])
    case .addresses(let addresses): (name, addresses)
    case .alias(let other): (other, addresses(of: name))
    }
  }

  /// Whether the cluster's name server answers the sender: no policy is in the way.
  package func answersNames(_ sender: Sender) -> Bool {
    var asking = sender
    asking.resolver = ResolverConfiguration(servers: [ClusterNames.server])
    return answeringServer(for: asking) != nil
  }

  /// The name of an address; nil where it has none.
  package func name(of address: String) -> String? { names.name(of: address, routes: routes) }

  /// The address of the cluster's name server.
  package static var nameServer: String { ClusterNames.server }

  // MARK: What a delivery asks

  func service(at address: String) -> (key: ObjectKey, entrance: ServiceStep.Entrance)? {
    routes.service(at: address).map { ($0, routes.isExternal(address) ? .externalIP : .clusterIP) }
  }

  func service(nodePort: Int) -> ObjectKey? { routes.service(nodePort: nodePort) }

  func route(_ key: ObjectKey) -> ServiceRoute? { routes.route(key) }

  func verdict(_ question: PolicyJudge.Question) -> PolicyVerdict? { policies.verdict(question) }

  /// One of the endpoints: the one that the client had before, where the Service wants that, else any.
  func choose(
    _ endpoints: [ServiceRoute.Endpoint], of route: ServiceRoute, port: String, client: String, at now: Time
  ) -> (endpoint: ServiceRoute.Endpoint, isSticky: Bool) {
    guard let seconds = route.affinitySeconds else { return (endpoints[random.below(endpoints.count)], false) }
    let subject = SessionAffinity.Subject(service: route.key, port: port, client: client)
    let known = affinity.address(subject, seconds: seconds, at: now)
    let sticky = known.flatMap { address in endpoints.first { $0.address == address } }
    let endpoint = sticky ?? endpoints[random.below(endpoints.count)]
    affinity.note(subject, endpoint.address, at: now)
    return (endpoint, sticky != nil)
  }
}
