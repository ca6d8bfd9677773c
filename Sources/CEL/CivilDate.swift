/// A day of the Gregorian calendar, counted through years of 365 or 366 days in both directions (Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms").
package struct CivilDate: Equatable, Sendable {
  package let year: Int64
  /// From 1.
  package let month: Int64
  /// Of the month, from 1.
  package let day: Int64

  package init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Counts in eras of 400 years that begin on 1 March, so that the leap day ends a year.
  package init(daysSince1970 days: Int64) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many days after 1970-01-01 it comes.
  package var daysSince1970: Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let era = marchYear.floorDivided(by: 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Sunday is 0; 1970-01-01 was a Thursday.
  package static func weekday(ofDaysSince1970 days: Int64) -> Int64 { (days + 4).floorRemainder(by: 7) }

  /// Days since 1 January of the same year.
  var dayOfYear: Int64 { daysSince1970 - CivilDate(year: year, month: 1, day: 1).daysSince1970 }

  static func days(inMonth month: Int64, year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

/// Reads fixed runs of digits, for times.
struct DigitReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ character: Character) -> Bool {
    guard index < bytes.count, bytes[index] == character.asciiValue else { return false }
    index += 1
    return true
  }

  mutating func digit() -> Int64? {
    guard index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
    index += 1
    return Int64(bytes[index - 1] - UInt8(ascii: "0"))
  }

  /// Exactly so many digits.
  mutating func number(_ count: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// A fraction of a second in nanoseconds: 0 where none is written, nil where a point has no digits.
  mutating func fraction() -> Int64? {
    guard take(".") else { return 0 }
    var nanoseconds: Int64 = 0
    var unit: Int64 = 100_000_000
    guard let first = digit() else { return nil }
    nanoseconds = first * unit
    while let digit = digit() {
      unit /= 10
      nanoseconds += digit * unit
    }
    return nanoseconds
  }

  /// "Z" or an offset from UTC as "+09:00", in seconds.
  mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
