import CEL
package import Loop

extension Time {
  /// RFC 3339 in UTC with whole seconds, as `metadata.creationTimestamp` has it: `2026-11-21T09:30:00Z`.
  package var timestamp: String { Self.timestamp(seconds: seconds) }

  /// RFC 3339 in UTC with microseconds, as a Lease's `renewTime` has it: `2026-11-21T09:30:00.000000Z`.
  package var microTimestamp: String {
    let fraction = nanoseconds % 1_000_000_000
    return Self.microTimestamp(seconds: seconds, nanoseconds: fraction < 0 ? fraction + 1_000_000_000 : fraction)
  }

  /// RFC 3339 with whole seconds of any moment, also of one that is too far away for a `Time`.
  static func timestamp(seconds: Int64) -> String { dateText(seconds) + "Z" }

  /// RFC 3339 with microseconds of any moment, also of one that is too far away for a `Time`.
  static func microTimestamp(seconds: Int64, nanoseconds: Int64) -> String {
    dateText(seconds) + "." + padded(Int(min(max(nanoseconds, 0), 999_999_999) / 1_000), 6) + "Z"
  }

  private static func dateText(_ seconds: Int64) -> String {
    let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
    let rest = Int(seconds - days * 86_400)
    let date = CivilDate(daysSince1970: days)
    let (year, month, day) = (Int(date.year), Int(date.month), Int(date.day))
    guard (0...9_999).contains(year) else { return longText(year, month, day, rest) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    append(year, 4, to: &bytes)
    for (separator, number) in [("-", month), ("-", day), ("T", rest / 3_600), (":", rest / 60 % 60), (":", rest % 60)]
    {
      bytes += separator.utf8
      append(number, 2, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The date of a year that has more or fewer than four digits.
  private static func longText(_ year: Int, _ month: Int, _ day: Int, _ rest: Int) -> String {
    padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T" + padded(rest / 3_600, 2) + ":"
      + padded(rest / 60 % 60, 2) + ":" + padded(rest % 60, 2)
  }

  private static func append(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
    var scale = 1
    for _ in 1..<width { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / scale % 10))
      scale /= 10
    }
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }

  /// The moment that an RFC 3339 text names; nil if it is none. A year that is too far away is as far as a moment can be.
  package init?(timestamp: String) {
    guard let (seconds, nanoseconds) = Self.moment(of: timestamp) else { return nil }
    self = Time(seconds: seconds) + .nanoseconds(nanoseconds)
  }

  /// Seconds since 1970 and nanoseconds of an RFC 3339 text; nil if it is none.
  static func moment(of timestamp: String) -> (seconds: Int64, nanoseconds: Int64)? {
    let bytes = Array(timestamp.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var result = 0
      for byte in bytes[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        result = result * 10 + Int(byte - 48)
      }
      return result
    }
    guard bytes.count >= 20, bytes.count <= Self.longest, bytes[4] == 45, bytes[7] == 45, bytes[10] | 32 == 116,
      bytes[13] == 58, bytes[16] == 58,
      let year = number(0..<4), let month = number(5..<7), (1...12).contains(month), let day = number(8..<10),
      (1...31).contains(day), let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
      let second = number(17..<19), second < 60
    else { return nil }
    var index = 19
    var nanoseconds: Int64 = 0
    if bytes[index] == UInt8(ascii: ".") {
      var scale: Int64 = 100_000_000
      index += 1
      while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
        nanoseconds += Int64(bytes[index] - 48) * scale
        scale /= 10
        index += 1
      }
    }
    guard index < bytes.count else { return nil }
    var offset = 0
    if bytes[index] | 32 != 122 {
      guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"), bytes.count == index + 6,
        let hours = number(index + 1..<index + 3), bytes[index + 3] == 58,
        let minutes = number(index + 4..<index + 6), hours <= 24, minutes < 60
      else { return nil }
      offset = (hours * 3_600 + minutes * 60) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
    } else if bytes.count != index + 1 {
      return nil
    }
    let date = CivilDate(year: Int64(year), month: Int64(month), day: Int64(day))
    // A day that the month does not have is one of the next.
    guard CivilDate(daysSince1970: date.daysSince1970) == date else { return nil }
    return (date.daysSince1970 * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset), nanoseconds)
  }

  /// The most bytes that a timestamp may have.
  private static let longest = 64
}
