/// Parts of timestamps (with an offset from UTC, if asked) and of durations.
let timeFunctions: [Function] = [
  .method("getFullYear", 0...1) { (arguments) throws(CELError) in try part(arguments) { $0.date.year } },
  .method("getMonth", 0...1) { (arguments) throws(CELError) in try part(arguments) { $0.date.month - 1 } },
  .method("getDate", 0...1) { (arguments) throws(CELError) in try part(arguments) { $0.date.day } },
  .method("getDayOfMonth", 0...1) { (arguments) throws(CELError) in try part(arguments) { $0.date.day - 1 } },
  .method("getDayOfYear", 0...1) { (arguments) throws(CELError) in try part(arguments) { $0.date.dayOfYear } },
  // 1970-01-01 was a Thursday; Sunday is 0.
  .method("getDayOfWeek", 0...1) { (arguments) throws(CELError) in
    try part(arguments) { ($0.days + 4).floorRemainder(by: 7) }
  },
  .method("getHours", 0...1) { (arguments) throws(CELError) in
    try clockPart(arguments, 3_600_000_000_000) { $0.second / 3_600 }
  },
  .method("getMinutes", 0...1) { (arguments) throws(CELError) in
    try clockPart(arguments, 60_000_000_000) { $0.second / 60 % 60 }
  },
  .method("getSeconds", 0...1) { (arguments) throws(CELError) in
    try clockPart(arguments, 1_000_000_000) { $0.second % 60 }
  },
  .method("getMilliseconds", 0...1) { (arguments) throws(CELError) in
    try clockPart(arguments, 1_000_000) { $0.nanoseconds / 1_000_000 }
  },
]

/// A timestamp on the calendar and the clock of an offset from UTC.
private struct LocalTime {
  let days: Int64
  let date: CivilDate
  /// Since midnight.
  let second: Int64
  let nanoseconds: Int64

  init(_ moment: CELTimestamp, offset: Int64) {
    let seconds = moment.seconds + offset
    days = seconds.floorDivided(by: 86_400)
    date = CivilDate(daysSince1970: days)
    second = seconds.floorRemainder(by: 86_400)
    nanoseconds = Int64(moment.nanoseconds)
  }
}

private func part(_ arguments: [CELValue], _ read: (LocalTime) -> Int64) throws(CELError) -> CELValue? {
  guard case .timestamp(let moment) = arguments[0] else { return nil }
  if arguments.count == 1 { return .int(read(LocalTime(moment, offset: 0))) }
  guard case .string(let zone) = arguments[1] else { return nil }
  return .int(read(LocalTime(moment, offset: try offset(zone))))
}

/// A duration as whole units, or a part of a timestamp.
private func clockPart(_ arguments: [CELValue], _ unit: Int64, _ read: (LocalTime) -> Int64) throws(CELError)
  -> CELValue?
{
  guard case .duration(let duration) = arguments[0] else { return try part(arguments, read) }
  return arguments.count == 1 ? .int(duration.nanoseconds / unit) : nil
}

private func offset(_ zone: String) throws(CELError) -> Int64 {
  if zone == "UTC" || zone.isEmpty { return 0 }
  var reader = DigitReader(zone.hasPrefix("+") || zone.hasPrefix("-") ? zone : "+" + zone)
  guard let offset = reader.offset(), reader.isAtEnd else {
    throw CELError(.conversion, "the time zone '\(zone)' is not known; write an offset, such as '+09:00', or 'UTC'")
  }
  return offset
}
