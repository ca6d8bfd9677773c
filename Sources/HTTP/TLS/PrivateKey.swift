import CGnuTLS

/// A GnuTLS private key and its lifetime.
final class PrivateKey {
  let raw: gnutls_x509_privkey_t

  /// A new key on the curve P-256.
  init() throws(TLSFailure) {
    raw = try Self.empty()
    let result = gnutls_x509_privkey_generate(raw, GNUTLS_PK_ECDSA, gnutls_p256_bits(), 0)
    try TLSFailure.check(result, "make a private key")
  }

  /// A new RSA key.
  init(rsaBits: UInt32) throws(TLSFailure) {
    raw = try Self.empty()
    try TLSFailure.check(gnutls_x509_privkey_generate(raw, GNUTLS_PK_RSA, rsaBits, 0), "make a private key")
  }

  init(pem: String) throws(TLSFailure) {
    raw = try Self.empty()
    let key = raw
    let result = PEM.withDatum(pem) { gnutls_x509_privkey_import2(key, $0, GNUTLS_X509_FMT_PEM, nil, 0) }
    try TLSFailure.check(result, "read the private key")
  }

  deinit {
    gnutls_x509_privkey_deinit(raw)
  }

  func pem() throws(TLSFailure) -> String {
    try PEM.export("write the private key") { gnutls_x509_privkey_export2_pkcs8(raw, GNUTLS_X509_FMT_PEM, nil, 0, $0) }
  }

  private static func empty() throws(TLSFailure) -> gnutls_x509_privkey_t {
    var key: gnutls_x509_privkey_t?
    try TLSFailure.check(gnutls_x509_privkey_init(&key), "make a private key")
    guard let key else { throw TLSFailure(action: "make a private key", code: GNUTLS_E_MEMORY_ERROR) }
    return key
  }
}
