package import Kinds
import Tree

/// How a pod's programs look names up: what its `/etc/resolv.conf` says (Kubernetes documentation, "DNS for Services and
/// Pods").
///
///     ResolverConfiguration(pod: pod).candidates("web")
///     // ["web.default.svc.cluster.local", "web.svc.cluster.local", "web.cluster.local", "web"]
package struct ResolverConfiguration: Sendable, Equatable {
  /// Name servers and search domains that are used (resolv.conf(5) of glibc; Kubernetes allows as many).
  package static let serverLimit = 3
  package static let searchLimit = 32

  package var servers: [String]
  package var searches: [String]
  package var options: [String]

  /// A configuration of these parts.
  package init(servers: [String], searches: [String] = [], options: [String] = []) {
    self.servers = Array(servers.prefix(Self.serverLimit))
    self.searches = Array(searches.prefix(Self.searchLimit))
    self.options = options
  }

  /// What a node's own programs use; it knows no cluster names.
  package static let node = ResolverConfiguration(servers: ["172.18.0.1"])

  /// What the pod's `dnsPolicy` and `dnsConfig` make.
  package init(pod: Pod) {
    let policy = pod.spec.value["dnsPolicy"]?.string ?? "ClusterFirst"
    switch policy {
    case "None": self.init(servers: [])
    case "Default": self = .node
    case "ClusterFirst" where pod.spec.hostNetwork: self = .node
    default: self.init(clusterFirst: pod.namespace)
    }
    if let own = pod.spec.value["dnsConfig"] { add(own) }
  }

  private init(clusterFirst namespace: String) {
    let domain = ClusterNames.domain
    self.init(
      servers: [ClusterNames.server], searches: ["\(namespace).svc.\(domain)", "svc.\(domain)", domain],
      options: ["ndots:5"])
  }

  private mutating func add(_ own: Value) {
    let servers = (own["nameservers"]?.array ?? []).compactMap(\.string)
    let searches = (own["searches"]?.array ?? []).compactMap(\.string)
    self.servers = Array(Self.distinct(self.servers + servers).prefix(Self.serverLimit))
    self.searches = Array(Self.distinct(self.searches + searches).prefix(Self.searchLimit))
    for option in own["options"]?.array ?? [] {
      guard let name = option["name"]?.string else { continue }
      options.removeAll { $0 == name || $0.hasPrefix(name + ":") }
      options.append(option["value"]?.string.map { name + ":" + $0 } ?? name)
    }
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var kept: [String] = []
    for text in texts where !kept.contains(text) { kept.append(text) }
    return kept
  }

  /// What a file in the format of resolv.conf says.
  package init(text: String) {
    self.init(servers: [])
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case "nameserver": servers += words.dropFirst().prefix(1)
      case "search", "domain": searches = Array(words.dropFirst())
      case "options": options += words.dropFirst()
      default: break
      }
    }
    servers = Array(servers.prefix(Self.serverLimit))
  }

  /// As the kubelet writes `/etc/resolv.conf`.
  package var text: String {
    var text = ""
    if !searches.isEmpty { text += "search " + searches.joined(separator: " ") + "\n" }
    for server in servers { text += "nameserver \(server)\n" }
    if !options.isEmpty { text += "options " + options.joined(separator: " ") + "\n" }
    return text
  }

  /// How many dots make a name be tried as it stands first.
  package var ndots: Int {
    for option in options where option.hasPrefix("ndots:") { return Int(option.dropFirst(6)) ?? 1 }
    return 1
  }

  /// The full names to ask for, in order.
  package func candidates(_ name: String) -> [String] {
    if name.hasSuffix(".") { return [String(name.dropLast())] }
    let expanded = searches.map { name + "." + $0 }
    return name.utf8.count { $0 == UInt8(ascii: ".") } >= ndots ? [name] + expanded : expanded + [name]
  }
}
