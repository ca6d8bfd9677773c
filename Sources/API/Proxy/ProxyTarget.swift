import Kinds

/// What a `proxy` subresource's name says: `web`, `web:8080`, `https:web:8443`.
struct ProxyTarget: Equatable {
  /// Empty, `http` or `https`.
  var scheme = ""
  var name: String
  /// A number, a port's name, or nothing.
  var port = ""

  /// Nil where the name says nothing of the kind.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: name = parts[0]
    case 2: (name, port) = (parts[0], parts[1])
    case 3: (scheme, name, port) = (parts[0], parts[1], parts[2])
    default: return nil
    }
    guard !name.isEmpty, ["", "http", "https"].contains(scheme) else { return nil }
  }
}
