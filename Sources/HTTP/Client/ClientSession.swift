import CGnuTLS

/// The client's side of a TLS connection.
final class ClientSession {
  private let raw: gnutls_session_t
  private let credentials: gnutls_certificate_credentials_t
  private let socket: ClientSocket
  private let deadline: Deadline

  /// Shakes hands with the server, whose certificate must be trusted and name the host.
  init(_ socket: ClientSocket, host: String, certificates: String, deadline: Deadline) throws(HTTPSClient.Failure) {
    self.socket = socket
    self.deadline = deadline
    var credentials: gnutls_certificate_credentials_t?
    guard gnutls_certificate_allocate_credentials(&credentials) >= 0, let credentials else { throw Self.noMemory }
    var session: gnutls_session_t?
    guard gnutls_init(&session, GNUTLS_CLIENT.rawValue) >= 0, let session else {
      gnutls_certificate_free_credentials(credentials)
      throw Self.noMemory
    }
    raw = session
    self.credentials = credentials
    try trust(certificates)
    gnutls_set_default_priority(session)
    gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(credentials))
    if !ClientSocket.isAddress(host) {
      gnutls_server_name_set(session, GNUTLS_NAME_DNS, host, host.utf8.count)
    }
    // GnuTLS keeps the pointer: the name lives until the handshake is over.
    try host.withCStringOfSession { name throws(HTTPSClient.Failure) in
      gnutls_session_set_verify_cert(session, name, 0)
      gnutls_transport_set_int2(session, socket.descriptor, socket.descriptor)
      try handshake(host)
    }
  }

  deinit {
    gnutls_bye(raw, GNUTLS_SHUT_WR)
    gnutls_deinit(raw)
    gnutls_certificate_free_credentials(credentials)
  }

  private static let noMemory = HTTPSClient.Failure(message: "tls: no memory for a session")

  private func trust(_ certificates: String) throws(HTTPSClient.Failure) {
    guard !certificates.isEmpty else {
      _ = gnutls_certificate_set_x509_system_trust(credentials)
      return
    }
    let credentials = credentials
    let count = PEM.withDatum(certificates) {
      gnutls_certificate_set_x509_trust_mem(credentials, $0, GNUTLS_X509_FMT_PEM)
    }
    if count <= 0 {
      throw HTTPSClient.Failure(message: "unable to load root certificates: unable to parse bytes as PEM block")
    }
  }

  private func handshake(_ host: String) throws(HTTPSClient.Failure) {
    while true {
      try socket.limitWaiting(deadline)
      let code = gnutls_handshake(raw)
      if code >= 0 { return }
      if code == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR { throw distrust(host) }
      if gnutls_error_is_fatal(code) != 0 { throw failure(code) }
    }
  }

  /// Why the server's certificate is not trusted.
  private func distrust(_ host: String) -> HTTPSClient.Failure {
    let status = gnutls_session_get_verify_cert_status(raw)
    func has(_ flag: gnutls_certificate_status_t) -> Bool { status & flag.rawValue != 0 }
    let why: String
    if has(GNUTLS_CERT_SIGNER_NOT_FOUND) {
      why = "certificate signed by unknown authority"
    } else if has(GNUTLS_CERT_UNEXPECTED_OWNER) {
      why = "certificate is not valid for any names, but wanted to match \(host)"
    } else if has(GNUTLS_CERT_EXPIRED) || has(GNUTLS_CERT_NOT_ACTIVATED) {
      why = "certificate has expired or is not yet valid"
    } else {
      why = "certificate is not trusted"
    }
    return HTTPSClient.Failure(message: "tls: failed to verify certificate: x509: " + why)
  }

  private func failure(_ code: Int32) -> HTTPSClient.Failure {
    switch code {
    case GNUTLS_E_PREMATURE_TERMINATION, GNUTLS_E_PULL_ERROR: return HTTPSClient.Failure(message: "EOF")
    case GNUTLS_E_UNEXPECTED_PACKET_LENGTH, GNUTLS_E_UNSUPPORTED_VERSION_PACKET:
      return HTTPSClient.Failure(message: "tls: first record does not look like a TLS handshake")
    default:
      return HTTPSClient.Failure(message: "tls: " + (gnutls_strerror(code).map { String(cString: $0) } ?? "\(code)"))
    }
  }

  /// Sends all bytes.
  func send(_ bytes: [UInt8]) throws(HTTPSClient.Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try socket.limitWaiting(deadline)
      let sent = rest.withUnsafeBytes { gnutls_record_send(raw, $0.baseAddress, $0.count) }
      if sent > 0 {
        rest = rest.dropFirst(sent)
      } else if gnutls_error_is_fatal(Int32(sent)) != 0 {
        throw failure(Int32(sent))
      }
    }
  }

  /// What comes next; nothing at the connection's end.
  func receive() throws(HTTPSClient.Failure) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      try socket.limitWaiting(deadline)
      let count = gnutls_record_recv(raw, &buffer, buffer.count)
      if count >= 0 { return Array(buffer.prefix(count)) }
      // A server that closes without a goodbye has still answered.
      if Int32(count) == GNUTLS_E_PREMATURE_TERMINATION { return [] }
      if gnutls_error_is_fatal(Int32(count)) != 0 { throw failure(Int32(count)) }
    }
  }
}

extension String {
  fileprivate func withCStringOfSession(
    _ body: (UnsafePointer<CChar>) throws(HTTPSClient.Failure) -> Void
  ) throws(HTTPSClient.Failure) {
    let bytes = utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    defer { copy.deallocate() }
    for (index, byte) in bytes.enumerated() { copy[index] = byte }
    try body(copy)
  }
}
