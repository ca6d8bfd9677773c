/// An IPv4 address as a number.
package struct IPv4Address: Sendable, Hashable {
  package let bits: UInt32

  /// Nil where the text is no address of four numbers.
  package init?(_ text: String) {
    var bits: UInt32 = 0
    var part: UInt32?
    var dots = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let next = (part ?? 0) * 10 + UInt32(byte - UInt8(ascii: "0"))
        guard next < 256 else { return nil }
        part = next
      case UInt8(ascii: "."):
        guard let value = part, dots < 3 else { return nil }
        bits = bits << 8 | value
        part = nil
        dots += 1
      default: return nil
      }
    }
    guard let last = part, dots == 3 else { return nil }
    self.bits = bits << 8 | last
  }
}

/// A range of addresses: `10.0.0.0/8`.
package struct AddressBlock: Sendable, Hashable {
  private let base: UInt32
  private let mask: UInt32

  /// Nil where the text is no range of IPv4 addresses.
  package init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let length = UInt32(parts[1]), length <= 32, let address = IPv4Address(String(parts[0]))
    else { return nil }
    mask = length == 0 ? 0 : ~UInt32(0) << (32 - length)
    base = address.bits & mask
  }

  package func contains(_ address: IPv4Address) -> Bool { address.bits & mask == base }
}
