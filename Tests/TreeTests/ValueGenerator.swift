import Tree

/// Values to try the readers and writers with; the same seed gives the same value.
struct ValueGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  /// A number from 0 up to but without the bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func value(depth: Int) -> Value {
    switch below(depth > 0 ? 9 : 6) {
    case 0: .null
    case 1: .boolean(below(2) == 0)
    case 2: .integer(Int64(bitPattern: next()) >> Int64(below(64)))
    case 3: .number(Double(Int64(bitPattern: next()) >> 20) / 1024 + 0.5 / 1024)
    case 4, 5: .string(text())
    case 6: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
    default: .object(Members((0..<below(6)).map { _ in (text(), value(depth: depth - 1)) }))
    }
  }

  mutating func text() -> String {
    let pieces = [
      "a", "name", " ", "\n", "\"", "\\", "<", "é", "한", "😀", "\t", ":", "-", "#", "true", "1", "0x", "~", "null", "'",
      "{", "[", ",", "\u{7f}", "\u{2028}", "e3", ".", "=", "%", "@", "!", "&", "*", "|", ">", "  ", "yes", "\u{feff}",
      "\r",
    ]
    return (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
  }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
