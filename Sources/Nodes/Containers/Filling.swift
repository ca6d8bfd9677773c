import Kinds
import Loop
import Network

/// Fills what differs from request to request into a server's answers and log lines.
struct Filling {
  let program: ServiceProgram
  let request: HTTPRequest
  let listener: PodNetwork.Listener
  let address: String
  let client: Peer
  let now: Time

  /// `{hostname}`, `{ip}`, `{client}`, `{method}`, `{path}`, `{host}`, `{count}` (requests so far), `{uptime}`, `{micro}`,
  /// `{time}`, `{query.NAME}` and `{env.NAME}` are known; other braces stay.
  func fill(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      if let value = value(of: name) {
        result += value
        rest = rest[rest.index(after: close)...]
      } else {
        result += "{"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  private func value(of name: String) -> String? {
    switch name {
    case "hostname": listener.hostname
    case "ip": address
    case "client": client.address
    case "method": request.method
    case "path": ServiceProgram.path(of: request)
    case "host": String(request.host.prefix { $0 != ":" })
    case "count": String(listener.requests)
    case "uptime": (now - program.start).goText
    case "micro": now.microTimestamp
    case "time": LogPlaceholders.slashed(now)
    case _ where name.hasPrefix("env."): program.environment[String(name.dropFirst(4))] ?? ""
    case _ where name.hasPrefix("query."): query(String(name.dropFirst(6)))
    default: nil
    }
  }

  private func query(_ name: String) -> String {
    guard let mark = request.path.firstIndex(of: "?") else { return "" }
    for pair in request.path[request.path.index(after: mark)...].split(separator: "&") where pair.hasPrefix(name + "=")
    {
      return String(pair.dropFirst(name.count + 1)).replacing("+", with: " ").replacing("%20", with: " ")
    }
    return ""
  }
}
