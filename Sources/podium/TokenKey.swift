import API
import Console
import Glibc
import HTTP
import Logging
import Synchronization
import Tree

/// The key that signs service accounts' tokens: made at the first start, kept in the data directory.
///
/// To make one takes longer than a start may: `prepare` has another thread do it; who needs it earlier makes it.
final class TokenKey: TokenSigner {
  private let data: DataDirectory
  private let file: String
  private let logger: Logger
  private let key = Mutex<SigningKey?>(nil)

  let algorithm = "RS256"

  init(in data: DataDirectory, logger: Logger) throws(Refusal) {
    try data.make(data.keys)
    self.data = data
    self.logger = logger
    file = data.keys + "/service-accounts.key"
    guard access(file, F_OK) == 0 else { return }
    let kept = try read()
    key.withLock { $0 = kept }
  }

  /// Begins to make the key, where there is none.
  func prepare() {
    guard key.withLock({ $0 == nil }) else { return }
    DetachedThread.start { [self] in _ = present }
  }

  var keyID: String { Base64.encode(present.digest) }

  var publicKey: Value {
    let key = present
    return [
      "kty": "RSA", "n": .string(Base64.encode(key.modulus)), "e": .string(Base64.encode(key.exponent)),
    ]
  }

  func signature(of bytes: [UInt8]) -> [UInt8] { present.signature(of: bytes) }

  func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { present.isSignature(signature, of: bytes) }

  private func read() throws(Refusal) -> SigningKey {
    guard let bytes = FileContents.read(file) else {
      throw Refusal("the file \(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    do throws(TLSFailure) {
      return try SigningKey(pem: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw Refusal("the key \(file) cannot be used (\(error)): remove it, and tokens that it signed are good no more")
    }
  }

  private var present: SigningKey {
    key.withLock { key in
      if let key { return key }
      let made = make()
      key = made
      return made
    }
  }

  private func make() -> SigningKey {
    let made: SigningKey
    do throws(TLSFailure) {
      made = try SigningKey()
    } catch {
      preconditionFailure("a key that signs tokens cannot be made: \(error)")
    }
    do throws(Refusal) {
      try data.write(made.pem, to: file)
    } catch {
      logger.error("tokens of service accounts will end with this server: \(error)")
    }
    return made
  }
}
