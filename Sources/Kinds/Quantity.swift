/// An amount of a resource: `500m`, `1.5Gi`, `2e3` (API reference, Quantity).
///
/// Held as nano-units in 128 bits, which is Kubernetes' own precision; what is finer is rounded up.
package struct Quantity: Sendable {
  /// How the amount is written, kept through arithmetic.
  package enum Format: Sendable {
    case decimalSuffix
    case binarySuffix
    case decimalExponent
  }

  package private(set) var nanoValue: Int128
  package let format: Format

  package static let zero = Quantity(nanoValue: 0, format: .decimalSuffix)

  package init(nanoValue: Int128, format: Format) {
    self.nanoValue = nanoValue
    self.format = format
  }

  package init(value: Int64, format: Format = .decimalSuffix) {
    self.init(nanoValue: Int128(value) * Self.nano, format: format)
  }

  package init(milliValue: Int64, format: Format = .decimalSuffix) {
    self.init(nanoValue: Int128(milliValue) * 1_000_000, format: format)
  }

  private static let nano: Int128 = 1_000_000_000
  private static let suffixes: [(text: String, factor: Int128, format: Format)] = [
    ("Ki", 1 << 10, .binarySuffix), ("Mi", 1 << 20, .binarySuffix), ("Gi", 1 << 30, .binarySuffix),
    ("Ti", 1 << 40, .binarySuffix), ("Pi", 1 << 50, .binarySuffix), ("Ei", 1 << 60, .binarySuffix),
    ("k", 1_000, .decimalSuffix), ("M", 1_000_000, .decimalSuffix), ("G", 1_000_000_000, .decimalSuffix),
    ("T", 1_000_000_000_000, .decimalSuffix), ("P", 1_000_000_000_000_000, .decimalSuffix),
    ("E", 1_000_000_000_000_000_000, .decimalSuffix),
  ]

  /// The amount that a text names; nil if it is none.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    let whole = bytes.prefix { $0 >= 48 && $0 <= 57 }
    bytes = bytes.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if bytes.first == UInt8(ascii: ".") {
      fraction = bytes.dropFirst().prefix { $0 >= 48 && $0 <= 57 }
      bytes = bytes.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, whole.count <= 19, fraction.count <= 18 else { return nil }
    guard let (multiplier, divisor, format) = Self.scale(String(decoding: bytes, as: UTF8.self)) else { return nil }
    var digits: Int128 = 0
    for byte in whole + fraction { digits = digits * 10 + Int128(byte - 48) }
    var denominator = divisor
    for _ in fraction { denominator *= 10 }
    let (scaled, overflow) = (digits * multiplier).multipliedReportingOverflow(by: Self.nano)
    guard !overflow else { return nil }
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: denominator)
    let magnitude = quotient + (remainder > 0 ? 1 : 0)
    self.init(nanoValue: isNegative ? -magnitude : magnitude, format: format)
  }

  private static func scale(_ suffix: String) -> (multiplier: Int128, divisor: Int128, format: Format)? {
    switch suffix {
    case "": return (1, 1, .decimalSuffix)
    case "n": return (1, 1_000_000_000, .decimalSuffix)
    case "u": return (1, 1_000_000, .decimalSuffix)
    case "m": return (1, 1_000, .decimalSuffix)
    default: break
    }
    if let entry = suffixes.first(where: { $0.text == suffix }) { return (entry.factor, 1, entry.format) }
    guard suffix.first == "e" || suffix.first == "E", let exponent = Int(suffix.dropFirst()), abs(exponent) <= 18 else {
      return nil
    }
    var factor: Int128 = 1
    for _ in 0..<abs(exponent) { factor *= 10 }
    return exponent >= 0 ? (factor, 1, .decimalExponent) : (1, factor, .decimalExponent)
  }

  /// Whole units, rounded up.
  package var value: Int64 { Int64(clamping: Self.roundedUp(nanoValue, by: Self.nano)) }

  /// Thousandths, rounded up: what CPU is counted in.
  package var milliValue: Int64 { Int64(clamping: Self.roundedUp(nanoValue, by: 1_000_000)) }

  private static func roundedUp(_ amount: Int128, by unit: Int128) -> Int128 {
    let (quotient, remainder) = amount.quotientAndRemainder(dividingBy: unit)
    return quotient + (remainder > 0 ? 1 : 0)
  }
}

extension Quantity: Comparable, Hashable {
  package static func == (left: Quantity, right: Quantity) -> Bool { left.nanoValue == right.nanoValue }
  package static func < (left: Quantity, right: Quantity) -> Bool { left.nanoValue < right.nanoValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(nanoValue) }

  package static func + (left: Quantity, right: Quantity) -> Quantity {
    Quantity(nanoValue: left.nanoValue + right.nanoValue, format: left.nanoValue == 0 ? right.format : left.format)
  }

  package static func - (left: Quantity, right: Quantity) -> Quantity {
    Quantity(nanoValue: left.nanoValue - right.nanoValue, format: left.nanoValue == 0 ? right.format : left.format)
  }
}

extension Quantity: CustomStringConvertible {
  /// The canonical form: no fraction, the largest suffix that leaves none.
  package var description: String {
    guard nanoValue != 0 else { return "0" }
    if format == .binarySuffix, nanoValue % Self.nano == 0, abs(nanoValue) >= 1024 * Self.nano { return binaryText }
    return decimalText
  }

  private var binaryText: String {
    var amount = nanoValue / Self.nano
    var suffix = ""
    for next in ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] {
      guard amount % 1024 == 0 else { break }
      amount /= 1024
      suffix = next
    }
    return String(amount) + suffix
  }

  private var decimalText: String {
    var amount = nanoValue
    var exponent = -9
    while amount % 1_000 == 0, exponent < 18 {
      amount /= 1_000
      exponent += 3
    }
    if format == .decimalExponent { return String(amount) + (exponent == 0 ? "" : "e\(exponent)") }
    let suffix = [-9: "n", -6: "u", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P", 18: "E"][exponent] ?? ""
    return String(amount) + suffix
  }
}
