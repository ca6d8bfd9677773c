import Kinds
import Loop
import Testing

@Suite("Time zones")
struct TimeZoneTests {
  private func time(_ text: String) throws -> Time { try #require(Time(timestamp: text)) }

  private func offset(_ zone: String, _ text: String) throws -> Int64 {
    try #require(TimeZoneRule(named: zone)).offset(at: time(text)) / 60
  }

  @Test("Offsets are those of the zone, in summer and in winter")
  func offsets() throws {
    #expect(try offset("Asia/Seoul", "2026-07-01T00:00:00Z") == 540)
    #expect(try offset("Asia/Kolkata", "2026-07-01T00:00:00Z") == 330)
    #expect(try offset("Europe/Berlin", "2026-03-29T00:59:59Z") == 60)
    #expect(try offset("Europe/Berlin", "2026-03-29T01:00:00Z") == 120)
    #expect(try offset("Europe/Berlin", "2026-10-25T00:59:59Z") == 120)
    #expect(try offset("Europe/Berlin", "2026-10-25T01:00:00Z") == 60)
    #expect(try offset("America/New_York", "2026-03-08T06:59:59Z") == -300)
    #expect(try offset("America/New_York", "2026-03-08T07:00:00Z") == -240)
    #expect(try offset("America/New_York", "2026-11-01T05:59:59Z") == -240)
    #expect(try offset("America/New_York", "2026-11-01T06:00:00Z") == -300)
    #expect(try offset("Australia/Sydney", "2026-01-01T00:00:00Z") == 660)
    #expect(try offset("Australia/Sydney", "2026-04-04T16:00:00Z") == 600)
    #expect(try offset("Pacific/Auckland", "2026-09-26T14:00:00Z") == 780)
    #expect(TimeZoneRule(named: "Europe/Atlantis") == nil)
  }

  @Test("A period is read as Go writes durations")
  func periods() throws {
    #expect(try CronSchedule("@every 1h30m").period == .seconds(5_400))
    #expect(try CronSchedule("@every 1.5h").period == .seconds(5_400))
    #expect(try CronSchedule("@every 300ms").period == .seconds(1))
    #expect(try CronSchedule("@hourly").period == nil)
    #expect(throws: CronError.self) { try CronSchedule("@every day") }
    #expect(throws: CronError.self) { try CronSchedule("@every ") }
  }
}
