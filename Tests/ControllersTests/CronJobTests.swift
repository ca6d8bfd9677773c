import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("CronJob controller")
struct CronJobTests {
  /// 2026-01-01T00:00:00Z, a Thursday.
  private static let birth = Time(seconds: 1_767_225_600)

  let world = World(Snapshot(), at: birth)

  init() throws {
    world.startTime = nil
    try world.client.create(.namespace, ["metadata": ["name": "default"]], cause: world.user)
    for make: (Client) -> AnyObject in [
      { client in
        let controller = CronJobController(client: client)
        controller.start()
        return controller
      },
      { client in
        let controller = JobController(client: client)
        controller.start()
        return controller
      },
    ] {
      world.start(make)
    }
  }

  private func cronJob(_ spec: Value = [:]) -> Value {
    var whole: Value = [
      "schedule": "*/1 * * * *",
      "jobTemplate": [
        "spec": [
          "template": [
            "spec": ["restartPolicy": "OnFailure", "containers": [["name": "hello", "image": "busybox"]]]
          ]
        ]
      ],
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return ["metadata": ["name": "hello"], "spec": whole]
  }

  private var status: Value { world.get(.cronJob, "hello")?["status"] ?? .null }
  private var jobs: [String] { world.client.list(.job).map(\.name) }

  private func endAll() {
    for pod in world.activePods { world.end(pod.name) }
    world.advance(.seconds(2))
  }

  @Test("A schedule goes by the clocks of its zone, which leave an hour out in spring and repeat one in autumn")
  func timeZones() throws {
    try world.create(.cronJob, cronJob(["schedule": "30 9 * * *", "timeZone": "Asia/Seoul"]))
    world.advance(.seconds(1_805))
    #expect(status["lastScheduleTime"] == "2026-01-01T00:30:00Z")
    let schedule = try CronSchedule("30 2 * * *")
    let berlin = try #require(TimeZoneRule(named: "Europe/Berlin"))
    let spring = try #require(Time(timestamp: "2026-03-28T12:00:00Z"))
    #expect(schedule.next(after: spring, in: berlin)?.timestamp == "2026-03-30T00:30:00Z")
    let autumn = try #require(Time(timestamp: "2026-10-24T12:00:00Z"))
    let first = try #require(schedule.next(after: autumn, in: berlin))
    #expect(first.timestamp == "2026-10-25T00:30:00Z")
    #expect(schedule.next(after: first, in: berlin)?.timestamp == "2026-10-25T01:30:00Z")
  }

  @Test("A period goes from start to start")
  func period() throws {
    try world.create(.cronJob, cronJob(["schedule": "@every 90s"]))
    world.advance(.seconds(91))
    #expect(status["lastScheduleTime"] == "2026-01-01T00:01:30Z")
    endAll()
    world.advance(.seconds(90))
    #expect(status["lastScheduleTime"] == "2026-01-01T00:03:00Z")
  }

  @Test("A Job each minute, named after its minute, in the status while it runs")
  func eachMinute() throws {
    try world.create(.cronJob, cronJob())
    world.advance(.seconds(59))
    #expect(jobs.isEmpty)
    world.advance(.seconds(2))
    #expect(jobs == ["hello-29453761"])
    #expect(status["lastScheduleTime"] == "2026-01-01T00:01:00Z")
    #expect(status["active"]?.array?.map { $0["name"]?.string } == ["hello-29453761"])
    let job = world.get(.job, "hello-29453761")
    #expect(
      job?["metadata", "annotations", "batch.kubernetes.io/cronjob-scheduled-timestamp"] == "2026-01-01T00:01:00Z")
    endAll()
    #expect(status["active"] == nil && status["lastSuccessfulTime"] != nil)
    #expect(
      world.takeEvents().filter { $0.contains("job ") || $0.contains("job:") } == [
        "SuccessfulCreate: Created job hello-29453761",
        "SawCompletedJob: Saw completed job: hello-29453761, condition: Complete",
      ])
    for _ in 0..<5 {
      world.advance(.seconds(58))
      endAll()
    }
    #expect(jobs.count == 3)
  }

  @Test("Forbid waits for the Job before; Replace deletes it; Allow starts beside it")
  func concurrency() throws {
    try world.create(.cronJob, cronJob(["concurrencyPolicy": "Forbid"]))
    world.advance(.seconds(125))
    #expect(jobs == ["hello-29453761"])
    #expect(
      world.takeEvents().contains(
        "JobAlreadyActive: Not starting job because prior execution is running and concurrency policy is Forbid"))
    try world.change(.cronJob, "hello") { $0["spec", "concurrencyPolicy"] = "Replace" }
    world.advance(.seconds(60))
    #expect(jobs == ["hello-29453763"])
    #expect(world.takeEvents().contains("SuccessfulDelete: Deleted job hello-29453762"))
    try world.change(.cronJob, "hello") { $0["spec", "concurrencyPolicy"] = "Allow" }
    world.advance(.seconds(60))
    #expect(jobs == ["hello-29453763", "hello-29453764"])
  }

  @Test("Nothing starts while suspended, and of the starts missed meanwhile one is made up for")
  func suspension() throws {
    try world.create(.cronJob, cronJob(["suspend": true]))
    world.advance(.seconds(600))
    #expect(jobs.isEmpty)
    try world.change(.cronJob, "hello") { $0["spec", "suspend"] = false }
    world.advance(.seconds(1))
    #expect(jobs == ["hello-29453770"])
  }

  @Test("A start beyond its deadline is left out")
  func deadline() throws {
    try world.create(.cronJob, cronJob(["suspend": true, "schedule": "0 * * * *", "startingDeadlineSeconds": 60]))
    world.advance(.seconds(3_900))
    try world.change(.cronJob, "hello") { $0["spec", "suspend"] = false }
    world.advance(.seconds(1))
    #expect(jobs.isEmpty)
  }

  @Test("A time zone that is not known is refused in an event")
  func timeZone() throws {
    try world.create(.cronJob, cronJob(["timeZone": "Europe/Atlantis"]))
    world.advance(.seconds(120))
    #expect(jobs.isEmpty)
    #expect(
      world.takeEvents() == [
        "UnknownTimeZone: invalid timeZone: \"Europe/Atlantis\": unknown time zone Europe/Atlantis"
      ])
    try world.change(.cronJob, "hello") { $0["spec", "timeZone"] = "Etc/UTC" }
    world.advance(.seconds(1))
    #expect(jobs.count == 1)
  }

  @Test(
    "Days of the month and of the week: both where one is a star, else either",
    arguments: [
      ("0 0 1 2 *", 31 * 1_440), ("30 6 * * mon", 4 * 1_440 + 390), ("0 0 13 * 5", 1_440), ("@weekly", 4_320),
    ])
  func days(schedule: String, minutes: Int) throws {
    try world.create(.cronJob, cronJob(["schedule": .string(schedule)]))
    world.advance(.seconds(Int64(minutes) * 60 - 1))
    #expect(jobs.isEmpty)
    world.advance(.seconds(2))
    #expect(jobs == ["hello-\(29_453_760 + minutes)"])
  }

  @Test("A Job that asks for it is deleted a while after it ended")
  func timeToLive() throws {
    world.start { client in
      let controller = FinishedJobController(client: client)
      controller.start()
      return controller
    }
    let template: Value = ["spec": ["restartPolicy": "Never", "containers": [["name": "c", "image": "busybox"]]]]
    try world.create(
      .job, ["metadata": ["name": "once"], "spec": ["ttlSecondsAfterFinished": 60, "template": template]])
    world.settle()
    endAll()
    #expect(jobs == ["once"])
    world.advance(.seconds(61))
    #expect(world.get(.job, "once").map { $0["metadata", "deletionTimestamp"] != nil } ?? true)
  }
}
