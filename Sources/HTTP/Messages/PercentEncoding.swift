/// Percent-encoding of request targets (RFC 3986 section 2.1) and of query strings.
package enum PercentEncoding {
  /// The decoded text, or nil when an escape is broken or the result is not UTF-8.
  ///
  /// - Parameter plusIsSpace: true for query strings, where `+` stands for a space.
  package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.next().flatMap(ASCII.hexValue), let low = rest.next().flatMap(ASCII.hexValue)
        else { return nil }
        bytes.append(high << 4 | low)
      } else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The parameters of a query string, decoded, in order. A pair with a broken escape or a semicolon is left out, as
  /// Go's `net/url` does.
  package static func parameters(ofQuery query: some StringProtocol) -> [(name: String, value: String)] {
    query.split(separator: "&").compactMap { pair in
      guard !pair.contains(";") else { return nil }
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decode(parts[0], plusIsSpace: true) else { return nil }
      guard parts.count == 2 else { return (name: name, value: "") }
      return decode(parts[1], plusIsSpace: true).map { (name: name, value: $0) }
    }
  }
}
