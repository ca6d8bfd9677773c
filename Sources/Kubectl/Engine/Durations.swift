/// Durations and ages as Go and kubectl write them.
enum Durations {
  /// The seconds of `90s`, `2m`, `1h30m`, `1.5h`; nil if the text is no duration. A lone nought needs no unit.
  static func seconds(_ text: String) -> Double? {
    var rest = text[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" { return 0 }
    if rest.isEmpty { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      guard let amount = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !$0.isNumber && $0 != "." }
      guard let factor = factor(String(unit)) else { return nil }
      rest = rest.dropFirst(unit.count)
      total += amount * factor
    }
    guard total <= longest else { return nil }
    return isNegative ? -total : total
  }

  /// The most seconds that Go's 64 bits of nanoseconds hold.
  private static let longest = 9_223_372_036.0

  private static func factor(_ unit: String) -> Double? {
    switch unit {
    case "h": 3600
    case "m": 60
    case "s": 1
    case "ms": 0.001
    case "us", "µs": 0.000_001
    case "ns": 0.000_000_001
    default: nil
    }
  }

  /// How long ago something was, in the few characters that kubectl gives it: two units at most, and one where the
  /// second would not matter (k8s.io/apimachinery, duration.HumanDuration).
  static func age(seconds: Int64) -> String {
    if seconds < -1 { return "<invalid>" }
    if seconds < 0 { return "0s" }
    if seconds < 120 { return "\(seconds)s" }
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
    if minutes < 10 { return joined(minutes, "m", seconds % 60, "s") }
    if minutes < 180 { return "\(minutes)m" }
    if hours < 8 { return joined(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    if days < 8 { return joined(days, "d", hours % 24, "h") }
    if days < 730 { return "\(days)d" }
    if days < 2920 { return joined(days / 365, "y", days % 365, "d") }
    return "\(days / 365)y"
  }

  private static func joined(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
  }

  /// The age of an RFC 3339 time at `now` (nanoseconds since 1970); `<unknown>` where there is none.
  static func age(since timestamp: String?, now: Int64) -> String {
    guard let timestamp, let then = Dates.seconds(timestamp) else { return "<unknown>" }
    return age(seconds: now / 1_000_000_000 - then)
  }
}

extension Int64 {
  /// The number without its fraction; what does not fit is as large as can be, and what is none is 0.
  init(cut number: Double) { self = number.isNaN ? 0 : Int64(Swift.max(-0x1p62, Swift.min(number, 0x1p62))) }
}

extension Transport {
  /// The cluster's time so many seconds from now, in nanoseconds since 1970.
  func moment(after seconds: Double) -> Int64 {
    let (sum, hasOverflowed) = now.addingReportingOverflow(Int64(cut: seconds * 1e9))
    return hasOverflowed ? .max : sum
  }
}

/// Dates in UTC.
enum Dates {
  /// Seconds since 1970 of an RFC 3339 time in UTC, its fraction dropped.
  static func seconds(_ timestamp: String) -> Int64? {
    let fields = timestamp.split { !$0.isNumber }.prefix(6).compactMap { Int64($0) }
    guard fields.count == 6 else { return nil }
    let (year, month) = fields[1] <= 2 ? (fields[0] - 1, fields[1] + 9) : (fields[0], fields[1] - 3)
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + fields[2] - 1 - 719_468
    return days * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5]
  }

  /// As describe shows a time: `Sat, 21 Nov 2026 09:30:00 +0000`.
  static func long(_ timestamp: String?) -> String {
    guard let timestamp, let seconds = seconds(timestamp) else { return "<unset>" }
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let fields = timestamp.split { !$0.isNumber }
    let month = Int(fields[1]).map { months[Swift.min(Swift.max($0, 1), 12) - 1] } ?? ""
    let day = names[Int((seconds / 86_400) % 7 + 7) % 7]
    return "\(day), \(fields[2]) \(month) \(fields[0]) \(fields[3]):\(fields[4]):\(fields[5]) +0000"
  }

  /// RFC 3339 with whole seconds, of nanoseconds since 1970.
  static func timestamp(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    let shifted = seconds / 86_400 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    let rest = seconds % 86_400
    let date = [year, month < 10 ? month + 3 : month - 9, day].map(padded).joined(separator: "-")
    return date + "T" + [rest / 3600, rest / 60 % 60, rest % 60].map(padded).joined(separator: ":") + "Z"
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
}
