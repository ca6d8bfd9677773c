/// A request target split into path and query (RFC 9112 section 3.2: origin form, or absolute form).
struct RequestTarget {
  /// Still percent-encoded.
  let path: String
  /// Still percent-encoded, without the question mark.
  let query: String

  /// Nil when the target is neither a path nor an absolute address.
  init?(_ target: String) {
    let origin = Self.withoutAuthority(target)
    guard origin.first == "/" || target == "*" else { return nil }
    let parts = origin.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts[0])
    query = parts.count == 2 ? String(parts[1]) : ""
  }

  private static func withoutAuthority(_ target: String) -> Substring {
    for scheme in ["http://", "https://"] where target.hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      return rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }
    return target[...]
  }
}
