import Kinds
import Tree

/// The texts that a ConfigMap or Secret holds.
enum ConfigurationData {
  static func texts(of object: Value, kind: Kind) -> [(key: String, text: String)] {
    guard let data = object["data"] else { return [] }
    let isSecret = kind == .secret
    return TextMap(data).pairs.map { ($0.key, isSecret ? decoded($0.value) : $0.value) }
  }

  /// The text that Base64 (RFC 4648) stands for; what is not of its alphabet is passed over.
  static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    for byte in text.utf8 {
      guard let digit = digit(byte) else { continue }
      buffer = buffer << 6 | digit
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 97 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
