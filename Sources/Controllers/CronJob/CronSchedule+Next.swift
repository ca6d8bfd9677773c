package import Kinds
package import Loop

extension CronSchedule {
  /// A schedule that fits no day in so many days fits none.
  private static let horizon: Int64 = 5 * 366

  /// The first moment after `time` that the schedule names by the zone's clocks; nil where it names none (February
  /// 31st). What falls into the hour that is left out in spring is left out, and what falls into the hour that comes
  /// twice in autumn comes twice.
  package func next(after time: Time, in zone: TimeZoneRule? = nil) -> Time? {
    if let period { return next(after: time, every: period) }
    guard let zone else { return nextOnClock(after: time) }
    var start = time
    // Clocks change twice a year.
    for _ in 0..<(2 * Self.horizon / 366 + 2) {
      let offset = Duration.seconds(zone.offset(at: start + .seconds(1)))
      let change = zone.transition(after: start + .seconds(1))
      if let local = nextOnClock(after: start + offset), change.map({ local - offset < $0 }) ?? true {
        return local - offset
      }
      guard let change else { return nil }
      start = change - .seconds(1)
    }
    return nil
  }

  /// Whole seconds after the last start, as Kubernetes' parser counts.
  private func next(after time: Time, every period: Duration) -> Time {
    Time(seconds: (time + period).seconds)
  }

  private func nextOnClock(after time: Time) -> Time? {
    let start = time.seconds / 60 + 1
    var day = start / 1_440
    var minute = Int(start % 1_440)
    for _ in 0..<Self.horizon {
      if includes(day: day), let found = firstMinute(from: minute) {
        return Time(seconds: (day * 1_440 + Int64(found)) * 60)
      }
      day += 1
      minute = 0
    }
    return nil
  }

  private static func has(_ set: UInt64, _ number: Int) -> Bool { set & (1 << UInt64(number)) != 0 }

  /// The first minute of a day, from that one on, whose hour and minute fit.
  private func firstMinute(from start: Int) -> Int? {
    (start..<1_440).first { Self.has(hours, $0 / 60) && Self.has(minutes, $0 % 60) }
  }

  /// Whether a day, counted from 1970-01-01, fits.
  private func includes(day: Int64) -> Bool {
    let date = Time(seconds: day * 86_400).timestamp.split(separator: "T")[0].split(separator: "-").compactMap {
      Int($0)
    }
    guard date.count == 3, Self.has(months, date[1]) else { return false }
    // 1970-01-01 was a Thursday.
    let fits = (Self.has(daysOfMonth, date[2]), Self.has(daysOfWeek, Int((day + 4) % 7)))
    return restrictsBothDays ? fits.0 || fits.1 : fits.0 && fits.1
  }
}
