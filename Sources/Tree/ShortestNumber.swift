extension Double {
  /// The shortest decimal text that reads back as this number, in the form of Go's encoding/json: without an exponent
  /// from 1e-6 to 1e21, and integral numbers without a fraction. The number must be finite.
  package var shortest: String {
    if self == 0 { return sign == .minus ? "-0" : "0" }
    let (digits, exponent) = decimal
    let sign = self < 0 ? "-" : ""
    if magnitude < 1e-6 || magnitude >= 1e21 { return sign + Self.scientific(digits, exponent) }
    if exponent <= 0 { return sign + "0." + String(repeating: "0", count: -exponent) + digits }
    let length = digits.utf8.count
    if exponent >= length { return sign + digits + String(repeating: "0", count: exponent - length) }
    return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
  }

  /// The shortest decimal text in the form of Go's `%v` and of kubectl's YAML: an exponent of at least two digits below
  /// 1e-4 and from 1e21. The number must be finite.
  package var general: String {
    if self == 0 || magnitude >= 1e-4 { return shortest }
    let (digits, exponent) = decimal
    let sign = self < 0 ? "-" : ""
    return sign + Self.scientific(digits, exponent, width: 2)
  }

  /// Significant digits, and where the point goes: 0.DIGITS times ten to that power.
  private var decimal: (digits: String, exponent: Int) {
    let parts = magnitude.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    exponent += mantissa[0].utf8.count
    var digits = mantissa.joined()
    while digits.hasSuffix("0") { digits.removeLast() }
    while digits.hasPrefix("0") {
      digits.removeFirst()
      exponent -= 1
    }
    return (digits, exponent)
  }

  private static func scientific(_ digits: String, _ exponent: Int, width: Int = 1) -> String {
    let fraction = digits.dropFirst()
    let power = exponent - 1
    let amount = String(power.magnitude)
    let padding = String(repeating: "0", count: Swift.max(0, width - amount.utf8.count))
    return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e" + (power < 0 ? "-" : "+") + padding
      + amount
  }
}
