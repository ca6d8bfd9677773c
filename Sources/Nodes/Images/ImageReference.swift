/// An image's name as a container writes it, and as the registry knows it.
///
///     ImageReference("nginx").canonical            // "docker.io/library/nginx:latest"
///     ImageReference("nginx:1.27").repository      // "docker.io/library/nginx"
struct ImageReference: Hashable {
  /// With registry and path: `docker.io/library/nginx`.
  let repository: String
  let tag: String
  let digest: String?

  /// Nil where the text is no image name.
  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy(Self.isAllowed) else { return nil }
    var rest = text[...]
    var digest: String?
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
    }
    var tag = "latest"
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    guard !rest.isEmpty, !tag.isEmpty, !rest.hasPrefix("/"), !rest.hasSuffix("/"),
      rest.utf8.allSatisfy({ !(65...90).contains($0) })
    else { return nil }
    self.tag = tag
    self.digest = digest
    repository = Self.withRegistry(rest)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "-_./:@".utf8.contains(byte)
    }
  }

  private static func withRegistry(_ name: Substring) -> String {
    guard let slash = name.firstIndex(of: "/") else { return "docker.io/library/" + name }
    let first = name[..<slash]
    let isRegistry = first.contains(".") || first.contains(":") || first == "localhost"
    return isRegistry ? String(name) : "docker.io/" + name
  }

  /// What containerd calls it: `docker.io/library/nginx:1.27`.
  var canonical: String { repository + (digest.map { "@" + $0 } ?? ":" + tag) }

  /// The repository without the registry that is meant when none is written: `nginx`, `registry.k8s.io/pause`.
  var familiarRepository: String {
    for prefix in ["docker.io/library/", "docker.io/"] where repository.hasPrefix(prefix) {
      return String(repository.dropFirst(prefix.count))
    }
    return repository
  }
}
