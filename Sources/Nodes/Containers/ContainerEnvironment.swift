import API
import Kinds
import Store
import Tree

/// A container's environment variables, as its spec says where they come from.
struct ContainerEnvironment {
  /// Something that the environment needs is not there.
  struct Problem: Error, Equatable {
    /// In the kubelet's words: `configmap "settings" not found`.
    let message: String
  }

  let client: Client
  let pod: Pod
  let container: Container
  let podIP: String
  let hostIP: String

  func resolve(over image: [String: String]) throws(Problem) -> [String: String] {
    var environment = image
    environment["PATH"] = image["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    environment["HOSTNAME"] = HostsFile.hostname(pod)
    environment["HOME"] = "/root"
    for (name, text) in ServiceEnvironment(client: client, pod: pod).variables { environment[name] = text }
    for source in container.value["envFrom"]?.array ?? [] { try add(source, to: &environment) }
    for variable in container.value["env"]?.array ?? [] {
      guard let name = variable["name"]?.string else { continue }
      if let source = variable["valueFrom"] {
        if let text = try text(of: source) { environment[name] = text }
      } else {
        environment[name] = Self.expanded(variable["value"]?.string ?? "", environment)
      }
    }
    return environment
  }

  private func add(_ source: Value, to environment: inout [String: String]) throws(Problem) {
    let prefix = source["prefix"]?.string ?? ""
    for (field, kind, word) in [("configMapRef", Kind.configMap, "configmap"), ("secretRef", .secret, "secret")] {
      guard let reference = source[field], let name = reference["name"]?.string else { continue }
      guard let object = client.get(kind, namespace: pod.namespace, name: name) else {
        if reference["optional"]?.boolean == true { continue }
        throw Problem(message: "\(word) \"\(name)\" not found")
      }
      for (key, text) in ConfigurationData.texts(of: object.value, kind: kind) { environment[prefix + key] = text }
    }
  }

  private func text(of source: Value) throws(Problem) -> String? {
    if let reference = source["configMapKeyRef"] {
      return try text(reference, in: .configMap, "configmap", "ConfigMap")
    }
    if let reference = source["secretKeyRef"] { return try text(reference, in: .secret, "secret", "Secret") }
    if let path = source["fieldRef"]?["fieldPath"]?.string {
      return PodFields(pod: pod, podIP: podIP, hostIP: hostIP).text(path)
    }
    return source["resourceFieldRef"].map { PodFields.amount($0, of: container) }
  }

  private func text(_ reference: Value, in kind: Kind, _ word: String, _ name: String) throws(Problem) -> String? {
    let isOptional = reference["optional"]?.boolean == true
    let object = reference["name"]?.string ?? ""
    let key = reference["key"]?.string ?? ""
    guard let stored = client.get(kind, namespace: pod.namespace, name: object) else {
      if isOptional { return nil }
      throw Problem(message: "\(word) \"\(object)\" not found")
    }
    if let text = ConfigurationData.texts(of: stored.value, kind: kind).first(where: { $0.key == key }) {
      return text.text
    }
    if isOptional { return nil }
    throw Problem(message: "couldn't find key \(key) in \(name) \(pod.namespace)/\(object)")
  }

  /// `$(NAME)` stands for a variable that was set before; `$$` for a dollar sign.
  static func expanded(_ text: String, _ environment: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.hasPrefix("$") {
        result += "$"
        rest = rest.dropFirst()
      } else if rest.hasPrefix("("), let close = rest.firstIndex(of: ")") {
        let name = String(rest[rest.index(after: rest.startIndex)..<close])
        result += environment[name] ?? "$(\(name))"
        rest = rest[rest.index(after: close)...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }
}
