/// A length of time in nanoseconds, about 292 years at most, as in Kubernetes.
package struct CELDuration: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: CELDuration, right: CELDuration) -> Bool { left.nanoseconds < right.nanoseconds }

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("h", 3_600_000_000_000),
    ("m", 60_000_000_000), ("s", 1_000_000_000),
  ]

  /// A duration as Go writes it: "1h30m", "-1.5s", "250ms". nil for anything else, or where it does not fit.
  package init?(_ text: String) {
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" {
      self.init(nanoseconds: 0)
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = Self.part(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    self.init(nanoseconds: isNegative ? -total : total)
  }

  /// One number with its unit from the front of the text.
  private static func part(_ rest: inout Substring) -> Int64? {
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(whole.count)
    var decimals: Substring = ""
    if rest.hasPrefix(".") {
      decimals = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(1 + decimals.count)
    }
    guard !whole.isEmpty || !decimals.isEmpty, let unit = units.first(where: { rest.hasPrefix($0.name) }) else {
      return nil
    }
    rest = rest.dropFirst(unit.name.count)
    guard let number = Int64(whole.isEmpty ? "0" : whole) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.nanoseconds)
    let extra = decimals.isEmpty ? 0 : (Double("0." + decimals) ?? 0) * Double(unit.nanoseconds)
    let (sum, overflows) = product.addingReportingOverflow(Int64(extra))
    return overflow || overflows ? nil : sum
  }

  /// Seconds with a fraction: "5400s", "0.25s".
  package var description: String {
    let magnitude = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    return "\(sign)\(magnitude / 1_000_000_000)\(fraction(Int32(magnitude % 1_000_000_000)))s"
  }
}
