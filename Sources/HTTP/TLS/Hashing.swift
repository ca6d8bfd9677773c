import CGnuTLS

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
  /// The digest's 32 bytes.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let result = gnutls_hash_fast(GNUTLS_DIG_SHA256, bytes, bytes.count, &digest)
    precondition(result == 0, "GnuTLS has no SHA-256")
    return digest
  }
}

/// Unguessable bytes.
package enum RandomBytes {
  /// So many bytes fit for keys and tokens.
  package static func make(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = gnutls_rnd(GNUTLS_RND_KEY, &bytes, bytes.count)
    precondition(result == 0, "the system gives no randomness")
    return bytes
  }
}
