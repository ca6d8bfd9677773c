/// π to many digits, by Machin's formula (1706) in whole numbers: π = 16 arctan(1/5) − 4 arctan(1/239).
enum Pi {
  private static let base: UInt64 = 1_000_000_000
  private static let digitsPerLimb = 9

  /// `3.14159…` with that many significant digits, the last one rounded.
  static func text(digits: Int) -> String {
    let limbs = digits / digitsPerLimb + 4
    let left = multiplied(inverseArctangent(5, limbs: limbs), by: 16)
    let right = multiplied(inverseArctangent(239, limbs: limbs), by: 4)
    let pi = subtracted(left, right)
    var fraction = ""
    for limb in pi.dropFirst() { fraction += padded(limb) }
    return rounded("3" + fraction, to: digits)
  }

  private static func rounded(_ text: String, to digits: Int) -> String {
    var kept = text.utf8.prefix(digits).map { $0 - 48 }
    let next = text.utf8.dropFirst(digits).first ?? 48
    var index = kept.count - 1
    var carry = next >= 53
    while carry, index >= 0 {
      carry = kept[index] == 9
      kept[index] = carry ? 0 : kept[index] + 1
      index -= 1
    }
    let all = String(decoding: kept.map { $0 + 48 }, as: UTF8.self)
    return digits == 1 ? all : String(all.prefix(1)) + "." + all.dropFirst()
  }

  private static func padded(_ limb: UInt64) -> String {
    let text = String(limb)
    return String(repeating: "0", count: digitsPerLimb - text.count) + text
  }

  /// arctan(1/n) as a whole part and limbs of a fraction.
  private static func inverseArctangent(_ number: UInt64, limbs: Int) -> [UInt64] {
    var power = [UInt64](repeating: 0, count: limbs)
    power[0] = 1
    power = divided(power, by: number)
    var sum = power
    var divisor: UInt64 = 3
    var subtracts = true
    while power.contains(where: { $0 > 0 }) {
      power = divided(power, by: number * number)
      let term = divided(power, by: divisor)
      sum = subtracts ? subtracted(sum, term) : added(sum, term)
      subtracts.toggle()
      divisor += 2
    }
    return sum
  }

  private static func divided(_ number: [UInt64], by divisor: UInt64) -> [UInt64] {
    var remainder: UInt64 = 0
    return number.map { limb in
      let (quotient, rest) = (remainder * base + limb).quotientAndRemainder(dividingBy: divisor)
      remainder = rest
      return quotient
    }
  }

  private static func multiplied(_ number: [UInt64], by factor: UInt64) -> [UInt64] {
    var result = number
    var carry: UInt64 = 0
    for index in result.indices.reversed() {
      let product = result[index] * factor + carry
      result[index] = product % base
      carry = product / base
    }
    return result
  }

  private static func added(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result = left
    var carry: UInt64 = 0
    for index in result.indices.reversed() {
      let sum = left[index] + right[index] + carry
      result[index] = sum % base
      carry = sum / base
    }
    return result
  }

  private static func subtracted(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result = left
    var borrow: UInt64 = 0
    for index in result.indices.reversed() {
      let taken = right[index] + borrow
      borrow = left[index] < taken ? 1 : 0
      result[index] = left[index] + borrow * base - taken
    }
    return result
  }
}
