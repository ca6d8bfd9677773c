import Kinds
import Store
import Tree

/// A Service as kube-proxy sees it: its ports, and the endpoints of each.
struct ServiceRoute {
  struct Endpoint: Equatable {
    let address: String
    let port: Int
    let node: String?
    let pod: ObjectKey?
    let isReady: Bool
    /// Terminating, but still answering: used where no endpoint is ready.
    let isServingItsEnd: Bool
  }

  struct Port {
    let name: String
    let number: Int
    let nodePort: Int?
    let transport: Transport
    var endpoints: [Endpoint] = []
  }

  let key: ObjectKey
  var ports: [Port]
  /// How long a client stays with its endpoint, in seconds; nil: each connection chooses anew.
  let affinitySeconds: Int?
  let isInternalLocal: Bool
  let isExternalLocal: Bool

  init(_ service: StoredObject, slices: [StoredObject]) {
    let spec = service.value["spec"] ?? [:]
    key = service.key
    isInternalLocal = spec["internalTrafficPolicy"]?.string == "Local"
    isExternalLocal = spec["externalTrafficPolicy"]?.string == "Local"
    let config = spec["sessionAffinityConfig"]?["clientIP"]?["timeoutSeconds"]?.integer
    affinitySeconds = spec["sessionAffinity"]?.string == "ClientIP" ? Int(config ?? 10_800) : nil
    ports = (spec["ports"]?.array ?? []).map { port in
      Port(
        name: port["name"]?.string ?? "", number: Int(port["port"]?.integer ?? 0),
        nodePort: port["nodePort"]?.integer.map { Int($0) }, transport: Self.transport(port))
    }
    for slice in slices where slice.value["addressType"]?.string == "IPv4" { add(slice.value) }
  }

  private static func transport(_ port: Value) -> Transport {
    port["protocol"]?.string.flatMap(Transport.init(rawValue:)) ?? .tcp
  }

  /// Slices name their ports as the Service does.
  private mutating func add(_ slice: Value) {
    for port in slice["ports"]?.array ?? [] {
      guard let number = port["port"]?.integer else { continue }
      let name = port["name"]?.string ?? ""
      let transport = Self.transport(port)
      guard let index = ports.firstIndex(where: { $0.name == name && $0.transport == transport }) else { continue }
      for endpoint in slice["endpoints"]?.array ?? [] {
        guard let found = Self.endpoint(endpoint, port: Int(number)), !ports[index].endpoints.contains(found) else {
          continue
        }
        ports[index].endpoints.append(found)
      }
    }
  }

  private static func endpoint(_ value: Value, port: Int) -> Endpoint? {
    guard let address = value["addresses"]?.array?.first?.string else { return nil }
    let conditions = value["conditions"]
    let isReady = conditions?["ready"]?.boolean ?? true
    let target = value["targetRef"]
    var pod: ObjectKey?
    if target?["kind"]?.string == "Pod", let name = target?["name"]?.string {
      pod = ObjectKey(GroupResource(resource: "pods"), namespace: target?["namespace"]?.string ?? "", name: name)
    }
    return Endpoint(
      address: address, port: port, node: value["nodeName"]?.string, pod: pod, isReady: isReady,
      isServingItsEnd: conditions?["terminating"]?.boolean == true
        && conditions?["serving"]?.boolean ?? isReady)
  }

  /// The endpoints that may be chosen: those that are ready; where none is, those that end but still serve. `node`
  /// keeps to one node's (kubernetes/pkg/proxy, topology).
  static func usable(_ endpoints: [Endpoint], on node: String?) -> [Endpoint] {
    let near = node == nil ? endpoints : endpoints.filter { $0.node == node }
    let ready = near.filter(\.isReady)
    return ready.isEmpty ? near.filter(\.isServingItsEnd) : ready
  }
}
