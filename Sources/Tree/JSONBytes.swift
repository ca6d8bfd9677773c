/// Looks at the bytes of strings eight at a time: most of a JSON text is strings that need nothing done to them.
enum JSONBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The byte in all eight places.
  @inline(__always)
  private static func repeated(_ byte: UInt8) -> UInt64 { ones &* UInt64(byte) }

  /// Has the high bit of each byte set that is zero; of those above the first such byte perhaps others too
  /// (Henry S. Warren, "Hacker's Delight", "Find First 0-Byte").
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  @inline(__always)
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + index).loadUnaligned(as: UInt64.self))
  }

  // MARK: Writing

  /// How many bytes from the index on are written as they are.
  @inline(__always)
  static func plainPrefix(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let found = special(word(bytes, at: index))
      if found != 0 {
        index += found.trailingZeroBitCount / 8
        if isPlain(bytes[index]) { break }
        return index - start
      }
      index += 8
    }
    while index < bytes.count, isPlain(bytes[index]) { index += 1 }
    return index - start
  }

  /// Marks the first byte that is perhaps not written as it is: a control character, `"`, `&`, `<`, `>`, a backslash, or
  /// one that is not ASCII.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    // `"` and `&` differ in one bit, `<` and `>` in another.
    zeros(word & repeated(0xE0)) | zeros((word | repeated(0x04)) ^ repeated(0x26))
      | zeros((word | repeated(0x02)) ^ repeated(0x3E)) | zeros(word ^ repeated(UInt8(ascii: "\\"))) | word & highs
  }

  /// Whether the byte is written as it is: all from the blank on but `"`, `&`, `<`, `>`, the backslash, and what U+2028
  /// begins with.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    if byte >= 64 { return byte != UInt8(ascii: "\\") && byte != 0xE2 }
    return (0xAFFF_FFBB_0000_0000 as UInt64) >> UInt64(byte) & 1 == 1
  }

  // MARK: Reading

  /// How many bytes from the index on are neither a control character nor `"` nor a backslash, as far as eight at a
  /// time can be looked at; `seen` gets the high bit if one of them has it.
  @inline(__always)
  static func textPrefix(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, seen: inout UInt8) -> Int {
    var index = start
    var bits: UInt64 = 0
    while index + 8 <= bytes.count {
      let word = word(bytes, at: index)
      let ends =
        zeros(word & repeated(0xE0)) | zeros(word ^ repeated(UInt8(ascii: "\"")))
        | zeros(word ^ repeated(UInt8(ascii: "\\")))
      if ends != 0 {
        let below = UInt64(ends.trailingZeroBitCount & ~7)
        bits |= word & (1 << below - 1)
        index += Int(below / 8)
        break
      }
      bits |= word
      index += 8
    }
    if bits & highs != 0 { seen |= 0x80 }
    return index - start
  }
}
