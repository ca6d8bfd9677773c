import Kinds
import Loop

/// Fills what differs from run to run into an image's log line.
enum LogPlaceholders {
  /// `{time}` becomes `2026/11/21 10:00:00` (nginx), `{iso}` `2026-11-21 10:00:00.000 UTC` (PostgreSQL), `{redis}`
  /// `21 Nov 2026 10:00:00.000`, `{apache}` `Sat Nov 21 10:00:00.000000 2026`, `{note}` `2026-11-21 10:00:00+00:00`, `{clock}`
  /// `2026-11-21 10:00:00,000`, `{micro}` RFC 3339 with microseconds, `{go}` the head of a line of Go's klog,
  /// `{hostname}` and `{ip}` the pod's.
  static func fill(_ text: String, at time: Time, in world: ContainerWorld) -> String {
    guard text.contains("{") else { return text }
    let stamp = time.timestamp
    let date = String(stamp.prefix(10))
    let clock = String(stamp.dropFirst(11).prefix(8))
    let calendar = CalendarDate(time)
    let values = [
      ("{time}", slashed(time)),
      ("{iso}", "\(date) \(clock).000 UTC"),
      ("{redis}", "\(calendar.day) \(calendar.monthName) \(calendar.year) \(clock).000"),
      (
        "{apache}",
        "\(calendar.weekdayName) \(calendar.monthName) \(calendar.paddedDay) \(clock).000000 \(calendar.year)"
      ),
      ("{note}", "\(date) \(clock)+00:00"), ("{micro}", time.microTimestamp), ("{clock}", "\(date) \(clock),000"),
      ("{go}", "I\(stamp.dropFirst(5).prefix(2))\(stamp.dropFirst(8).prefix(2)) \(clock).000000       1 main.go:1]"),
      ("{hostname}", world.hostname), ("{ip}", world.podIP),
    ]
    var filled = text
    for (name, value) in values { filled = filled.replacing(name, with: value) }
    return filled
  }

  /// `2026/11/21 10:00:00`
  static func slashed(_ time: Time) -> String {
    let stamp = time.timestamp
    return stamp.prefix(10).replacing("-", with: "/") + " " + stamp.dropFirst(11).prefix(8)
  }
}

/// A moment's parts as `date` prints them, in UTC.
struct CalendarDate {
  let year: String
  let monthName: String
  let day: Int
  let weekdayName: String

  init(_ time: Time) {
    let stamp = time.timestamp
    year = String(stamp.prefix(4))
    let month = Int(stamp.dropFirst(5).prefix(2)) ?? 1
    day = Int(stamp.dropFirst(8).prefix(2)) ?? 1
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    monthName = months[(month - 1) % 12]
    let days = time.seconds / 86_400
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // 1970-01-01 was a Thursday
    weekdayName = weekdays[Int((days % 7 + 7) % 7)]
  }

  /// `21`, ` 3`
  var paddedDay: String { day < 10 ? " \(day)" : String(day) }
}
