import API
import Kinds
import Store
import Tree

/// What a registry wants to know before it gives an image.
struct RegistryLogin: Sendable, Equatable {
  var user: String
  var password: String
}

/// The logins that a pod's `imagePullSecrets` hold (Kubernetes documentation, "Pull an Image from a Private Registry").
struct PullSecrets {
  let client: Client
  let pod: Pod

  private static let forms = [
    "kubernetes.io/dockerconfigjson": ".dockerconfigjson", "kubernetes.io/dockercfg": ".dockercfg",
  ]

  private var names: [String] {
    (pod.spec.value["imagePullSecrets"]?.array ?? []).compactMap { $0["name"]?.string }.filter { !$0.isEmpty }
  }

  /// The Secrets that the pod names and that are not there.
  var missing: [String] {
    names.filter { client.get(.secret, namespace: pod.namespace, name: $0) == nil }
  }

  /// Whether an image that wants this login can be had with what the pod brings.
  func open(_ reference: ImageReference, wanting login: RegistryLogin?) -> Bool {
    login.map { logins(for: reference).contains($0) } ?? true
  }

  /// The logins for the image's registry.
  func logins(for reference: ImageReference) -> [RegistryLogin] {
    names.flatMap { name -> [RegistryLogin] in
      guard let secret = client.get(.secret, namespace: pod.namespace, name: name)?.value else { return [] }
      return Self.entries(of: secret).filter { Self.covers($0.registry, reference) }.map(\.login)
    }
  }

  private static func entries(of secret: Value) -> [(registry: String, login: RegistryLogin)] {
    guard let key = forms[secret["type"]?.string ?? ""],
      let text = ConfigurationData.texts(of: secret, kind: .secret).first(where: { $0.key == key })?.text,
      let value = try? JSON.parse(Array(text.utf8))
    else { return [] }
    let registries = key == ".dockerconfigjson" ? value["auths"] : value
    return (registries?.object ?? Members()).compactMap { member in login(member.value).map { (member.key, $0) } }
  }

  /// `username` and `password`, or both in `auth` as `NAME:PASSWORD` in base64.
  private static func login(_ value: Value) -> RegistryLogin? {
    if let user = value["username"]?.string, let password = value["password"]?.string {
      return RegistryLogin(user: user, password: password)
    }
    let parts = ConfigurationData.decoded(value["auth"]?.string ?? "").split(separator: ":", maxSplits: 1)
    return parts.count == 2 ? RegistryLogin(user: String(parts[0]), password: String(parts[1])) : nil
  }

  /// Whether a registry's name in a Secret is the image's: its host, perhaps with the beginning of a path.
  private static func covers(_ registry: String, _ reference: ImageReference) -> Bool {
    var name = registry[...]
    for scheme in ["https://", "http://"] where name.hasPrefix(scheme) { name = name.dropFirst(scheme.count) }
    while name.hasSuffix("/") { name = name.dropLast() }
    if ["index.docker.io/v1", "index.docker.io", "docker.io"].contains(name) { name = "docker.io" }
    for version in ["/v1", "/v2"] where name.hasSuffix(version) { name = name.dropLast(version.count) }
    return reference.repository == name || reference.repository.hasPrefix(name + "/")
  }
}
