import Testing

@testable import Loop

@Suite("Moments and durations") struct TimeTests {
  @Test("a duration that is too long is as long as 64 bits of nanoseconds allow")
  func longDurations() {
    #expect(Duration.seconds(Int64.max).nanoseconds == .max)
    #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    #expect(Duration.minutes(.max).nanoseconds == .max)
    #expect(Duration.seconds(9_223_372_036).nanoseconds == 9_223_372_036_000_000_000)
    #expect(Duration.milliseconds(1_500).nanoseconds == 1_500_000_000)
    #expect(Duration.milliseconds(-1_500).nanoseconds == -1_500_000_000)
  }

  @Test("sums and differences stay within what a moment can be")
  func saturation() {
    let late = Time(nanoseconds: .max - 5)
    let early = Time(nanoseconds: .min + 5)
    #expect(late + .nanoseconds(10) == .distantFuture)
    #expect(late + .seconds(Int64.max) == .distantFuture)
    #expect(late - .seconds(Int64.min) == .distantFuture)
    #expect(early - .nanoseconds(10) == Time(nanoseconds: .min))
    #expect(early + .seconds(Int64.min) == Time(nanoseconds: .min))
    #expect(late - early == .nanoseconds(Int64.max))
    #expect(early - late == .nanoseconds(Int64.min))
    #expect(Time(seconds: .max) == .distantFuture)
    #expect(Time(seconds: 5) + .seconds(3) == Time(seconds: 8))
    #expect(Time(seconds: 5) - Time(seconds: 3) == .seconds(2))
  }

  @Test("seconds are rounded down, before 1970 too")
  func seconds() {
    #expect(Time(nanoseconds: 1_999_999_999).seconds == 1)
    #expect(Time(nanoseconds: -1).seconds == -1)
    #expect(Time(nanoseconds: -1_000_000_000).seconds == -1)
    #expect(Time(nanoseconds: .min).seconds == -9_223_372_037)
  }
}
