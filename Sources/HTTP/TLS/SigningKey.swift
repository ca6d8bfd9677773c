import CGnuTLS
import Synchronization

/// An RSA key that signs with SHA-256 by PKCS #1 version 1.5 (RFC 7518, `RS256`): the same bytes get the same signature.
///
///     let key = try SigningKey()
///     key.isSignature(key.signature(of: bytes), of: bytes)   // true
///
/// It may be used on any thread.
package final class SigningKey: Sendable {
  private static let bits: UInt32 = 2_048

  private struct Halves: @unchecked Sendable {
    let secret: gnutls_privkey_t
    let known: gnutls_pubkey_t
  }

  private let halves: Mutex<Halves>
  /// The secret half: PKCS #8, PEM. Keep it where nobody else reads it.
  package let pem: String
  /// Which key it is: the SHA-256 of its public half (SubjectPublicKeyInfo, DER).
  package let digest: [UInt8]
  /// The public half's number n, big-endian, without leading zeros.
  package let modulus: [UInt8]
  /// The public half's number e, likewise.
  package let exponent: [UInt8]

  /// A new key; to find its primes takes some ten to some hundred milliseconds.
  package convenience init() throws(TLSFailure) {
    try self.init(PrivateKey(rsaBits: Self.bits))
  }

  /// A key made earlier.
  package convenience init(pem: String) throws(TLSFailure) {
    try self.init(PrivateKey(pem: pem))
  }

  private init(_ key: PrivateKey) throws(TLSFailure) {
    pem = try key.pem()
    let halves = try Self.halves(of: key)
    do throws(TLSFailure) {
      digest = SHA256.digest(
        try Self.bytes("read the key") { gnutls_pubkey_export2(halves.known, GNUTLS_X509_FMT_DER, $0) })
      var (modulus, exponent) = (gnutls_datum_t(), gnutls_datum_t())
      let flags = UInt32(GNUTLS_EXPORT_FLAG_NO_LZ.rawValue)
      try TLSFailure.check(
        gnutls_pubkey_export_rsa_raw2(halves.known, &modulus, &exponent, flags), "read the key's numbers")
      self.modulus = Self.taken(&modulus)
      self.exponent = Self.taken(&exponent)
    } catch {
      gnutls_privkey_deinit(halves.secret)
      gnutls_pubkey_deinit(halves.known)
      throw error
    }
    self.halves = Mutex(halves)
  }

  deinit {
    halves.withLock { halves in
      gnutls_privkey_deinit(halves.secret)
      gnutls_pubkey_deinit(halves.known)
    }
  }

  /// The signature of the bytes.
  package func signature(of bytes: [UInt8]) -> [UInt8] {
    var signature = gnutls_datum_t()
    let result = halves.withLock { halves in
      Self.withDatum(bytes) { data in
        gnutls_privkey_sign_data2(halves.secret, GNUTLS_SIGN_RSA_SHA256, 0, data, &signature)
      }
    }
    precondition(result == 0, "GnuTLS does not sign with a key that it has read")
    return Self.taken(&signature)
  }

  /// Whether this key signed exactly these bytes.
  package func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    halves.withLock { halves in
      Self.withDatum(bytes) { data in
        Self.withDatum(signature) { signature in
          gnutls_pubkey_verify_data2(halves.known, GNUTLS_SIGN_RSA_SHA256, 0, data, signature) >= 0
        }
      }
    }
  }

  private static func halves(of key: PrivateKey) throws(TLSFailure) -> Halves {
    var (secret, known): (gnutls_privkey_t?, gnutls_pubkey_t?)
    try TLSFailure.check(gnutls_privkey_init(&secret), "make a key")
    try TLSFailure.check(gnutls_pubkey_init(&known), "make a key")
    guard let secret, let known else { throw TLSFailure(action: "make a key", code: GNUTLS_E_MEMORY_ERROR) }
    let copy = UInt32(GNUTLS_PRIVKEY_IMPORT_COPY.rawValue)
    try TLSFailure.check(gnutls_privkey_import_x509(secret, key.raw, copy), "use the key")
    try TLSFailure.check(gnutls_pubkey_import_privkey(known, secret, 0, 0), "use the key")
    return Halves(secret: secret, known: known)
  }

  private static func withDatum<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<gnutls_datum_t>) -> Result) -> Result {
    var bytes = bytes
    let count = UInt32(clamping: bytes.count)
    return bytes.withUnsafeMutableBufferPointer { buffer in
      var datum = gnutls_datum_t(data: buffer.baseAddress, size: count)
      return body(&datum)
    }
  }

  private static func bytes(
    _ action: String, _ body: (UnsafeMutablePointer<gnutls_datum_t>) -> Int32
  ) throws(TLSFailure) -> [UInt8] {
    var datum = gnutls_datum_t()
    try TLSFailure.check(body(&datum), action)
    return taken(&datum)
  }

  /// The bytes that GnuTLS made, and frees them.
  private static func taken(_ datum: inout gnutls_datum_t) -> [UInt8] {
    defer { gnutls_release(&datum) }
    return Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)))
  }
}
