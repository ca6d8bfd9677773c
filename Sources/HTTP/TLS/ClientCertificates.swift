import CGnuTLS

/// What a client's certificate proves. libmicrohttpd asks for one but lets any through, so the chain is verified here.
enum ClientCertificates {
  /// A client that showed none has no identity; one whose chain does not end at the authority, is out of date, or was
  /// issued for servers, is refused.
  static func identity(ofSession raw: UnsafeMutableRawPointer) -> ClientIdentity {
    let session = OpaquePointer(raw)
    var count: UInt32 = 0
    guard let chain = gnutls_certificate_get_peers(session, &count), count > 0 else { return .none }
    guard isTrusted(session), let certificate = try? Certificate(der: chain) else { return .refused }
    return .verified(
      PeerCertificate(
        commonName: certificate.subject(gnutls_oid_common_name()).first ?? "",
        organizations: certificate.subject(gnutls_oid_organization())))
  }

  /// Both have to hold: the check ran, and it found nothing.
  private static func isTrusted(_ session: gnutls_session_t) -> Bool {
    var purpose = gnutls_typed_vdata_st()
    purpose.type = GNUTLS_DT_KEY_PURPOSE_OID
    purpose.data = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(gnutls_oid_client()))?
      .assumingMemoryBound(to: UInt8.self)
    var status: UInt32 = .max
    return gnutls_certificate_verify_peers(session, &purpose, 1, &status) == 0 && status == 0
  }
}
