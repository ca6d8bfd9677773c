import CGnuTLS

extension TLSOptions {
  /// TLS 1.3 and 1.2 only, ciphers of 128 bits or more, in GnuTLS's notation.
  static let priorities = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

  /// Finds out before the server starts whether GnuTLS takes the certificates, and whether key and certificate belong
  /// together.
  func check() throws(HTTPServerError) {
    do {
      try checkPair()
      if let clientAuthority { _ = try Certificate(pem: clientAuthority) }
    } catch {
      throw .badCertificate(reason: error.description)
    }
  }

  private func checkPair() throws(TLSFailure) {
    var credentials: gnutls_certificate_credentials_t?
    try TLSFailure.check(gnutls_certificate_allocate_credentials(&credentials), "check the certificate")
    defer { gnutls_certificate_free_credentials(credentials) }
    let result = PEM.withDatum(certificate) { certificate in
      PEM.withDatum(key) { key in
        gnutls_certificate_set_x509_key_mem(credentials, certificate, key, GNUTLS_X509_FMT_PEM)
      }
    }
    try TLSFailure.check(result, "use the certificate with its key")
  }
}
