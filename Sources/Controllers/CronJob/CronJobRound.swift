import API
import Kinds
import Loop
import Store
import Tree

/// One look at a CronJob and its Jobs, and what follows.
struct CronJobRound {
  private static let timestampKey = "batch.kubernetes.io/cronjob-scheduled-timestamp"
  /// A start is looked at this long after its moment, as Kubernetes does.
  private static let delta = Duration.milliseconds(100)
  let component: Component
  let stored: StoredObject
  private let jobs: [StoredObject]
  private var status: Value

  init(component: Component, stored: StoredObject) {
    self.component = component
    self.stored = stored
    jobs = component.store.controlled(.job, by: stored.uid)
    status = stored.value["status"] ?? [:]
  }

  /// Answers after how long to look again; nil: not before something changes.
  mutating func run() throws(Status) -> Duration? {
    noteJobs()
    noteMissingJobs()
    var delay: Duration?
    var failure: Status?
    do throws(Status) {
      delay = try startIfDue()
    } catch {
      failure = error
    }
    removeHistory()
    if status != stored.value["status"] ?? [:] {
      var next = stored.value
      next["status"] = status
      try component.update(.cronJob, next, subresource: "status", because: stored)
    }
    if let failure { throw failure }
    return delay
  }

  private func record(_ severity: EventRecorder.Severity, _ reason: String, _ message: String) {
    component.events.record(severity, reason, message, about: AnyObjectView(stored.value), kind: .cronJob)
  }

  // MARK: The Jobs there are

  private var active: [Value] {
    get { status["active"]?.array ?? [] }
    set { status["active"] = newValue.isEmpty ? nil : .array(newValue) }
  }

  private func isActive(_ job: StoredObject) -> Bool { active.contains { $0["uid"]?.string == job.uid } }

  private mutating func noteJobs() {
    for job in jobs {
      guard let end = JobView(job.value).end else {
        if !isActive(job) {
          record(.warning, "UnexpectedJob", "Saw a job that the controller did not create or forgot: \(job.name)")
        }
        continue
      }
      if isActive(job) {
        active.removeAll { $0["uid"]?.string == job.uid }
        record(.normal, "SawCompletedJob", "Saw completed job: \(job.name), condition: \(end.type)")
      }
      if end.type == "Complete", let time = job.value["status", "completionTime"]?.string,
        time > status["lastSuccessfulTime"]?.string ?? ""
      {
        status["lastSuccessfulTime"] = .string(time)
      }
    }
  }

  private mutating func noteMissingJobs() {
    for reference in active {
      guard let uid = reference["uid"]?.string, !jobs.contains(where: { $0.uid == uid }) else { continue }
      record(.normal, "MissingJob", "Active job went missing: \(reference["name"]?.string ?? "")")
      active.removeAll { $0["uid"]?.string == uid }
    }
  }

  // MARK: Starting

  private mutating func startIfDue() throws(Status) -> Duration? {
    let spec = stored.value["spec"] ?? [:]
    if stored.metadata.isDeleting { return nil }
    if let name = spec["timeZone"]?.string, zone == nil {
      record(.warning, "UnknownTimeZone", "invalid timeZone: \"\(name)\": unknown time zone \(name)")
      return nil
    }
    if spec["suspend"]?.boolean == true { return nil }
    guard let schedule = readSchedule(spec["schedule"]?.string ?? "") else { return nil }
    let starts = MissedStarts(stored.value, schedule, in: zone, now: component.now, respectsDeadline: true)
    if starts.areMany {
      record(
        .warning, "TooManyMissedTimes",
        "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew")
    }
    if let time = starts.latest, mayStart(at: time) { try start(at: time) }
    return delay(schedule)
  }

  /// The zone by whose clocks the schedule goes; without one it is universal time, as the controller manager's.
  private var zone: TimeZoneRule? {
    TimeZoneRule(named: stored.value["spec", "timeZone"]?.string ?? "UTC")
  }

  private func readSchedule(_ text: String) -> CronSchedule? {
    do throws(CronError) {
      return try CronSchedule(text)
    } catch {
      record(.warning, "UnparseableSchedule", "unparseable schedule: \"\(text)\" : \(error.message)")
      return nil
    }
  }

  /// How long until the start after those that are due.
  private func delay(_ schedule: CronSchedule) -> Duration? {
    var value = stored.value
    value["status"] = status
    let starts = MissedStarts(value, schedule, in: zone, now: component.now, respectsDeadline: false)
    return schedule.next(after: starts.latest ?? starts.earliest, in: zone).map { $0 + Self.delta - component.now }
  }

