import CGnuTLS
import Glibc
import HTTP

/// What went wrong in a TLS client, with GnuTLS's code.
struct TLSClientError: Error {
  let code: Int32
}

/// A TLS connection over a raw socket, verifying the server against an authority.
final class TLSClient {
  private let client: RawClient
  /// GnuTLS keeps the pointer.
  private let host: UnsafeMutablePointer<CChar>?
  private var session: gnutls_session_t?
  private var credentials: gnutls_certificate_credentials_t?

  convenience init(
    port: UInt16, authority: String, host: String = "localhost", identity: CertificateAuthority.Identity? = nil,
    priorities: String = "NORMAL"
  ) throws {
    try self.init(
      over: RawClient(port: port), authority: authority, host: host, identity: identity, priorities: priorities)
  }

  init(
    over client: RawClient, authority: String, host: String = "localhost",
    identity: CertificateAuthority.Identity? = nil, priorities: String = "NORMAL"
  ) throws {
    self.client = client
    self.host = strdup(host)
    try check(gnutls_certificate_allocate_credentials(&credentials))
    try withDatum(authority) { try check(gnutls_certificate_set_x509_trust_mem(credentials, $0, GNUTLS_X509_FMT_PEM)) }
    if let identity {
      try withDatum(identity.certificate) { certificate in
        try withDatum(identity.key) { key in
          try check(gnutls_certificate_set_x509_key_mem(credentials, certificate, key, GNUTLS_X509_FMT_PEM))
        }
      }
    }
    let flags = UInt32(GNUTLS_CLIENT) | UInt32(GNUTLS_FORCE_CLIENT_CERT.rawValue)
    try check(gnutls_init(&session, flags))
    try check(gnutls_priority_set_direct(session, priorities, nil))
    try check(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials)))
    gnutls_session_set_verify_cert(session, self.host, 0)
    gnutls_transport_set_int2(session, client.descriptor, client.descriptor)
    try check(gnutls_handshake(session))
  }

  deinit {
    if let session { gnutls_deinit(session) }
    free(host)
    gnutls_certificate_free_credentials(credentials)
  }

  /// `TLS1.3`
  var version: String {
    gnutls_protocol_get_name(gnutls_protocol_get_version(session)).map { String(cString: $0) } ?? ""
  }

  func send(_ text: String) {
    _ = gnutls_record_send(session, text, text.utf8.count)
  }

  /// What the server sends, up to the given end or its closing.
  func text(endingWith end: String) -> String {
    var received = ""
    var buffer = [UInt8](repeating: 0, count: 16384)
    while !received.hasSuffix(end) {
      let count = gnutls_record_recv(session, &buffer, buffer.count)
      guard count > 0 else { break }
      received += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return received
  }

  /// Everything the server sends until it closes.
  func rest() -> String {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = gnutls_record_recv(session, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: received, as: UTF8.self) }
      received += buffer[..<count]
    }
  }

  private func check(_ code: Int32) throws {
    if code < 0 { throw TLSClientError(code: code) }
  }

  private func withDatum(_ text: String, _ body: (UnsafePointer<gnutls_datum_t>) throws -> Void) throws {
    var bytes = Array(text.utf8)
    try bytes.withUnsafeMutableBufferPointer { buffer in
      var datum = gnutls_datum_t(data: buffer.baseAddress, size: UInt32(buffer.count))
      try body(&datum)
    }
  }
}
