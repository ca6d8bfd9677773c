import CEL
package import Loop

/// A time zone: its distance from universal time, and when its clocks go forward and back.
///
/// The engine reads no files, so the rules in force today stand here, for the zones that are asked for; what clocks did
/// before 2007 is not known.
package struct TimeZoneRule: Sendable, Equatable {
  /// When summer time begins and ends.
  package enum Summer: Sendable, Equatable {
    case never
    /// From the last Sunday of March to the last of October, at 01:00 universal time everywhere (2000/84/EC).
    case european
    /// From the second Sunday of March to the first of November, at 02:00 of each zone (Energy Policy Act of 2005).
    case american
    /// From the first Sunday of October to the first of April.
    case australian
    /// From the last Sunday of September to the first of April.
    case newZealand
  }

  /// Seconds east of universal time, in winter.
  package let standardOffset: Int64
  package let summer: Summer

  init(_ hours: Double, _ summer: Summer = .never) {
    standardOffset = Int64(hours * 3_600)
    self.summer = summer
  }

  /// The rule of a zone (`Europe/Berlin`); nil for one that is not known here.
  package init?(named name: String) {
    guard let rule = TimeZoneTable.rules[name] else { return nil }
    self = rule
  }

  /// Seconds east of universal time at that moment.
  package func offset(at time: Time) -> Int64 {
    let year = CivilDate(daysSince1970: time.seconds.floorDivided(by: 86_400)).year
    guard let (start, end) = summerTime(of: year) else { return standardOffset }
    let isSummer = start < end ? time >= start && time < end : time >= start || time < end
    return standardOffset + (isSummer ? 3_600 : 0)
  }

  /// When the offset changes next after that moment; nil where it never does.
  package func transition(after time: Time) -> Time? {
    let year = CivilDate(daysSince1970: time.seconds.floorDivided(by: 86_400)).year
    return [year, year + 1].compactMap(summerTime).flatMap { [$0.start, $0.end] }.filter { $0 > time }.min()
  }

  private func summerTime(of year: Int64) -> (start: Time, end: Time)? {
    switch summer {
    case .never: nil
    case .european: (moment(.last(3), year, utc: 1), moment(.last(10), year, utc: 1))
    case .american: (moment(.nth(2, 3), year, local: 2), moment(.nth(1, 11), year, local: 1))
    case .australian: (moment(.nth(1, 10), year, local: 2), moment(.nth(1, 4), year, local: 2))
    case .newZealand: (moment(.last(9), year, local: 2), moment(.nth(1, 4), year, local: 2))
    }
  }

  /// A Sunday of a month.
  private enum Sunday {
    case nth(Int64, Int64)
    case last(Int64)
  }

  private func moment(_ sunday: Sunday, _ year: Int64, utc hour: Int64) -> Time {
    Time(seconds: day(sunday, year) * 86_400 + hour * 3_600)
  }

  /// The hour is that of winter time.
  private func moment(_ sunday: Sunday, _ year: Int64, local hour: Int64) -> Time {
    Time(seconds: day(sunday, year) * 86_400 + hour * 3_600 - standardOffset)
  }

  private func day(_ sunday: Sunday, _ year: Int64) -> Int64 {
    switch sunday {
    case .nth(let count, let month):
      let first = CivilDate(year: year, month: month, day: 1).daysSince1970
      return first + (7 - CivilDate.weekday(ofDaysSince1970: first)) % 7 + (count - 1) * 7
    case .last(let month):
      let last = CivilDate(year: year, month: month, day: 31).daysSince1970 - (month == 9 ? 1 : 0)
      return last - CivilDate.weekday(ofDaysSince1970: last)
    }
  }
}

/// The zones that are known.
enum TimeZoneTable {
  static let rules: [String: TimeZoneRule] = {
    var rules: [String: TimeZoneRule] = [:]
    for (rule, names) in groups { for name in names.split(separator: " ") { rules[String(name)] = rule } }
    for hours in 1...12 {
      // These names count westwards.
      rules["Etc/GMT+\(hours)"] = TimeZoneRule(Double(-hours))
      rules["Etc/GMT-\(hours)"] = TimeZoneRule(Double(hours))
    }
    return rules
  }()

