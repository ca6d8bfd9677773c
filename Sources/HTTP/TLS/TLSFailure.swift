import CGnuTLS

/// Something GnuTLS would not do, with what was tried and GnuTLS's own words.
package struct TLSFailure: Error, Equatable, CustomStringConvertible {
  /// What was tried: `read the certificate`.
  package let action: String
  /// GnuTLS's error code, negative.
  package let code: Int32

  /// `cannot read the certificate: Base64 unexpected header error.`
  package var description: String {
    "cannot \(action): " + (gnutls_strerror(code).map { String(cString: $0) } ?? "error \(code)")
  }

  /// Throws unless a GnuTLS call succeeded.
  static func check(_ code: Int32, _ action: String) throws(TLSFailure) {
    if code < 0 { throw TLSFailure(action: action, code: code) }
  }
}
