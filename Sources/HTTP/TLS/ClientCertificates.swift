import CGnuTLS

/// What a client's certificate proves. libmicrohttpd asks for one but lets any through, so the chain is verified here.
enum ClientCertificates {
  /// Certificates of one chain that are looked at.
  private static let chainLimit: UInt32 = 8
  /// Where a certificate may hold the user's uid (k8s.io/apiserver, authentication/request/x509).
  private static let userIdentifier = "1.3.6.1.4.1.57683.2"

  /// A client that showed none has no identity; one whose chain does not end at the authority, or was issued for
  /// servers, is refused. Whether it is out of date is for whoever knows what time it is.
  static func identity(ofSession raw: UnsafeMutableRawPointer) -> ClientIdentity {
    let session = OpaquePointer(raw)
    var count: UInt32 = 0
    guard let chain = gnutls_certificate_get_peers(session, &count), count > 0 else { return .none }
    guard count <= chainLimit, isTrusted(session), let certificate = try? Certificate(der: chain) else {
      return .refused
    }
    return .verified(
      PeerCertificate(
        commonName: certificate.subject(gnutls_oid_common_name()).first ?? "",
        organizations: certificate.subject(gnutls_oid_organization()),
        userIdentifier: certificate.subject(userIdentifier).first,
        validity: certificate.activation...max(certificate.activation, certificate.expiry),
        fingerprint: certificate.fingerprint, cluster: certificate.cluster))
  }

  /// Both have to hold: the check ran, and it found nothing. Clocks are left out of it: a simulated one may be far from
  /// this machine's.
  private static func isTrusted(_ session: gnutls_session_t) -> Bool {
    var credentials: UnsafeMutableRawPointer?
    guard gnutls_credentials_get(session, GNUTLS_CRD_CERTIFICATE, &credentials) == 0, let credentials else {
      return false
    }
    gnutls_certificate_set_verify_flags(
      OpaquePointer(credentials), UInt32(GNUTLS_VERIFY_DISABLE_TIME_CHECKS.rawValue))
    var purpose = gnutls_typed_vdata_st()
    purpose.type = GNUTLS_DT_KEY_PURPOSE_OID
    purpose.data = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(gnutls_oid_client()))?
      .assumingMemoryBound(to: UInt8.self)
    var status: UInt32 = .max
    return gnutls_certificate_verify_peers(session, &purpose, 1, &status) == 0 && status == 0
  }
}
