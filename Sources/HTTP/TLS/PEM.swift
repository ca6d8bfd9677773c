import CGnuTLS

/// Text lent to GnuTLS as a datum, and data that GnuTLS made taken over as text.
package enum PEM {
  static func withDatum<Result>(_ text: String, _ body: (UnsafePointer<gnutls_datum_t>) -> Result) -> Result {
    var bytes = Array(text.utf8)
    let count = UInt32(clamping: bytes.count)
    return bytes.withUnsafeMutableBufferPointer { buffer in
      var datum = gnutls_datum_t(data: buffer.baseAddress, size: count)
      return body(&datum)
    }
  }

  /// One piece of a PEM text (RFC 7468).
  package struct Block: Equatable {
    /// `CERTIFICATE`
    package let label: String
    /// With its first and last line.
    package let text: String
    /// Whether lines of the form `Name: value` stand in it.
    package let hasHeaders: Bool
  }

  /// The blocks of a text; what stands between them, or does not end, is left out.
  package static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    var lines: [Substring] = []
    var label: Substring?
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
        label = line.dropFirst(11).dropLast(5)
        lines = []
      }
      guard let open = label else { continue }
      lines.append(line)
      if line == "-----END \(open)-----" {
        let body = lines.joined(separator: "\n") + "\n"
        blocks.append(Block(label: String(open), text: body, hasHeaders: lines.contains { $0.contains(": ") }))
        label = nil
      }
    }
    return blocks
  }

  /// Calls an exporting function and frees what it made.
  static func export(_ action: String, _ body: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32) throws(TLSFailure)
    -> String
  {
    var datum = gnutls_datum_t()
    try TLSFailure.check(body(&datum), action)
    defer { gnutls_release(&datum) }
    return String(decoding: UnsafeBufferPointer(start: datum.data, count: Int(datum.size)), as: UTF8.self)
  }
}
