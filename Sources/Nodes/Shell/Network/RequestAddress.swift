import Network

/// The address of a request as one writes it: `http://web:8080/healthz`, `web`, `https://kubernetes.default`.
struct RequestAddress {
  var scheme = "http"
  var host: String
  var port: Int
  var path: String

  /// Nil where the text is no address.
  init?(_ text: String) {
    var rest = text[...]
    if let end = text.range(of: "://") {
      scheme = text[..<end.lowerBound].lowercased()
      rest = text[end.upperBound...]
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    let tail = rest.dropFirst(authority.count)
    let withoutUser = authority.split(separator: "@").last ?? ""
    let parts = withoutUser.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
    self.host = String(host)
    let standard = scheme == "https" ? 443 : 80
    guard parts.count == 1 || Int(parts[1]).map({ (0...65_535).contains($0) }) == true else { return nil }
    port = parts.count > 1 ? Int(parts[1]) ?? standard : standard
    path = tail.hasPrefix("/") ? String(tail) : "/" + tail
  }

  /// What the Host header says: without the scheme's own port.
  var authority: String { port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)" }

  var destination: Destination { Destination(host: host, port: port) }
}
