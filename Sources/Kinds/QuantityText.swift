/// How the text of a quantity is read: digits, perhaps a point, and a suffix or an exponent (k8s.io/apimachinery,
/// api/resource).
extension Quantity {
  private struct Scale {
    /// What the number is multiplied with: ten to the power of that.
    var tens = 0
    /// And two to the power of that.
    var twos = 0
    var format = Format.decimalSuffix
  }

  /// What a number of more digits, or one that does not fit, is cut to: the largest of 64 bits.
  private static let cap = UInt128(Int64.max) * 1_000_000_000
  /// Numbers of more digits, and all with a binary suffix, are cut to `cap`; others are kept as large as they are.
  private static let exactDigits = 18
  /// The most digits that are looked at; what stands behind them only rounds up.
  private static let digitsLimit = 37

  /// The amount that a text names; nil if it is none. What is finer than a billionth is rounded up.
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
    guard !whole.isEmpty || !fraction.isEmpty, var scale = Self.scale(bytes) else { return nil }
    scale.tens += 9 - fraction.count
    let digits = whole.drop { $0 == 48 } + fraction
    var magnitude = Self.magnitude(digits, scale)
    if scale.format == .binarySuffix || digits.count > Self.exactDigits {
      magnitude = min(magnitude ?? Self.cap, Self.cap)
    }
    let nanoValue = Int128(exactly: magnitude ?? Self.cap) ?? Int128(Self.cap)
    self.init(nanoValue: isNegative ? -nanoValue : nanoValue, format: scale.format)
  }

  /// The digits as a number, scaled and rounded up; nil if it is too large.
  private static func magnitude(_ digits: ArraySlice<UInt8>, _ scale: Scale) -> UInt128? {
    var tens = scale.tens + max(digits.count - digitsLimit, 0)
    var number: UInt128 = 0
    for digit in digits.prefix(digitsLimit) { number = number * 10 + UInt128(digit - 48) }
    var isRounded = digits.dropFirst(digitsLimit).contains { $0 != 48 }
    while tens < -digitsLimit, number > 0 {
      isRounded = isRounded || number % 10 != 0
      number /= 10
      tens += 1
    }
    guard number > 0 else { return isRounded ? 1 : 0 }
    while tens > 0 {
      let (product, hasOverflowed) = number.multipliedReportingOverflow(by: 10)
      if hasOverflowed { return nil }
      number = product
      tens -= 1
    }
    var divisor: UInt128 = 1
    for _ in 0..<(-tens) { divisor *= 10 }
    let product = number.multipliedFullWidth(by: 1 << UInt128(scale.twos))
    guard product.high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    return remainder > 0 || isRounded ? quotient.addingReportingOverflow(1).partialValue : quotient
  }

  private static func scale(_ suffix: ArraySlice<UInt8>) -> Scale? {
    let text = String(decoding: suffix, as: UTF8.self)
    if let tens = decimalSuffixes[text] { return Scale(tens: tens) }
    if let twos = binarySuffixes[text] { return Scale(twos: twos, format: .binarySuffix) }
    guard text.first == "e" || text.first == "E", let exponent = Int64(text.dropFirst()) else { return nil }
    return Scale(tens: Int(min(max(exponent, -1_000), 1_000)), format: .decimalExponent)
  }

  private static let decimalSuffixes = [
    "": 0, "n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
  ]
  private static let binarySuffixes = ["Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60]
}
