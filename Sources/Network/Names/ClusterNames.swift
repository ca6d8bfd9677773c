import API
import Kinds
import Loop
import Store
import Tree

/// The cluster's own name server: the names that Services, their endpoints and pods have
/// (kubernetes/dns, "Kubernetes DNS-Based Service Discovery").
final class ClusterNames {
  /// The domain that all names of the cluster end with.
  static let domain = "cluster.local"
  /// The address that pods ask.
  static let server = "10.96.0.10"
  /// CNAMEs followed for one name.
  static let aliasLimit = 8

  /// What the server says of a name.
  enum Records: Equatable {
    case addresses([String])
    /// `priority weight port name` of each, and nothing else.
    case services([String])
    /// The name stands for another one.
    case alias(String)
    /// There is no such name.
    case none
    /// The name is there, but has no address.
    case empty
  }

  private let client: Client
  private var known: [String: Records] = [:]

  init(client: Client) { self.client = client }

  /// What was found out before may not hold any more.
  func forget() { known.removeAll(keepingCapacity: true) }

  /// The records of a full name.
  func records(_ name: String) -> Records {
    if let records = known[name] { return records }
    let records = lookUp(name.lowercased())
    if known.count > 10_000 { known.removeAll() }
    known[name] = records
    return records
  }

  private func lookUp(_ name: String) -> Records {
    guard name == Self.domain || name.hasSuffix("." + Self.domain) else { return .none }
    let labels = name.dropLast(Self.domain.count + 1).split(separator: ".").map(String.init)
    switch labels.last {
    case "svc": return service(Array(labels.dropLast()))
    case "pod": return labels.count == 3 ? pod(labels[0], namespace: labels[1]) : .none
    default: return .none
    }
  }

  // MARK: Services

  /// `web.default`, `web-0.web.default`, `_http._tcp.web.default`
  private func service(_ labels: [String]) -> Records {
    guard let namespace = labels.last else { return .empty }
    guard labels.count >= 2 else {
      return client.get(.namespace, name: namespace) == nil ? .none : .empty
    }
    let name = labels[labels.count - 2]
    guard let service = client.get(.service, namespace: namespace, name: name)?.value else { return .none }
    let rest = Array(labels.dropLast(2))
    if rest.count == 2, rest[0].hasPrefix("_"), rest[1].hasPrefix("_") {
      return ports(of: service, named: String(rest[0].dropFirst()), full: labels.dropFirst(2).joined(separator: "."))
    }
    if service["spec", "type"]?.string == "ExternalName" {
      guard rest.isEmpty else { return .none }
      return .alias(service["spec", "externalName"]?.string ?? "")
    }
    guard let address = service["spec", "clusterIP"]?.string, address != "None", !address.isEmpty else {
      return endpoints(namespace: namespace, service: name, host: rest)
    }
    return rest.isEmpty ? .addresses([address]) : .none
  }

  /// A headless Service's name stands for its endpoints that are ready; before it stands one endpoint's host name.
  private func endpoints(namespace: String, service: String, host: [String]) -> Records {
    guard host.count <= 1 else { return .none }
    var addresses: [String] = []
    for slice in client.store.lookup(ServiceRoutes.slicesByService, namespace + "/" + service) {
      for endpoint in slice.value["endpoints"]?.array ?? [] {
        guard endpoint["conditions", "ready"]?.boolean ?? true else { continue }
        let own = (endpoint["addresses"]?.array ?? []).compactMap(\.string)
        if let wanted = host.first {
          let name = endpoint["hostname"]?.string ?? own.first.map { $0.replacing(".", with: "-") }
          guard name == wanted else { continue }
        }
        addresses += own.filter { !addresses.contains($0) }
      }
    }
    return addresses.isEmpty ? .none : .addresses(addresses)
  }

  private func ports(of service: Value, named name: String, full: String) -> Records {
    let ports = (service["spec", "ports"]?.array ?? []).filter { $0["name"]?.string == name }
    guard !ports.isEmpty else { return .none }
    let host = [service["metadata", "name"]?.string ?? "", service["metadata", "namespace"]?.string ?? ""]
    return .services(
      ports.map { "0 100 \($0["port"]?.integer ?? 0) " + host.joined(separator: ".") + ".svc." + Self.domain })
  }

  /// `10-244-1-7.default.pod`
  private func pod(_ label: String, namespace: String) -> Records {
    let address = label.replacing("-", with: ".")
    guard IPv4Address(address) != nil, client.get(.namespace, name: namespace) != nil else { return .none }
    return .addresses([address])
  }

  // MARK: Addresses

  /// The name of an address, as a reverse look-up answers it.
  func name(of address: String, routes: ServiceRoutes) -> String? {
    if address == Self.server { return "kube-dns.kube-system.svc." + Self.domain }
    if let service = routes.service(at: address) { return "\(service.name).\(service.namespace).svc." + Self.domain }
    return endpointName(address)
  }

  private func endpointName(_ address: String) -> String? {
    for slice in client.list(.endpointSlice) {
      guard let service = slice.value["metadata", "labels", "kubernetes.io/service-name"]?.string else { continue }
      for endpoint in slice.value["endpoints"]?.array ?? []
      where endpoint["addresses"]?.array?.contains(.string(address)) ?? false {
        let host = endpoint["hostname"]?.string ?? address.replacing(".", with: "-")
        return "\(host).\(service).\(slice.namespace).svc." + Self.domain
      }
    }
    return nil
  }
}
