import CGnuTLS

/// Writes to an encrypted connection past libmicrohttpd.
enum TLSWriter {
  /// Sends bytes and says goodbye, as far as the socket takes them without waiting.
  static func sendLast(_ bytes: [UInt8], session raw: UnsafeMutableRawPointer) {
    let session = OpaquePointer(raw)
    _ = gnutls_record_send(session, bytes, bytes.count)
    _ = gnutls_bye(session, GNUTLS_SHUT_WR)
  }
}
