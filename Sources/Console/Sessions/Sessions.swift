import API
import HTTP
import Synchronization

/// Who is signed in by cookie. Kept in memory only, by the cookie's hash: after a restart a page signs in anew.
final class Sessions: Sendable {
  static let cookieName = "podium-session"
  /// Sessions that are kept; above it the oldest goes.
  private static let limit = 10_000

  private struct State {
    /// By the cookie's fingerprint.
    var callers: [String: Caller] = [:]
    var order: [String] = []
  }

  private let state = Mutex(State())
  private let onEnd: @Sendable (String) -> Void

  /// - Parameter onEnd: hears the fingerprint of each session that ends.
  init(onEnd: @escaping @Sendable (String) -> Void = { _ in }) { self.onEnd = onEnd }

  /// The SHA-256 of a secret, in hexadecimal: by what it is known.
  static func fingerprint(_ secret: String) -> String { SHA256.digest(Array(secret.utf8)).hexadecimal }

  /// Opens a session and gives the cookie's value.
  func open(for caller: Caller) -> String {
    let token = RandomBytes.make(32).hexadecimal
    let hash = Self.fingerprint(token)
    let oldest: String? = state.withLock { state in
      state.callers[hash] = caller
      state.order.append(hash)
      guard state.order.count > Self.limit else { return nil }
      let oldest = state.order.removeFirst()
      state.callers[oldest] = nil
      return oldest
    }
    oldest.map(onEnd)
    return token
  }

  func close(_ request: HTTPRequest) {
    guard let token = Self.cookie(in: request) else { return }
    let hash = Self.fingerprint(token)
    let wasOpen = state.withLock { state in
      state.order.removeAll { $0 == hash }
      return state.callers.removeValue(forKey: hash) != nil
    }
    if wasOpen { onEnd(hash) }
  }

  /// The user of the request's session; nil without one.
  func caller(of request: HTTPRequest) -> Caller? {
    guard let token = Self.cookie(in: request) else { return nil }
    return state.withLock { $0.callers[Self.fingerprint(token)] }
  }

  /// The value of the request's cookie; nil without one.
  static func cookie(in request: HTTPRequest) -> String? {
    for header in request.headers.all("Cookie") {
      for pair in header.split(separator: ";") {
        let sides = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if sides.count == 2, sides[0] == cookieName { return String(sides[1]) }
      }
    }
    return nil
  }
}

extension [UInt8] {
  /// The bytes that hexadecimal digits stand for; nil when something else is among them.
  init?(hexadecimal text: String) {
    let digits = text.utf8.map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 16) }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 < 16 }) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// Two lower-case digits a byte.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
