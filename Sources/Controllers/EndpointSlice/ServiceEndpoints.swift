import Kinds
import Tree

/// A Service as endpoints are made from it (API reference, Service v1 core).
struct ServiceView: ObjectView {
  var value: Value
  init(_ value: Value) { self.value = value }

  var selector: TextMap { value["spec", "selector"].map { TextMap($0) } ?? .empty }
  var ports: [Value] { value["spec", "ports"]?.array ?? [] }
  var publishesNotReady: Bool { value["spec", "publishNotReadyAddresses"]?.boolean ?? false }
  var isExternalName: Bool { value["spec", "type"]?.string == "ExternalName" }

  /// Whether it has no address of its own.
  var isHeadless: Bool {
    let address = value["spec", "clusterIP"]?.string ?? ""
    return address.isEmpty || address == "None"
  }

  /// `IPv4`, `IPv6` or both.
  var addressTypes: [String] {
    let families = value["spec", "ipFamilies"]?.array?.compactMap(\.string) ?? []
    return families.isEmpty ? ["IPv4"] : families
  }
}

/// What a Service's endpoints are made from, pod by pod.
struct ServiceEndpoints {
  let service: ServiceView
  let addressType: String

  /// Whether the pod is an endpoint at all: it has an address and has not ended.
  static func includes(_ pod: Pod) -> Bool { !pod.isTerminal && !addresses(of: pod).isEmpty }

  static func addresses(of pod: Pod) -> [String] {
    let listed = pod.value["status", "podIPs"]?.array?.compactMap { $0["ip"]?.string } ?? []
    return listed.isEmpty ? [pod.status.podIP].compactMap { $0 } : listed
  }

  /// The pod's endpoint; nil where it has no address of this type.
  func endpoint(of pod: Pod, zone: String?) -> Value? {
    let addresses = Self.addresses(of: pod).filter { $0.contains(":") == (addressType == "IPv6") }
    if addresses.isEmpty { return nil }
    let (serving, terminating) = (pod.isReady, pod.metadata.isDeleting)
    var endpoint: Value = [
      "addresses": .array(addresses.map(Value.string)),
      "conditions": [
        "ready": .boolean(service.publishesNotReady || serving && !terminating), "serving": .boolean(serving),
        "terminating": .boolean(terminating),
      ],
    ]
    if let host = pod.value["spec", "hostname"], pod.value["spec", "subdomain"]?.string == service.name {
      endpoint["hostname"] = host
    }
    endpoint["targetRef"] = [
      "kind": "Pod", "namespace": .string(pod.namespace), "name": .string(pod.name), "uid": .string(pod.uid),
    ]
    endpoint["nodeName"] = pod.spec.nodeName.map(Value.string)
    endpoint["zone"] = zone.map(Value.string)
    return endpoint
  }

  /// The Service's ports on this pod; a port whose name the pod does not know is left out.
  func ports(on pod: Pod) -> [Value] {
    service.ports.compactMap { servicePort in
      guard let number = number(of: servicePort, on: pod) else { return nil }
      var port: Value = ["name": servicePort["name"] ?? "", "protocol": servicePort["protocol"] ?? "TCP"]
      port["port"] = .integer(number)
      port["appProtocol"] = servicePort["appProtocol"]
      return port
    }
  }

  private func number(of servicePort: Value, on pod: Pod) -> Int64? {
    guard let name = servicePort["targetPort"]?.string else {
      return servicePort["targetPort"]?.integer ?? servicePort["port"]?.integer
    }
    let wanted = servicePort["protocol"]?.string ?? "TCP"
    let sidecars = pod.spec.initContainers.filter { $0.value["restartPolicy"]?.string == "Always" }
    for container in pod.spec.containers + sidecars {
      for port in container.ports where port["name"]?.string == name {
        if (port["protocol"]?.string ?? "TCP") == wanted { return port["containerPort"]?.integer }
      }
    }
    return nil
  }
}
