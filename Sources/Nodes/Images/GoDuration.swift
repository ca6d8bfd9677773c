extension Duration {
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
