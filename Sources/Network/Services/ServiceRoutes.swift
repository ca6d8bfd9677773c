import API
import Kinds
import Store
import Tree

/// All Services by their addresses and node ports. What is found out is kept until a Service or a slice changes.
final class ServiceRoutes {
  static let slicesByService = "network.slicesByService"

  private let client: Client
  private var keysByAddress: [String: ObjectKey] = [:]
  private var keysByNodePort: [Int: ObjectKey] = [:]
  private var externalAddresses: Set<String> = []
  private var routes: [ObjectKey: ServiceRoute] = [:]
  private var isStale = true

  init(client: Client) {
    self.client = client
    client.store.addIndex(Self.slicesByService, on: Kind.endpointSlice.groupResource) { slice in
      guard let service = slice["metadata", "labels", "kubernetes.io/service-name"]?.string else { return [] }
      return [(slice["metadata", "namespace"]?.string ?? "") + "/" + service]
    }
  }

  func note(service key: ObjectKey) {
    isStale = true
    routes[key] = nil
  }

  func note(slice: Value) {
    guard let service = slice["metadata", "labels", "kubernetes.io/service-name"]?.string else { return }
    routes[Kind.service.key(namespace: slice["metadata", "namespace"]?.string ?? "", name: service)] = nil
  }

  // MARK: Look-ups

  func service(at address: String) -> ObjectKey? {
    refresh()
    return keysByAddress[address]
  }

  func isExternal(_ address: String) -> Bool { externalAddresses.contains(address) }

  func service(nodePort: Int) -> ObjectKey? {
    refresh()
    return keysByNodePort[nodePort]
  }

  func route(_ key: ObjectKey) -> ServiceRoute? {
    if let route = routes[key] { return route }
    guard let service = client.store[key] else { return nil }
    let route = ServiceRoute(service, slices: client.store.lookup(Self.slicesByService, key.path))
    routes[key] = route
    return route
  }

  private func refresh() {
    guard isStale else { return }
    isStale = false
    keysByAddress.removeAll(keepingCapacity: true)
    keysByNodePort.removeAll(keepingCapacity: true)
    externalAddresses.removeAll()
    for service in client.list(.service) { add(service) }
  }

  private func add(_ service: StoredObject) {
    let spec = service.value["spec"] ?? [:]
    guard spec["type"]?.string != "ExternalName" else { return }
    for address in (spec["clusterIPs"]?.array ?? []).compactMap(\.string) where address != "None" {
      keysByAddress[address] = service.key
    }
    let balancers = service.value["status", "loadBalancer", "ingress"]?.array ?? []
    let external =
      (spec["externalIPs"]?.array ?? []).compactMap(\.string)
      + balancers.filter { $0["ipMode"]?.string != "Proxy" }.compactMap { $0["ip"]?.string }
    for address in external where keysByAddress[address] == nil {
      keysByAddress[address] = service.key
      externalAddresses.insert(address)
    }
    for port in spec["ports"]?.array ?? [] {
      if let number = port["nodePort"]?.integer { keysByNodePort[Int(number)] = service.key }
    }
  }
}
