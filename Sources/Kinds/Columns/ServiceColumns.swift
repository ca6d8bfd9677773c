import Tree

/// `kubectl get services`.
enum ServiceColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Type", help: "How the service is reached.") { $0["spec", "type"]?.string ?? "" },
    TableColumn("Cluster-IP", help: "Its address inside the cluster.") {
      $0["spec", "clusterIP"]?.string.nonempty ?? "<none>"
    },
    TableColumn("External-IP", help: "Its addresses from outside.", text: externalAddress),
    TableColumn("Port(s)", help: "Ports, node ports and protocols.") { value in
      let ports = (value["spec", "ports"]?.array ?? []).map { port in
        let nodePort = port["nodePort"]?.integer ?? 0
        return "\(port["port"]?.integer ?? 0)" + (nodePort == 0 ? "" : ":\(nodePort)")
          + "/\(port["protocol"]?.string ?? "TCP")"
      }
      return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
    },
    .age,
    TableColumn("Selector", help: "The labels of its pods.", wide: true) {
      TextMap($0["spec", "selector"] ?? .null).labelText
    },
  ]

  /// The addresses and names that a load balancer gave, each once and sorted.
  static func balancerAddresses(_ value: Value) -> [String] {
    let given = (value["status", "loadBalancer", "ingress"]?.array ?? []).compactMap {
      $0["ip"]?.string.nonempty ?? $0["hostname"]?.string.nonempty
    }
    return Set(given).sorted()
  }

  private static func externalAddress(_ value: Value) -> String {
    let external = (value["spec", "externalIPs"]?.array ?? []).compactMap(\.string)
    let balancers = balancerAddresses(value)
    switch value["spec", "type"]?.string {
    case "ExternalName": return value["spec", "externalName"]?.string ?? ""
    case "LoadBalancer":
      let all = balancers + external
      return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    default: return external.isEmpty ? "<none>" : external.joined(separator: ",")
    }
  }
}

extension TextMap {
  /// `app=web,tier=front`, by key; `<none>` where empty.
  var labelText: String {
    let pairs = self.pairs.sorted { $0.key < $1.key }.map { $0.key + "=" + $0.value }
    return pairs.isEmpty ? "<none>" : pairs.joined(separator: ",")
  }
}
