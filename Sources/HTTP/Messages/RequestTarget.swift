/// A request target split into path and query (RFC 9112 section 3.2: origin form, or absolute form).
struct RequestTarget {
  /// Still percent-encoded.
  let path: String
  /// Still percent-encoded, without the question mark.
  let query: String

  /// Nil when the target is neither a path nor an absolute address.
  init?(_ target: String) {
    let origin = Self.withoutAuthority(target)
    guard origin.utf8.first == UInt8(ascii: "/") || target == "*" else { return nil }
    guard let mark = origin.utf8.firstIndex(of: UInt8(ascii: "?")) else {
      path = String(origin)
      query = ""
      return
    }
    path = String(origin[..<mark])
    query = String(origin[origin.utf8.index(after: mark)...])
  }

  private static func withoutAuthority(_ target: String) -> Substring {
    guard target.utf8.first != UInt8(ascii: "/") else { return target[...] }
    for scheme in ["http://", "https://"] where target.hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      return rest.utf8.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] } ?? "/"
    }
    return target[...]
  }
}