  private static let groups: [(TimeZoneRule, String)] = [
    (
      TimeZoneRule(0),
      "UTC Etc/UTC UCT Etc/UCT GMT Etc/GMT Zulu Etc/Zulu Universal Etc/Universal Greenwich Etc/Greenwich "
        + "Atlantic/Reykjavik Iceland Africa/Abidjan Africa/Accra Africa/Dakar"
    ),
    (TimeZoneRule(0, .european), "Europe/London Europe/Dublin Europe/Lisbon GB Eire Portugal WET Atlantic/Canary"),
    (
      TimeZoneRule(1, .european),
      "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Vienna "
        + "Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Prague Europe/Warsaw Europe/Budapest "
        + "Europe/Belgrade Europe/Zagreb Europe/Ljubljana Europe/Bratislava Europe/Luxembourg Europe/Monaco "
        + "Europe/Malta Europe/Sarajevo Europe/Skopje Europe/Tirane Europe/Andorra Europe/Vaduz CET MET Poland"
    ),
    (
      TimeZoneRule(2, .european),
      "Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Kiev Europe/Bucharest Europe/Sofia Europe/Riga Europe/Tallinn "
        + "Europe/Vilnius Asia/Nicosia EET"
    ),
    (TimeZoneRule(1), "Africa/Lagos Africa/Algiers Africa/Tunis"),
    (TimeZoneRule(2), "Africa/Johannesburg Africa/Maputo Africa/Tripoli Libya Europe/Kaliningrad"),
    (
      TimeZoneRule(3),
      "Europe/Moscow Europe/Istanbul Turkey Europe/Minsk Africa/Nairobi Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar"
    ),
    (TimeZoneRule(3.5), "Asia/Tehran Iran"),
    (TimeZoneRule(4), "Asia/Dubai Asia/Baku Asia/Tbilisi Asia/Yerevan Europe/Samara"),
    (TimeZoneRule(4.5), "Asia/Kabul"),
    (TimeZoneRule(5), "Asia/Karachi Asia/Tashkent Asia/Yekaterinburg Asia/Almaty"),
    (TimeZoneRule(5.5), "Asia/Kolkata Asia/Calcutta Asia/Colombo"),
    (TimeZoneRule(5.75), "Asia/Kathmandu"),
    (TimeZoneRule(6), "Asia/Dhaka Asia/Omsk"),
    (TimeZoneRule(6.5), "Asia/Yangon"),
    (TimeZoneRule(7), "Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh Asia/Saigon Asia/Phnom_Penh Asia/Novosibirsk"),
    (
      TimeZoneRule(8),
      "Asia/Shanghai PRC Asia/Hong_Kong Hongkong Asia/Singapore Singapore Asia/Taipei ROC Asia/Manila "
        + "Asia/Kuala_Lumpur Asia/Macau Asia/Ulaanbaatar Australia/Perth Asia/Makassar"
    ),
    (TimeZoneRule(9), "Asia/Seoul ROK Asia/Tokyo Japan Asia/Pyongyang Asia/Yakutsk"),
    (TimeZoneRule(9.5), "Australia/Darwin"),
    (TimeZoneRule(9.5, .australian), "Australia/Adelaide"),
    (TimeZoneRule(10), "Australia/Brisbane Pacific/Guam Asia/Vladivostok"),
    (TimeZoneRule(10, .australian), "Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra"),
    (TimeZoneRule(11), "Pacific/Noumea Asia/Magadan"),
    (TimeZoneRule(12), "Pacific/Fiji Asia/Kamchatka"),
    (TimeZoneRule(12, .newZealand), "Pacific/Auckland NZ"),
    (TimeZoneRule(-1), "Atlantic/Cape_Verde"),
    (TimeZoneRule(-3), "America/Sao_Paulo America/Argentina/Buenos_Aires America/Buenos_Aires America/Montevideo"),
    (TimeZoneRule(-3.5, .american), "America/St_Johns"),
    (TimeZoneRule(-4, .american), "America/Halifax Atlantic/Bermuda Canada/Atlantic"),
    (TimeZoneRule(-4), "America/Caracas America/La_Paz America/Puerto_Rico America/Santo_Domingo America/Manaus"),
    (
      TimeZoneRule(-5, .american),
      "America/New_York America/Toronto America/Detroit America/Montreal US/Eastern Canada/Eastern EST5EDT"
    ),
    (TimeZoneRule(-5), "America/Bogota America/Lima America/Panama America/Jamaica Jamaica EST"),
    (TimeZoneRule(-6, .american), "America/Chicago America/Winnipeg US/Central Canada/Central CST6CDT"),
    (TimeZoneRule(-6), "America/Mexico_City America/Guatemala America/Costa_Rica America/Regina"),
    (TimeZoneRule(-7, .american), "America/Denver America/Edmonton US/Mountain Canada/Mountain MST7MDT Navajo"),
    (TimeZoneRule(-7), "America/Phoenix US/Arizona MST"),
    (
      TimeZoneRule(-8, .american),
      "America/Los_Angeles America/Vancouver America/Tijuana US/Pacific Canada/Pacific PST8PDT"
    ),
    (TimeZoneRule(-9, .american), "America/Anchorage US/Alaska"),
    (TimeZoneRule(-10), "Pacific/Honolulu US/Hawaii HST"),
  ]
}
