/// What the classroom needs of cryptography, handed in by whoever runs it: this target links no TLS library.
package struct Cryptography: Sendable {
  /// So many unguessable bytes.
  package let randomBytes: @Sendable (Int) -> [UInt8]
  /// The SHA-256 of the bytes.
  package let digest: @Sendable ([UInt8]) -> [UInt8]

  package init(
    randomBytes: @escaping @Sendable (Int) -> [UInt8], digest: @escaping @Sendable ([UInt8]) -> [UInt8]
  ) {
    self.randomBytes = randomBytes
    self.digest = digest
  }

  /// A random text of 48 hexadecimal digits: 192 bits.
  func token() -> String { Self.hexadecimal(randomBytes(24)) }

  /// By what a secret is kept: the digest of its text, in hexadecimal. Only for texts made by chance, of 58 bits
  /// and more.
  func fingerprint(_ secret: String) -> String { Self.hexadecimal(digest(Array(secret.utf8))) }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
func isEqual(_ one: String, _ other: String) -> Bool {
  let (one, other) = (Array(one.utf8), Array(other.utf8))
  guard one.count == other.count else { return false }
  return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
