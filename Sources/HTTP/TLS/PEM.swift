import CGnuTLS

/// Text lent to GnuTLS as a datum, and data that GnuTLS made taken over as text.
enum PEM {
  static func withDatum<Result>(_ text: String, _ body: (UnsafePointer<gnutls_datum_t>) -> Result) -> Result {
    var bytes = Array(text.utf8)
    let count = UInt32(clamping: bytes.count)
    return bytes.withUnsafeMutableBufferPointer { buffer in
      var datum = gnutls_datum_t(data: buffer.baseAddress, size: count)
      return body(&datum)
    }
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
