/// Base64 with padding (RFC 4648, section 4), as Go's `base64.StdEncoding` reads it: line ends are skipped.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The bytes as text, with padding.
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = Array(bytes)[...]
    while let first = rest.popFirst() {
      let second = rest.popFirst()
      let third = rest.popFirst()
      let bits = Int(first) << 16 | Int(second ?? 0) << 8 | Int(third ?? 0)
      text.append(alphabet[bits >> 18])
      text.append(alphabet[bits >> 12 & 63])
      text.append(second == nil ? UInt8(ascii: "=") : alphabet[bits >> 6 & 63])
      text.append(third == nil ? UInt8(ascii: "=") : alphabet[bits & 63])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text; nil if it is no base64.
  package static func decode(_ text: String) -> [UInt8]? {
    guard firstError(in: text) == nil else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var width: UInt32 = 0
    for byte in text.utf8 {
      guard let digit = digit(byte) else { continue }
      bits = bits << 6 | UInt32(digit)
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> width))
      }
    }
    return bytes
  }

  /// Where the first byte stands that does not belong there; nil if the text is base64.
  static func firstError(in text: String) -> Int? {
    var digits = 0
    var padding = 0
    for (offset, byte) in text.utf8.enumerated() where byte != 0x0A && byte != 0x0D {
      if byte == UInt8(ascii: "=") {
        let place = (digits + padding) % 4
        if place < 2 || padding == 2 { return offset }
        padding += 1
      } else if digit(byte) == nil || padding > 0 {
        return offset
      } else {
        digits += 1
      }
    }
    return (digits + padding) % 4 == 0 ? nil : text.utf8.count
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
