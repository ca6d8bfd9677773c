import CGnuTLS

extension CertificateAuthority {
  /// What the authority decides of a certificate that it is asked for.
  package struct Terms: Sendable, Equatable {
    /// Seconds since 1970; the end is at most the authority's own.
    package var notBefore: Int64
    package var notAfter: Int64
    /// In Kubernetes' words: `client auth`, `digital signature`.
    package var uses: [String]
    /// Big-endian, positive.
    package var serialNumber: [UInt8]
    /// The one cluster for which it is to be good; nil: all.
    package var cluster: String?

    /// Terms.
    package init(notBefore: Int64, notAfter: Int64, uses: [String], serialNumber: [UInt8], cluster: String? = nil) {
      self.cluster = cluster
      self.notBefore = notBefore
      self.notAfter = notAfter
      self.uses = uses
      self.serialNumber = serialNumber
    }
  }

  /// The certificate that a request asks for: its subject, its alternative names, its key. The same request on the same
  /// terms gets the same certificate.
  package func certificate(for request: SigningRequest, on terms: Terms) throws(TLSFailure) -> String {
    let authority = try Certificate(pem: identity.certificate)
    let key = try PrivateKey(pem: identity.key)
    let end = authority.expiry
    guard terms.notBefore < end else { throw TLSFailure(action: "sign", code: GNUTLS_E_EXPIRED) }
    let certificate = try Certificate()
    let raw = certificate.raw
    let step = "fill in the certificate"
    try TLSFailure.check(gnutls_x509_crt_set_version(raw, 3), step)
    try TLSFailure.check(gnutls_x509_crt_set_crq(raw, request.raw), "take over the request")
    try TLSFailure.check(gnutls_x509_crt_set_serial(raw, terms.serialNumber, terms.serialNumber.count), step)
    try TLSFailure.check(gnutls_x509_crt_set_activation_time(raw, Int(terms.notBefore)), step)
    try TLSFailure.check(gnutls_x509_crt_set_expiration_time(raw, Int(min(terms.notAfter, end))), step)
    try TLSFailure.check(gnutls_x509_crt_set_basic_constraints(raw, 0, -1), step)
    try CertificateUses.set(terms.uses, of: raw)
    if request.hasAlternativeNames {
      try TLSFailure.check(
        gnutls_x509_crt_set_crq_extension_by_oid(raw, request.raw, gnutls_oid_alternative_names(), 0),
        "take over the alternative names")
    }
    if let cluster = terms.cluster { try certificate.setCluster(cluster) }
    try authority.setIssuerIdentifier(of: certificate)
    try TLSFailure.check(
      gnutls_x509_crt_sign2(
        raw, authority.raw, key.raw, GNUTLS_DIG_SHA256, UInt32(GNUTLS_PRIVKEY_FLAG_REPRODUCIBLE.rawValue)),
      "sign the certificate")
    return try certificate.pem()
  }

  /// Until when each certificate of a PEM text is good, in seconds since 1970.
  package static func expiries(ofCertificates pem: String) throws(TLSFailure) -> [Int64] {
    var expiries: [Int64] = []
    for block in PEM.blocks(of: pem) { expiries.append(try Certificate(pem: block.text).expiry) }
    return expiries
  }
}

extension Certificate {
  /// The extension that says for which cluster a certificate is good: a UTF8String. Its identifier is in the arc for
  /// experiments (RFC 1155, section 3.1.3); a UUID's would have a number that Go, and with it kubectl, cannot read.
  private static let clusterIdentifier = "1.3.6.1.3.80111.1"
  /// DER's tag of a UTF8String (ITU-T X.690, section 8.23).
  private static let utf8String: UInt8 = 0x0c

  /// Says for which cluster the certificate is good: at most 127 bytes, so that its length is one.
  func setCluster(_ name: String) throws(TLSFailure) {
    let text = Array(name.utf8.prefix(127))
    let value = [Self.utf8String, UInt8(text.count)] + text
    try TLSFailure.check(
      gnutls_x509_crt_set_extension_by_oid(raw, Self.clusterIdentifier, value, value.count, 0), "name the cluster")
  }

  /// The cluster for which the certificate is good; nil: all.
  var cluster: String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    var size = buffer.count
    guard gnutls_x509_crt_get_extension_by_oid(raw, Self.clusterIdentifier, 0, &buffer, &size, nil) >= 0 else {
      return nil
    }
    return String(decoding: buffer[..<size].dropFirst(2), as: UTF8.self)
  }
}
