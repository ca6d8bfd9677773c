import Kinds
import Loop
import Tree

/// Which of a CronJob's starts are due (kubernetes/pkg/controller/cronjob, mostRecentScheduleTime).
struct MissedStarts {
  /// More than so many missed starts are told of.
  private static let manyLimit = 100

  /// From when on starts are looked for: the last start or the CronJob's creation.
  let earliest: Time
  /// The last start that is due; nil where none is.
  private(set) var latest: Time?
  private(set) var areMany = false

  /// With `respectsDeadline`, what is too late to start is not looked at.
  init(_ cronJob: Value, _ schedule: CronSchedule, in zone: TimeZoneRule?, now: Time, respectsDeadline: Bool) {
    let metadata = AnyObjectView(cronJob).metadata
    let last = cronJob["status", "lastScheduleTime"]?.string ?? metadata.creationTimestamp
    var earliest = last.flatMap(Time.init(timestamp:)) ?? now
    if respectsDeadline, let deadline = cronJob["spec", "startingDeadlineSeconds"]?.integer {
      earliest = max(earliest, now - .seconds(deadline))
    }
    self.earliest = earliest
    guard let first = schedule.next(after: earliest, in: zone), first <= now else { return }
    guard let second = schedule.next(after: first, in: zone), second <= now else {
      latest = first
      return
    }
    // A schedule is about regular: so the last due start is looked for near the present, not counted to.
    let period = max(1, second.seconds - first.seconds)
    let count = (now.seconds - first.seconds) / period + 1
    var found = first
    var next = schedule.next(after: first + .seconds(max(0, count - 2) * period), in: zone)
    while let time = next, time <= now {
      found = time
      next = schedule.next(after: time, in: zone)
    }
    latest = found
    areMany = count > Int64(Self.manyLimit)
  }
}
