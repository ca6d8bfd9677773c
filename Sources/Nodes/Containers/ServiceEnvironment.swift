import API
import Kinds
import Store
import Tree

/// The variables by which a container finds the Services that were there before it: those of its namespace, where the
/// pod wants them (`enableServiceLinks`), and always the API server's (kubernetes/pkg/kubelet/envvars).
struct ServiceEnvironment {
  let client: Client
  let pod: Pod

  var variables: [(name: String, text: String)] {
    let wantsLinks = pod.spec.value["enableServiceLinks"]?.boolean ?? true
    var services = wantsLinks ? client.list(.service, namespace: pod.namespace) : []
    if !services.contains(where: { $0.name == "kubernetes" }) || pod.namespace != "default" {
      services.removeAll { $0.name == "kubernetes" }
      services += [client.get(.service, namespace: "default", name: "kubernetes")].compactMap(\.self)
    }
    return services.flatMap(variables)
  }

  private func variables(_ service: StoredObject) -> [(name: String, text: String)] {
    let address = service.value["spec", "clusterIP"]?.string ?? ""
    let ports = service.value["spec", "ports"]?.array ?? []
    guard !address.isEmpty, address != "None", let first = ports.first else { return [] }
    let prefix = Self.name(service.name)
    let number = first["port"]?.integer ?? 0
    var variables = [("\(prefix)_SERVICE_HOST", address), ("\(prefix)_SERVICE_PORT", String(number))]
    for port in ports {
      guard let name = port["name"]?.string, !name.isEmpty else { continue }
      variables.append(("\(prefix)_SERVICE_PORT_\(Self.name(name))", String(port["port"]?.integer ?? 0)))
    }
    variables.append(("\(prefix)_PORT", "\(Self.transport(first).lowercased())://\(address):\(number)"))
    for port in ports {
      let (number, transport) = (port["port"]?.integer ?? 0, Self.transport(port))
      let start = "\(prefix)_PORT_\(number)_\(transport)"
      variables += [
        (start, "\(transport.lowercased())://\(address):\(number)"), (start + "_PROTO", transport.lowercased()),
        (start + "_PORT", String(number)), (start + "_ADDR", address),
      ]
    }
    return variables
  }

  private static func transport(_ port: Value) -> String { port["protocol"]?.string ?? "TCP" }

  private static func name(_ text: String) -> String { text.uppercased().replacing("-", with: "_") }
}
