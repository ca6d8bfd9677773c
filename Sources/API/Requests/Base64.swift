/// Base64 (RFC 4648): the alphabet of addresses (section 5), written without padding, or the standard one (section 4).
package enum Base64 {
  package enum Alphabet {
    case address
    case standard

    fileprivate var last: [UInt8] { Array((self == .address ? "-_" : "+/").utf8) }
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  package static func encode(_ bytes: [UInt8], alphabet: Alphabet = .address) -> String {
    let digits = letters + alphabet.last
    var text: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { text.append(digits[Int(bits << UInt32(6 - count) & 63)]) }
    while alphabet == .standard, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes, whether the text is padded or not; nil for a character that is no digit.
  package static func decode(_ text: String, alphabet: Alphabet = .address) -> [UInt8]? {
    let digits = letters + alphabet.last
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for character in text.utf8 where character != UInt8(ascii: "=") {
      guard let digit = digits.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
