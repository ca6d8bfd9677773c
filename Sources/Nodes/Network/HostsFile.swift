import Kinds
import Tree

/// A pod's `/etc/hosts`, as the kubelet manages it.
enum HostsFile {
  /// With the pod's own name and its `hostAliases`; a pod of the host network has its node's names.
  static func text(_ pod: Pod, address: String) -> String {
    var text = """
      # Kubernetes-managed hosts file\(pod.spec.hostNetwork ? " (host network)" : "").
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::\tip6-localnet
      fe00::\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters

      """
    if !pod.spec.hostNetwork { text += address + "\t" + names(pod).joined(separator: "\t") + "\n" }
    let aliases = pod.spec.value["hostAliases"]?.array ?? []
    guard !aliases.isEmpty else { return text }
    text += "\n# Entries added by HostAliases.\n"
    for alias in aliases {
      let names = (alias["hostnames"]?.array ?? []).compactMap(\.string)
      text += ([alias["ip"]?.string ?? ""] + names).joined(separator: "\t") + "\n"
    }
    return text
  }

  /// The full name, where the pod has a subdomain, and the host name.
  private static func names(_ pod: Pod) -> [String] {
    let host = hostname(pod)
    guard let subdomain = pod.spec.value["subdomain"]?.string, !subdomain.isEmpty else { return [host] }
    return ["\(host).\(subdomain).\(pod.namespace).svc.cluster.local", host]
  }

  /// What the pod's containers call their machine: `spec.hostname`, else the pod's name, of which 63 bytes are taken.
  static func hostname(_ pod: Pod) -> String {
    if let own = pod.spec.value["hostnameOverride"]?.string { return own }
    let name = pod.spec.value["hostname"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? pod.name
    let cut = name.prefix(63)
    return String(cut.reversed().drop { $0 == "-" || $0 == "." }.reversed())
  }

  /// The addresses of a file's names; the first line that has a name counts.
  static func addresses(_ text: String) -> [String: String] {
    var addresses: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let address = words.first, !address.contains(":") else { continue }
      for name in words.dropFirst() where addresses[name] == nil { addresses[name] = address }
    }
    return addresses
  }
}
