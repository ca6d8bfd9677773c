import CGnuTLS

/// A GnuTLS certificate and its lifetime.
final class Certificate {
  let raw: gnutls_x509_crt_t

  init() throws(TLSFailure) {
    var certificate: gnutls_x509_crt_t?
    try TLSFailure.check(gnutls_x509_crt_init(&certificate), "make a certificate")
    guard let certificate else { throw TLSFailure(action: "make a certificate", code: GNUTLS_E_MEMORY_ERROR) }
    raw = certificate
  }

  convenience init(pem: String) throws(TLSFailure) {
    try self.init()
    let certificate = raw
    let result = PEM.withDatum(pem) { gnutls_x509_crt_import(certificate, $0, GNUTLS_X509_FMT_PEM) }
    try TLSFailure.check(result, "read the certificate")
  }

  convenience init(der: UnsafePointer<gnutls_datum_t>) throws(TLSFailure) {
    try self.init()
    try TLSFailure.check(gnutls_x509_crt_import(raw, der, GNUTLS_X509_FMT_DER), "read the certificate")
  }

  deinit {
    gnutls_x509_crt_deinit(raw)
  }

  func pem() throws(TLSFailure) -> String {
    try PEM.export("write the certificate") { gnutls_x509_crt_export2(raw, GNUTLS_X509_FMT_PEM, $0) }
  }

  /// From when on and until when it is good, in seconds since 1970.
  var activation: Int64 { Int64(gnutls_x509_crt_get_activation_time(raw)) }
  var expiry: Int64 { Int64(gnutls_x509_crt_get_expiration_time(raw)) }

  /// The SHA-256 of its DER form.
  var fingerprint: [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    var size = digest.count
    return gnutls_x509_crt_get_fingerprint(raw, GNUTLS_DIG_SHA256, &digest, &size) == 0 ? digest : []
  }

  /// Writes into a certificate which key signs it: this one's.
  func setIssuerIdentifier(of certificate: Certificate) throws(TLSFailure) {
    var identifier = [UInt8](repeating: 0, count: 64)
    var size = identifier.count
    guard gnutls_x509_crt_get_subject_key_id(raw, &identifier, &size, nil) == 0 else { return }
    try TLSFailure.check(
      gnutls_x509_crt_set_authority_key_id(certificate.raw, identifier, size), "name the authority's key")
  }

  /// Every value of one part of the subject's name, in order.
  func subject(_ identifier: UnsafePointer<CChar>) -> [String] {
    var values: [String] = []
    while let value = subjectValue(identifier, at: UInt32(values.count)) { values.append(value) }
    return values
  }

  private func subjectValue(_ identifier: UnsafePointer<CChar>, at index: UInt32) -> String? {
    var buffer = [UInt8](repeating: 0, count: 1024)
    var size = buffer.count
    guard gnutls_x509_crt_get_dn_by_oid(raw, identifier, index, 0, &buffer, &size) >= 0 else { return nil }
    return String(decoding: buffer.prefix(size), as: UTF8.self)
  }
}
