import Kinds
import Testing

@Suite("Schedules of CronJobs")
struct CronScheduleTests {
  @Test("fields are sets of numbers")
  func fields() throws {
    let schedule = try CronSchedule("*/20 8-10,12 1 jan,3 mon-fri")
    #expect(schedule.minutes == 1 | 1 << 20 | 1 << 40)
    #expect(schedule.hours == 0b1_0111 << 8)
    #expect(schedule.daysOfMonth == 2)
    #expect(schedule.months == 0b1010)
    #expect(schedule.daysOfWeek == 0b11_1110)
    #expect(schedule.restrictsBothDays)
    #expect(try CronSchedule("@daily") == CronSchedule("0 0 * * *"))
  }

  @Test(
    "what is wrong is said in the parser's words",
    arguments: [
      ("every day", "expected exactly 5 fields, found 2: [every day]"),
      ("60 * * * *", "end of range (60) above maximum (59): 60"),
      ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
      ("9-5 * * * *", "beginning of range (9) beyond end of range (5): 9-5"),
      ("*/0 * * * *", "step of range should be a positive number: */0"),
      ("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"),
      ("@never", "unrecognized descriptor: @never"),
    ])
  func refusals(text: String, message: String) {
    #expect(throws: CronError.self) { try CronSchedule(text) }
    do throws(CronError) {
      _ = try CronSchedule(text)
    } catch {
      #expect(error.message == message)
    }
  }
}
