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

  /// The sum; what does not fit 128 bits is as much as they hold.
  package static func + (left: Quantity, right: Quantity) -> Quantity {
    let (sum, hasOverflowed) = left.nanoValue.addingReportingOverflow(right.nanoValue)
    return Quantity(
      nanoValue: hasOverflowed ? (right.nanoValue < 0 ? .min : .max) : sum,
      format: left.nanoValue == 0 ? right.format : left.format)
  }

  /// The difference; what does not fit 128 bits is as much as they hold.
  package static func - (left: Quantity, right: Quantity) -> Quantity {
    let (difference, hasOverflowed) = left.nanoValue.subtractingReportingOverflow(right.nanoValue)
    return Quantity(
      nanoValue: hasOverflowed ? (right.nanoValue < 0 ? .max : .min) : difference,
      format: left.nanoValue == 0 ? right.format : left.format)
  }
}

extension Quantity: CustomStringConvertible {
  /// The canonical form: no fraction, the largest suffix that leaves none.
  package var description: String {
    guard nanoValue != 0 else { return "0" }
    if format == .binarySuffix, nanoValue % Self.nano == 0,
      nanoValue.magnitude >= 1024 * Self.nano.magnitude
    {
      return binaryText
    }
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