  private func jobName(_ time: Time) -> String { "\(stored.name)-\(time.seconds / 60)" }

  private func mayStart(at time: Time) -> Bool {
    if let deadline = stored.value["spec", "startingDeadlineSeconds"]?.integer,
      time + .seconds(deadline) < component.now
    {
      record(.warning, "MissSchedule", "Missed scheduled time to start a job: \(time.dateText)")
      return false
    }
    let isDone =
      status["lastScheduleTime"]?.string == time.timestamp
      || active.contains { $0["name"]?.string == jobName(time) }
    if isDone { return false }
    if stored.value["spec", "concurrencyPolicy"]?.string == "Forbid", !active.isEmpty {
      record(
        .normal, "JobAlreadyActive",
        "Not starting job because prior execution is running and concurrency policy is Forbid")
      return false
    }
    return true
  }

  private mutating func start(at time: Time) throws(Status) {
    if stored.value["spec", "concurrencyPolicy"]?.string == "Replace" {
      for job in jobs where isActive(job) { delete(job) }
    }
    let job: StoredObject
    do throws(Status) {
      job = try component.create(.job, self.job(at: time), because: stored)
    } catch {
      if error.isToBeExpected { throw error }
      if error.isAlreadyExists {
        status["lastScheduleTime"] = .string(time.timestamp)
        return
      }
      record(.warning, "FailedCreate", "Error creating job: \(error.message)")
      throw error
    }
    record(.normal, "SuccessfulCreate", "Created job \(job.name)")
    active.append([
      "kind": "Job", "namespace": .string(job.namespace), "name": .string(job.name), "uid": .string(job.uid),
      "apiVersion": .string(Kind.job.apiVersion),
      "resourceVersion": .string(job.metadata.resourceVersion ?? ""),
    ])
    status["lastScheduleTime"] = .string(time.timestamp)
  }

  private func job(at time: Time) -> Value {
    let template = stored.value["spec", "jobTemplate"] ?? [:]
    var metadata: Value = ["name": .string(jobName(time)), "namespace": .string(stored.namespace)]
    metadata["labels"] = template["metadata", "labels"]
    metadata["annotations"] = template["metadata", "annotations"]
    metadata["annotations", Self.timestampKey] = .string(time.timestamp)
    metadata["ownerReferences"] = [OwnerReference(controller: AnyObjectView(stored.value), kind: .cronJob).value]
    return ["metadata": metadata, "spec": template["spec"] ?? [:]]
  }

  // MARK: Ended Jobs

  /// Deletes the oldest Jobs that ended, beyond what is to be kept.
  private mutating func removeHistory() {
    if stored.metadata.isDeleting { return }
    for (type, field, limit) in [
      ("Complete", "successfulJobsHistoryLimit", Int64(3)), ("Failed", "failedJobsHistoryLimit", 1),
    ] {
      let kept = Int(stored.value["spec", field]?.integer ?? limit)
      let ended = jobs.filter { JobView($0.value).end?.type == type && !$0.metadata.isDeleting }
        .sorted { Self.age($0) < Self.age($1) }
      for job in ended.prefix(max(0, ended.count - kept)) { delete(job) }
    }
  }

  private static func age(_ job: StoredObject) -> (String, String) {
    (job.value["status", "startTime"]?.string ?? "", job.name)
  }

  private mutating func delete(_ job: StoredObject) {
    do throws(Status) {
      try component.delete(.job, job, options: DeleteOptions(propagation: .background), because: stored)
      active.removeAll { $0["uid"]?.string == job.uid }
      record(.normal, "SuccessfulDelete", "Deleted job \(job.name)")
    } catch {
      record(.warning, "FailedDelete", "Deleted job: \(error.message)")
    }
  }
}

extension Time {
  /// The moment as e-mails have it (RFC 1123 with a numeric zone): `Sat, 21 Nov 2026 09:30:00 +0000`.
  fileprivate var dateText: String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = timestamp.dropLast().split(separator: "T")
    let date = parts[0].split(separator: "-")
    let month = months[(Int(date[1]) ?? 1) - 1]
    return "\(days[Int((seconds / 86_400 + 4) % 7)]), \(date[2]) \(month) \(date[0]) \(parts[1]) +0000"
  }
}
