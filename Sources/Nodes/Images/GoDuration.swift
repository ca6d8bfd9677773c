extension Duration {
  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3_600e9),
  ]

  /// The duration that a text in Go's form names: `1.5s`, `500ms`, `1h30m`; nil if it is none.
  init?(goText text: String) {
    var rest = text[...]
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let amount = Double(number), let unit = Self.units.first(where: { $0.name == name }) else { return nil }
      total += amount * unit.nanoseconds
    }
    guard total < 9e18 else { return nil }
    self = .nanoseconds(Int64(total))
  }

  /// As Go prints a duration of up to hours, to the millisecond: `850ms`, `2.134s`, `1m10s`.
  var goText: String {
    let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    if milliseconds < 1_000 { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
    let (minutes, rest) = milliseconds.quotientAndRemainder(dividingBy: 60_000)
    let seconds = Self.decimal(rest) + "s"
    if minutes == 0 { return seconds }
    return minutes < 60 ? "\(minutes)m\(seconds)" : "\(minutes / 60)h\(minutes % 60)m\(seconds)"
  }

  private static func decimal(_ milliseconds: Int64) -> String {
    let (whole, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    guard fraction > 0 else { return String(whole) }
    var digits = String(fraction + 1_000).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return "\(whole).\(digits)"
  }
}
