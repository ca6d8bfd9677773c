import CGnuTLS
import Glibc

/// A certificate authority of one's own, with keys on P-256.
///
///     let authority = try CertificateAuthority(commonName: "classroom")
///     let server = try authority.issueServer(extraHosts: ["school.example"])
///     let tls = TLSOptions(
///       certificate: server.certificate, key: server.key, clientAuthority: authority.identity.certificate)
package struct CertificateAuthority: Sendable {
  /// A certificate and its private key, both in PEM.
  package struct Identity: Sendable, Equatable {
    /// The certificate.
    package let certificate: String
    /// The private key, PKCS #8.
    package let key: String

    /// A certificate and its key.
    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// What a certificate is for.
  private enum Purpose {
    case authority
    case server(hosts: [String])
    case client(organizations: [String])
  }

  /// Days a certificate is valid: ten years for the authority, one for what it issues.
  private static let authorityDays = 3650
  private static let leafDays = 365
  /// Clocks differ: certificates are valid from an hour ago on.
  private static let clockTolerance = 3600

  /// The authority's own certificate and key. Give away the certificate only.
  package let identity: Identity

  /// A new authority, self-signed.
  package init(commonName: String) throws(TLSFailure) {
    let key = try PrivateKey()
    let certificate = try Self.certificate(
      commonName: commonName, key: key, purpose: .authority, days: Self.authorityDays)
    try TLSFailure.check(
      gnutls_x509_crt_sign2(certificate.raw, certificate.raw, key.raw, GNUTLS_DIG_SHA256, 0), "sign the certificate")
    identity = Identity(certificate: try certificate.pem(), key: try key.pem())
  }

  /// An authority made earlier.
  package init(identity: Identity) throws(TLSFailure) {
    _ = try Certificate(pem: identity.certificate)
    _ = try PrivateKey(pem: identity.key)
    self.identity = identity
  }

  /// A server's certificate for localhost, 127.0.0.1, ::1 and the given names and addresses.
  package func issueServer(extraHosts: [String] = []) throws(TLSFailure) -> Identity {
    let hosts = ["localhost", "127.0.0.1", "::1"]
    let wanted = hosts + extraHosts.filter { !hosts.contains($0) }
    return try issue(commonName: extraHosts.first ?? "localhost", purpose: .server(hosts: wanted))
  }

  /// A client's certificate: the common name is the user, the organizations are the groups. It is good as long as the
  /// authority is, whatever a simulated clock says meanwhile.
  package func issueClient(commonName: String, organizations: [String]) throws(TLSFailure) -> Identity {
    try issue(commonName: commonName, purpose: .client(organizations: organizations))
  }

  private func issue(commonName: String, purpose: Purpose) throws(TLSFailure) -> Identity {
    let authority = try Certificate(pem: identity.certificate)
    let authorityKey = try PrivateKey(pem: identity.key)
    let key = try PrivateKey()
    let certificate = try Self.certificate(commonName: commonName, key: key, purpose: purpose, days: Self.leafDays)
    if case .client = purpose {
      let step = "fill in the certificate"
      try TLSFailure.check(gnutls_x509_crt_set_activation_time(certificate.raw, Int(authority.activation)), step)
      try TLSFailure.check(gnutls_x509_crt_set_expiration_time(certificate.raw, Int(authority.expiry)), step)
    }
    try TLSFailure.check(
      gnutls_x509_crt_sign2(certificate.raw, authority.raw, authorityKey.raw, GNUTLS_DIG_SHA256, 0),
      "sign the certificate")
    return Identity(certificate: try certificate.pem(), key: try key.pem())
  }

  private static func certificate(
    commonName: String, key: PrivateKey, purpose: Purpose, days: Int
  ) throws(TLSFailure) -> Certificate {
    let certificate = try Certificate()
    let raw = certificate.raw
    var serial = RandomBytes.make(16)
    serial[0] = serial[0] & 0x3F | 0x40  // positive, and without a leading zero
    let now = time(nil)
    let step = "fill in the certificate"
    try TLSFailure.check(gnutls_x509_crt_set_version(raw, 3), step)
    try TLSFailure.check(gnutls_x509_crt_set_key(raw, key.raw), step)
    try TLSFailure.check(gnutls_x509_crt_set_serial(raw, serial, serial.count), step)
    try TLSFailure.check(gnutls_x509_crt_set_activation_time(raw, now - clockTolerance), step)
    try TLSFailure.check(gnutls_x509_crt_set_expiration_time(raw, now + days * 86_400), step)
    if case .client(let organizations) = purpose {
      for organization in organizations { try addName(gnutls_oid_organization(), organization, to: raw) }
    }
    try addName(gnutls_oid_common_name(), commonName, to: raw)
    try setUse(purpose, of: raw)
    return certificate
  }

  private static func addName(
    _ identifier: UnsafePointer<CChar>?, _ value: String, to raw: gnutls_x509_crt_t
  ) throws(TLSFailure) {
    let result = gnutls_x509_crt_set_dn_by_oid(raw, identifier, 0, value, UInt32(value.utf8.count))
    try TLSFailure.check(result, "name the subject")
  }

  private static func setUse(_ purpose: Purpose, of raw: gnutls_x509_crt_t) throws(TLSFailure) {
    let step = "say what the certificate is for"
    switch purpose {
    case .authority:
      try TLSFailure.check(gnutls_x509_crt_set_basic_constraints(raw, 1, -1), step)
      try TLSFailure.check(
        gnutls_x509_crt_set_key_usage(raw, UInt32(GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)), step)
      try setIdentifier(of: raw)
    case .server(let hosts):
      try TLSFailure.check(gnutls_x509_crt_set_key_purpose_oid(raw, gnutls_oid_server(), 0), step)
      try TLSFailure.check(gnutls_x509_crt_set_key_usage(raw, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)), step)
      for host in hosts { try addHost(host, to: raw) }
    case .client:
      try TLSFailure.check(gnutls_x509_crt_set_key_purpose_oid(raw, gnutls_oid_client(), 0), step)
      try TLSFailure.check(gnutls_x509_crt_set_key_usage(raw, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)), step)
    }
  }

  private static func setIdentifier(of raw: gnutls_x509_crt_t) throws(TLSFailure) {
    var identifier = [UInt8](repeating: 0, count: 64)
    var size = identifier.count
    let step = "identify the authority's key"
    try TLSFailure.check(gnutls_x509_crt_get_key_id(raw, 0, &identifier, &size), step)
    try TLSFailure.check(gnutls_x509_crt_set_subject_key_id(raw, identifier, min(size, 20)), step)
  }

  /// An alternative name of the kind that fits: an address as bytes, anything else as a name.
  private static func addHost(_ host: String, to raw: gnutls_x509_crt_t) throws(TLSFailure) {
    var address = [UInt8](repeating: 0, count: 16)
    var result: Int32
    let append = UInt32(GNUTLS_FSAN_APPEND)
    if inet_pton(AF_INET, host, &address) == 1 {
      result = gnutls_x509_crt_set_subject_alt_name(raw, GNUTLS_SAN_IPADDRESS, address, 4, append)
    } else if inet_pton(AF_INET6, host, &address) == 1 {
      result = gnutls_x509_crt_set_subject_alt_name(raw, GNUTLS_SAN_IPADDRESS, address, 16, append)
    } else {
      result = gnutls_x509_crt_set_subject_alt_name(
        raw, GNUTLS_SAN_DNSNAME, host, UInt32(host.utf8.count), append)
    }
    try TLSFailure.check(result, "add the host \(host)")
  }
}
