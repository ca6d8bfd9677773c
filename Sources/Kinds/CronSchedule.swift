/// Why a schedule cannot be read, in the words of Kubernetes' cron parser.
package struct CronError: Error, Sendable {
  package let message: String
}

/// When a CronJob starts: minute, hour, day of the month, month and day of the week, each a set of numbers
/// (crontab(5); the extensions `@daily` and the like).
package struct CronSchedule: Sendable, Equatable {
  /// Bit N is set where N is in the set.
  package let minutes: UInt64
  package let hours: UInt64
  package let daysOfMonth: UInt64
  package let months: UInt64
  /// Sunday is 0.
  package let daysOfWeek: UInt64
  /// Whether both day fields restrict: then a day needs to fit only one of them.
  package let restrictsBothDays: Bool
  /// Of `@every 90m`: how long from one start to the next, in whole seconds, whatever the clock says.
  package let period: Duration?

  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
  private static let descriptors = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
  ]

  /// Reads `*/5 8-17 * * mon-fri`.
  package init(_ text: String) throws(CronError) {
    var text = text
    period = try Self.period(text)
    if period != nil { text = "* * * * *" }
    if text.hasPrefix("@") {
      guard let meaning = Self.descriptors[text] else {
        throw CronError(message: "unrecognized descriptor: \(text)")
      }
      text = meaning
    }
    let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count == 5 else {
      throw CronError(
        message: "expected exactly 5 fields, found \(fields.count): [\(fields.joined(separator: " "))]")
    }
    minutes = try Self.set(fields[0], 0...59)
    hours = try Self.set(fields[1], 0...23)
    daysOfMonth = try Self.set(fields[2], 1...31)
    months = try Self.set(fields[3], 1...12, names: Self.monthNames, first: 1)
    daysOfWeek = try Self.set(fields[4], 0...6, names: Self.dayNames, first: 0)
    restrictsBothDays = !Self.isStar(fields[2]) && !Self.isStar(fields[4])
  }

  /// The time that `@every` names, at least a second; nil for a schedule by the clock.
  private static func period(_ text: String) throws(CronError) -> Duration? {
    let prefix = "@every "
    guard text.hasPrefix(prefix) else { return nil }
    let words = String(text.dropFirst(prefix.count))
    guard let seconds = seconds(words) else {
      throw CronError(message: "failed to parse duration \(text): time: invalid duration \"\(words)\"")
    }
    return .seconds(max(1, Int64(seconds)))
  }

  private static let units: [(name: String, seconds: Double)] = [
    ("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("h", 3_600), ("m", 60), ("s", 1),
  ]

  /// Reads a duration as Go writes it: `1h30m`, `1.5h`; nil for anything else, and for more than a hundred years.
  private static func seconds(_ text: String) -> Double? {
    var rest = Substring(text)
    var sum = 0.0
    repeat {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      rest = rest.dropFirst(unit.name.count)
      sum += number * unit.seconds
    } while !rest.isEmpty
    return sum < 3.2e9 ? sum : nil
  }

  private static func isStar(_ field: String) -> Bool { field.hasPrefix("*") || field.hasPrefix("?") }

  private static func set(
    _ field: String, _ range: ClosedRange<Int>, names: [String] = [], first: Int = 0
  ) throws(CronError) -> UInt64 {
    var bits: UInt64 = 0
    for part in field.split(separator: ",") {
      bits |= try self.part(String(part), range) { word in
        names.firstIndex(of: word.lowercased()).map { $0 + first }
      }
    }
    return bits
  }

  private static func part(
    _ text: String, _ range: ClosedRange<Int>, named: (String) -> Int?
  ) throws(CronError) -> UInt64 {
    let slashes = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let ends = slashes[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if slashes.count > 2 { throw CronError(message: "too many slashes: \(text)") }
    var (start, end) = (range.lowerBound, range.upperBound)
    if ends[0] != "*", ends[0] != "?" {
      if ends.count > 2 { throw CronError(message: "too many hyphens: \(text)") }
      start = try number(ends[0], named)
      end = ends.count == 2 ? try number(ends[1], named) : slashes.count == 2 ? range.upperBound : start
    }
    let step = slashes.count == 2 ? try number(slashes[1]) { _ in nil } : 1
    if start < range.lowerBound {
      throw CronError(message: "beginning of range (\(start)) below minimum (\(range.lowerBound)): \(text)")
    }
    if end > range.upperBound {
      throw CronError(message: "end of range (\(end)) above maximum (\(range.upperBound)): \(text)")
    }
    if start > end {
      throw CronError(message: "beginning of range (\(start)) beyond end of range (\(end)): \(text)")
    }
    if step == 0 { throw CronError(message: "step of range should be a positive number: \(text)") }
    var bits: UInt64 = 0
    for value in stride(from: start, through: end, by: step) { bits |= 1 << UInt64(value) }
    return bits
  }

  private static func number(_ text: String, _ named: (String) -> Int?) throws(CronError) -> Int {
    if let number = named(text) { return number }
    guard let number = Int(text) else {
      throw CronError(message: "failed to parse int from \(text): strconv.Atoi: parsing \"\(text)\": invalid syntax")
    }
    if number < 0 { throw CronError(message: "negative number (\(number)) not allowed: \(text)") }
    return number
  }
}
