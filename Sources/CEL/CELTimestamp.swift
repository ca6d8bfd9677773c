/// A moment: nanoseconds since 1970-01-01T00:00:00Z, from year 1 to year 9999.
package struct CELTimestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let seconds: Int64
  package let nanoseconds: Int32

  private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The moment so many seconds (and nanoseconds below a second) after 1970; nil outside years 1 to 9999.
  package init?(seconds: Int64, nanoseconds: Int64 = 0) {
    let carry = nanoseconds.floorDivided(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow, Self.range.contains(sum) else { return nil }
    self.seconds = sum
    self.nanoseconds = Int32(nanoseconds - carry * 1_000_000_000)
  }

  package static func < (left: CELTimestamp, right: CELTimestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// A moment of RFC 3339: "2026-11-21T10:00:00Z", with a fraction and an offset if need be.
  package init?(_ text: String) {
    var reader = DigitReader(text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
      let day = reader.number(2), reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2),
      reader.take(":"), let minute = reader.number(2), reader.take(":"), let second = reader.number(2)
    else { return nil }
    guard let nanoseconds = reader.fraction(), let offset = reader.offset(), reader.isAtEnd else { return nil }
    guard (1...12).contains(month), (1...CivilDate.days(inMonth: month, year: year)).contains(day), hour < 24,
      minute < 60, second < 60
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    self.init(seconds: days * 86_400 + hour * 3_600 + minute * 60 + second - offset, nanoseconds: nanoseconds)
  }

  /// This moment in RFC 3339 with Z, the fraction without trailing zeros.
  package var description: String {
    let date = CivilDate(daysSince1970: seconds.floorDivided(by: 86_400))
    let second = seconds.floorRemainder(by: 86_400)
    let time = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(time)\(fraction(nanoseconds))Z"
  }
}

/// The fraction of a second as text with its point, without trailing zeros; empty for none.
func fraction(_ nanoseconds: Int32) -> String {
  if nanoseconds == 0 { return "" }
  var digits = Array(padded(Int64(nanoseconds), 9))
  while digits.last == "0" { digits.removeLast() }
  return "." + String(digits)
}

func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
  package func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  func floorRemainder(by divisor: Int64) -> Int64 { self - floorDivided(by: divisor) * divisor }
}
