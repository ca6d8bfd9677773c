import CEL
import Tree

/// `url('https://example.com:80/path?k=v')` in expressions: absolute addresses and absolute paths.
struct CELURL: CELObject {
  let scheme: String
  /// Name and port.
  let host: String
  let path: String
  let query: [(key: String, value: String)]
  let text: String?

  var typeName: String { "kubernetes.URL" }

  static func add(to library: inout CELLibrary) {
    library.add("url", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      guard let url = CELURL(text) else {
        throw CELError("URL parse error during conversion from string: parse \(text.debugDescription): invalid URI")
      }
      return .object(url)
    }
    library.add("isURL", 1...1) { (arguments) throws(CELError) in
      guard case .string(let text) = arguments[0] else { return nil }
      return .bool(CELURL(text) != nil)
    }
    library.addMethods(
      ["getScheme", "getHost", "getHostname", "getPort", "getEscapedPath", "getQuery"].map { ($0, 0...0) })
  }

  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
    var rest = Substring(text)
    var scheme = ""
    if !text.hasPrefix("/") {
      guard let colon = rest.firstIndex(of: ":"), Self.isScheme(rest[..<colon]) else { return nil }
      scheme = rest[..<colon].lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    if let mark = rest.firstIndex(of: "#") { rest = rest[..<mark] }
    query = rest.firstIndex(of: "?").map { Self.pairs(rest[rest.index(after: $0)...]) } ?? []
    if let mark = rest.firstIndex(of: "?") { rest = rest[..<mark] }
    var host = ""
    if rest.hasPrefix("//"), !scheme.isEmpty {
      let end = rest.dropFirst(2).firstIndex(of: "/") ?? rest.endIndex
      let authority = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
      host = String(authority.split(separator: "@").last ?? "")
      rest = rest[end...]
    } else if !rest.hasPrefix("/") {
      return nil
    }
    guard Self.isHost(host) else { return nil }
    self.scheme = scheme
    self.host = host
    path = String(rest)
    self.text = text
  }

  private static func isScheme(_ text: Substring) -> Bool {
    text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.utf8.allSatisfy {
        ($0 | 32 >= 97 && $0 | 32 <= 122) || (48...57).contains($0) || [43, 45, 46].contains($0)
      }
  }

  private static func isHost(_ host: String) -> Bool {
    if host.hasPrefix("[") { return host.contains("]") }
    let parts = host.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count < 2 || parts.count == 2 && parts[1].utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func pairs(_ text: Substring) -> [(key: String, value: String)] {
    text.split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (decoded(sides[0]), sides.count > 1 ? decoded(sides[1]) : "")
    }
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func isEqual(to other: any CELObject) -> Bool { (other as? CELURL)?.text == text }

  func call(_ method: String, _ arguments: [CELValue]) throws(CELError) -> CELValue? {
    switch method {
    case "getScheme": .string(scheme)
    case "getHost": .string(host)
    case "getHostname": .string(hostAndPort.host)
    case "getPort": .string(hostAndPort.port)
    case "getEscapedPath": .string(path)
    case "getQuery": queryMap
    default: nil
    }
  }

  private var hostAndPort: (host: String, port: String) {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
      let port = host[host.index(after: end)...].drop { $0 == ":" }
      return (String(host[host.index(after: host.startIndex)..<end]), String(port))
    }
    let parts = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : "")
  }

  private var queryMap: CELValue {
    var names: [String] = []
    for pair in query where !names.contains(pair.key) { names.append(pair.key) }
    return .map(
      CELMap(names.map { name in (name, .list(query.filter { $0.key == name }.map { .string($0.value) })) }))
  }
}
