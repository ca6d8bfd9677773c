import Kinds
import Loop

/// Fills what differs from run to run into an image's log line.
enum LogPlaceholders {
  /// `{time}` becomes `2026/11/21 10:00:00` (nginx), `{iso}` `2026-11-21 10:00:00.000 UTC` (PostgreSQL), `{redis}`
  /// `21 Nov 2026 10:00:00.000`, `{apache}` `Sat Nov 21 10:00:00.000000 2026`, `{note}` `2026-11-21 10:00:00+00:00`, `{clock}`
  /// `2026-11-21 10:00:00,000`, `{micro}` RFC 3339 with microseconds, `{go}` the head of a line of Go's klog,
  /// `{hostname}` and `{ip}` the pod's.
  static func fill(_ text: String, at time: Time, in world: ContainerWorld) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      filled += rest[..<open]
      let afterOpen = rest.utf8.index(after: open)
      rest = rest[afterOpen...]
      guard let close = rest.utf8.firstIndex(of: UInt8(ascii: "}")), let value = value(of: rest[..<close], time, world)
      else {
        filled += "{"
        continue
      }
      filled += value
      rest = rest[rest.utf8.index(after: close)...]
    }
    return filled + rest
  }

  /// What stands for a placeholder; nil for what is none.
  private static func value(of name: Substring, _ time: Time, _ world: ContainerWorld) -> String? {
    let stamp = time.timestamp
    let date = stamp.prefix(10)
    let clock = stamp.dropFirst(11).prefix(8)
    switch name {
    case "time": return slashed(time)
    case "iso": return "\(date) \(clock).000 UTC"
    case "redis":
      let calendar = CalendarDate(time)
      return "\(calendar.day) \(calendar.monthName) \(calendar.year) \(clock).000"
    case "apache":
      let calendar = CalendarDate(time)
      return "\(calendar.weekdayName) \(calendar.monthName) \(calendar.paddedDay) \(clock).000000 \(calendar.year)"
    case "note": return "\(date) \(clock)+00:00"
    case "micro": return time.microTimestamp
    case "clock": return "\(date) \(clock),000"
    case "go":
      return "I\(stamp.dropFirst(5).prefix(2))\(stamp.dropFirst(8).prefix(2)) \(clock).000000       1 main.go:1]"
    case "hostname": return world.hostname
    case "ip": return world.podIP
    default: return nil
    }
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
