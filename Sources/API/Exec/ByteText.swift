/// Bytes as text, and back without loss: a byte that is no UTF-8 becomes a character of the last private-use plane.
///
/// Simulated containers hold their files and speak as text; what comes from outside may be any bytes.
package enum ByteText {
  private static let plane: UInt32 = 0x10_FF00
  /// How UTF-8 begins those characters.
  private static let planeStart: UInt8 = 0xF4

  /// The bytes as text.
  package static func text(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      if let (scalar, count) = scalar(bytes, at: index) {
        text.append(scalar)
        index += count
      } else {
        Unicode.Scalar(plane + UInt32(bytes[index])).map { text.append($0) }
        index += 1
      }
    }
    return String(text)
  }

  private static func scalar(_ bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let first = bytes[index]
    let count = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard count > 0, index + count <= bytes.count,
      let text = String(validating: bytes[index..<index + count], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return nil }
    return (scalar, count)
  }

  /// The bytes that the text was made of.
  package static func bytes(_ text: String) -> [UInt8] {
    let plain = Array(text.utf8)
    guard plain.contains(planeStart) else { return plain }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(plain.count)
    for scalar in text.unicodeScalars {
      if scalar.value >= plane + 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    return bytes
  }
}

/// Makes text of bytes that may be cut within a character.
package struct TextPieces {
  private var rest: [UInt8] = []

  /// Nothing yet.
  package init() {}

  /// The text up to the last whole character; what begins after it waits for its other bytes.
  package mutating func add(_ bytes: [UInt8]) -> String {
    rest += bytes
    var cut = rest.count
    for back in 1...3 where back <= rest.count {
      let byte = rest[rest.count - back]
      guard byte & 0xC0 != 0x80 else { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if length > back { cut = rest.count - back }
      break
    }
    defer { rest.removeFirst(cut) }
    return ByteText.text(Array(rest[..<cut]))
  }

  /// What still waits: no more bytes come.
  package mutating func end() -> String {
    defer { rest = [] }
    return ByteText.text(rest)
  }
}
