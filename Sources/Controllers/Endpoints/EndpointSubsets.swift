import Kinds
import Tree

/// The subsets of a Service's Endpoints: addresses that share one set of ports.
struct EndpointSubsets {
  let service: ServiceView

  private struct Subset {
    let ports: [Value]
    var ready: [Value] = []
    var notReady: [Value] = []
  }

  private var family: String { service.addressTypes[0] }

  func subsets(of pods: [Pod]) -> [Value] {
    let endpoints = ServiceEndpoints(service: service, addressType: family)
    var subsets: [Subset] = []
    for pod in pods where includes(pod) {
      guard let address = address(of: pod, endpoints) else { continue }
      let ports = endpoints.ports(on: pod).map { port in
        var port = port
        if port["name"]?.string?.isEmpty ?? true { port["name"] = nil }
        return port
      }
      if ports.isEmpty, !service.ports.isEmpty || !service.isHeadless { continue }
      let index = subsets.firstIndex { $0.ports == ports } ?? subsets.count
      if index == subsets.count { subsets.append(Subset(ports: ports)) }
      if pod.isReady || service.publishesNotReady {
        subsets[index].ready.append(address)
      } else {
        subsets[index].notReady.append(address)
      }
    }
    return subsets.map(value)
  }

  private func includes(_ pod: Pod) -> Bool {
    ServiceEndpoints.includes(pod) && (service.publishesNotReady || !pod.metadata.isDeleting)
  }

  private func address(of pod: Pod, _ endpoints: ServiceEndpoints) -> Value? {
    guard let endpoint = endpoints.endpoint(of: pod, zone: nil), let ip = endpoint["addresses"]?.array?.first else {
      return nil
    }
    var address: Value = ["ip": ip]
    address["hostname"] = endpoint["hostname"]
    address["nodeName"] = endpoint["nodeName"]
    address["targetRef"] = endpoint["targetRef"]
    return address
  }

  private func value(_ subset: Subset) -> Value {
    func sorted(_ addresses: [Value]) -> Value? {
      if addresses.isEmpty { return nil }
      return .array(addresses.sorted { ($0["ip"]?.string ?? "") < ($1["ip"]?.string ?? "") })
    }
    var value: Value = [:]
    value["addresses"] = sorted(subset.ready)
    value["notReadyAddresses"] = sorted(subset.notReady)
    if !subset.ports.isEmpty { value["ports"] = .array(subset.ports) }
    return value
  }
}
