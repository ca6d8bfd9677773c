import Tree

/// Amounts that are a number or a percentage of a whole (`maxUnavailable: 1`, `minAvailable: 50%`).
enum Share {
  /// The number that is meant; nil where neither a number nor a percentage stands there.
  static func count(_ amount: Value?, of total: Int, roundingUp: Bool) -> Int? {
    if let number = amount?.integer { return Int(clamping: number) }
    guard let text = amount?.string, text.hasSuffix("%"), let percent = Int(text.dropLast()) else { return nil }
    let (product, hasOverflowed) = percent.multipliedReportingOverflow(by: total)
    if hasOverflowed { return nil }
    return (product + (roundingUp ? 99 : 0)) / 100
  }
}
