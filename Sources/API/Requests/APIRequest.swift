/// A request to one cluster's API, as a value.
package struct APIRequest: Sendable {
  /// `GET`, `POST` …
  package let method: String
  /// The address's segments, each decoded, without `/clusters/NAME`: `["api", "v1", "pods"]`.
  package let path: [String]
  /// Whether the address ends with a slash, which is no segment.
  package var endsInSlash = false
  package let query: [(name: String, value: String)]
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  package var caller: Caller
  /// What it asks for.
  let info: RequestInfo

  package init(
    method: String, path: [String], query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], caller: Caller
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.caller = caller
    info = RequestInfo(method: method, path: path, query: query)
  }

  /// A request by its address: `/api/v1/pods?limit=1`, percent-encoded as in HTTP.
  package init(
    _ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    caller: Caller
  ) {
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = halves.count > 1 ? halves[1].split(separator: "&") : []
    self.init(
      method: method, path: (halves.first ?? "").split(separator: "/").map { PercentCoding.decode($0) },
      query: query.map { pair in
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (
          PercentCoding.decode(sides[0], plusIsSpace: true),
          sides.count > 1 ? PercentCoding.decode(sides[1], plusIsSpace: true) : ""
        )
      }, headers: headers, body: body, caller: caller)
    endsInSlash = halves.first?.last == "/"
  }

  /// The first header of that name, in whatever case it is written.
  package func header(_ name: String) -> String? {
    headers.first {
      $0.name.utf8.count == name.utf8.count && ($0.name == name || $0.name.lowercased() == name.lowercased())
    }?.value
  }

  /// The first query parameter of that name.
  package func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// The path as it is written in messages: `/api/v1/pods`.
  package var pathText: String { "/" + path.joined(separator: "/") }
}

/// Percent-encoding of addresses (RFC 3986, section 2.1).
enum PercentCoding {
  /// The text with `%41` made `A`. What is no code stays as it is.
  static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(plusIsSpace && bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
    default: nil
    }
  }
}
