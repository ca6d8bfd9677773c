/// Where a web service listens: `https://host:port/path`.
package struct WebhookAddress: Sendable, Hashable, CustomStringConvertible {
  package let host: String
  package let port: UInt16
  /// Begins with a slash, or is empty.
  package let path: String
  /// Host and port as they were written.
  package let authority: String

  /// The address that a text writes; nil where it is none, or has a user, a query or a fragment.
  package init?(_ text: String) {
    let scheme = "https://"
    guard text.lowercased().hasPrefix(scheme), !text.contains("?"), !text.contains("#"), !text.contains("@"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    guard let (host, port) = Self.parts(authority) else { return nil }
    self.host = host
    self.port = port
    self.authority = String(authority)
    path = String(rest.dropFirst(authority.count))
  }

  /// The address of a service in the cluster.
  init(service: String, namespace: String, port: UInt16, path: String) {
    host = "\(service).\(namespace).svc"
    self.port = port
    self.path = path
    authority = "\(host):\(port)"
  }

  private static func parts(_ authority: Substring) -> (host: String, port: UInt16)? {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      let host = String(authority[authority.index(after: authority.startIndex)..<end])
      let rest = authority[authority.index(after: end)...]
      if rest.isEmpty { return (host, 443) }
      guard rest.first == ":", let port = UInt16(rest.dropFirst()) else { return nil }
      return (host, port)
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
    guard parts.count == 2 else { return (host.lowercased(), 443) }
    return UInt16(parts[1]).map { (host.lowercased(), $0) }
  }

  package var description: String { "https://" + authority + path }

  /// Whether an address lies at this one or below it.
  package func covers(_ other: WebhookAddress) -> Bool {
    guard host == other.host, port == other.port, !other.path.split(separator: "/").contains("..") else { return false }
    let prefix = path.split(separator: "/")
    return other.path.split(separator: "/").starts(with: prefix)
  }
}
