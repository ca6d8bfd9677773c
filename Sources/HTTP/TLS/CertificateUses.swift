import CGnuTLS

/// What a certificate may be used for, in Kubernetes' words and in X.509's (RFC 5280, sections 4.2.1.3 and 4.2.1.12).
enum CertificateUses {
  private static let keyUses: [String: Int32] = [
    "signing": GNUTLS_KEY_DIGITAL_SIGNATURE, "digital signature": GNUTLS_KEY_DIGITAL_SIGNATURE,
    "content commitment": GNUTLS_KEY_NON_REPUDIATION, "key encipherment": GNUTLS_KEY_KEY_ENCIPHERMENT,
    "key agreement": GNUTLS_KEY_KEY_AGREEMENT, "data encipherment": GNUTLS_KEY_DATA_ENCIPHERMENT,
    "cert sign": GNUTLS_KEY_KEY_CERT_SIGN, "crl sign": GNUTLS_KEY_CRL_SIGN,
    "encipher only": GNUTLS_KEY_ENCIPHER_ONLY, "decipher only": GNUTLS_KEY_DECIPHER_ONLY,
  ]

  private static let purposes: [String: String] = [
    "any": "2.5.29.37.0", "server auth": "1.3.6.1.5.5.7.3.1", "client auth": "1.3.6.1.5.5.7.3.2",
    "code signing": "1.3.6.1.5.5.7.3.3", "email protection": "1.3.6.1.5.5.7.3.4", "s/mime": "1.3.6.1.5.5.7.3.4",
    "ipsec end system": "1.3.6.1.5.5.7.3.5", "ipsec tunnel": "1.3.6.1.5.5.7.3.6", "ipsec user": "1.3.6.1.5.5.7.3.7",
    "timestamping": "1.3.6.1.5.5.7.3.8", "ocsp signing": "1.3.6.1.5.5.7.3.9",
    "microsoft sgc": "1.3.6.1.4.1.311.10.3.3", "netscape sgc": "2.16.840.1.113730.4.1",
  ]

  /// Writes the uses into a certificate; each purpose once.
  static func set(_ uses: [String], of raw: gnutls_x509_crt_t) throws(TLSFailure) {
    let step = "say what the certificate is for"
    let keyUse = uses.compactMap { keyUses[$0] }.reduce(0) { $0 | UInt32($1) }
    if keyUse != 0 { try TLSFailure.check(gnutls_x509_crt_set_key_usage(raw, keyUse), step) }
    var known: [String] = []
    for use in uses {
      guard let purpose = purposes[use], !known.contains(purpose) else { continue }
      known.append(purpose)
      try TLSFailure.check(gnutls_x509_crt_set_key_purpose_oid(raw, purpose, 0), step)
    }
  }
}
