/// An address of the Internet Protocol, as its bytes: four or sixteen (RFC 791, RFC 4291).
struct AddressBytes: Equatable {
  let bytes: [UInt8]

  var isVersion4: Bool { bytes.count == 4 }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The address that a text writes; nil for zones, leading zeros, and IPv4 inside of IPv6.
  init?(_ text: String) {
    guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
    self.bytes = bytes
  }

  private static func version4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard part.utf8.allSatisfy({ (48...57).contains($0) }), part == "0" || part.first != "0", let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, !text.contains("."), !text.contains(":::") else { return nil }
    var groups: [[UInt16]] = []
    for half in halves {
      var words: [UInt16] = []
      for part in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(part.utf8.count), let word = UInt16(part, radix: 16), part.first != "+" else {
          return nil
        }
        words.append(word)
      }
      groups.append(words)
    }
    let count = groups.reduce(0) { $0 + $1.count }
    guard halves.count == 1 ? count == 8 : count < 8 else { return nil }
    let words = groups[0] + [UInt16](repeating: 0, count: 8 - count) + (groups.count > 1 ? groups[1] : [])
    return words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }

  /// The canonical text (RFC 5952).
  var text: String {
    if isVersion4 { return bytes.map { String($0) }.joined(separator: ".") }
    let words = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, words[end] == 0 { end += 1 }
      if end - start > longest.count, end - start > 1 { longest = start..<end }
      start = max(end, start + 1)
    }
    func joined(_ words: ArraySlice<UInt16>) -> String { words.map { String($0, radix: 16) }.joined(separator: ":") }
    if longest.isEmpty { return joined(words[...]) }
    return joined(words[..<longest.lowerBound]) + "::" + joined(words[longest.upperBound...])
  }

  /// The address with all bits after the first `length` cleared.
  func masked(_ length: Int) -> AddressBytes {
    AddressBytes(
      bytes: bytes.enumerated().map { index, byte in
        let kept = min(8, max(0, length - index * 8))
        return kept == 0 ? 0 : byte & (UInt8.max << UInt8(8 - kept))
      })
  }

  var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
  var isLoopback: Bool { isVersion4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 }
  var isMulticast: Bool { isVersion4 ? bytes[0] & 0xf0 == 224 : bytes[0] == 0xff }
  var isLinkLocalMulticast: Bool {
    isVersion4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xff && bytes[1] & 0x0f == 2
  }
  var isLinkLocalUnicast: Bool {
    isVersion4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80
  }
  var isGlobalUnicast: Bool {
    let isBroadcast = isVersion4 && bytes.allSatisfy { $0 == 255 }
    return !isBroadcast && !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }
}
