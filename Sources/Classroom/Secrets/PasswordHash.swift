import CArgon2

/// A password as it is kept: by Argon2id (RFC 9106), which needs much memory for every guess.
package struct PasswordHash: Sendable, Equatable {
  /// How hard a guess is.
  package struct Cost: Sendable {
    /// KiB of memory for one hash.
    package let memory: UInt32
    /// Passes over that memory.
    package let passes: UInt32

    package init(memory: UInt32, passes: UInt32) {
      self.memory = memory
      self.passes = passes
    }

    /// RFC 9106's second recommendation, in one lane: 64 MiB, three passes; a tenth of a second here.
    package static let standard = Cost(memory: 64 << 10, passes: 3)
  }

  private static let lanes: UInt32 = 1
  private static let saltLength = 16
  private static let hashLength = 32
  /// Characters that a password must and may have.
  package static let lengths = 8...256

  /// Algorithm, parameters, salt and hash in one text (the reference implementation's encoding).
  package let text: String

  package init(text: String) { self.text = text }

  /// Hashes a password; nil where the memory for it cannot be had.
  package init?(of password: String, cost: Cost = .standard, salt: [UInt8]) {
    precondition(salt.count == Self.saltLength, "a salt has \(Self.saltLength) bytes")
    let password = Array(password.utf8)
    var encoded = [CChar](
      repeating: 0,
      count: argon2_encodedlen(
        cost.passes, cost.memory, Self.lanes, UInt32(salt.count), UInt32(Self.hashLength), Argon2_id))
    let code = argon2id_hash_encoded(
      cost.passes, cost.memory, Self.lanes, password, password.count, salt, salt.count, Self.hashLength, &encoded,
      encoded.count)
    guard code == ARGON2_OK.rawValue else { return nil }
    text = String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  package init?(of password: String, cost: Cost = .standard, _ cryptography: Cryptography) {
    self.init(of: password, cost: cost, salt: cryptography.randomBytes(Self.saltLength))
  }

  /// Whether it is that password.
  package func matches(_ password: String) -> Bool {
    let password = Array(password.utf8)
    return argon2id_verify(text, password, password.count) == ARGON2_OK.rawValue
  }
}
