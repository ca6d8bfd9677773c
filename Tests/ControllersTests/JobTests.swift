import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Job controller")
struct JobTests {
  let world = World()

  init() {
    world.startTime = nil
    world.start { client in
      let controller = JobController(client: client)
      controller.start()
      return controller
    }
  }

  private func job(_ spec: Value = [:], policy: String = "Never") -> Value {
    var whole: Value = [
      "template": ["spec": ["restartPolicy": .string(policy), "containers": [["name": "c", "image": "perl"]]]]
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return ["metadata": ["name": "pi"], "spec": whole]
  }

  private var status: Value { world.get(.job, "pi")?["status"] ?? .null }
  private var conditions: [String] {
    (status["conditions"]?.array ?? []).map {
      "\($0["type"]?.string ?? "")=\($0["status"]?.string ?? "") \($0["reason"]?.string ?? "")"
    }
  }

  private func endAll(exitCode: Int64 = 0) {
    for pod in world.activePods { world.end(pod.name, exitCode: exitCode) }
    world.advance(.seconds(2))
  }

  @Test("A Job runs its pod, counts it and is complete")
  func completes() throws {
    try world.create(.job, job())
    world.settle()
    let pod = try #require(world.pods.first)
    #expect(pod.metadata.generateName == "pi-" && pod.metadata.finalizers == ["batch.kubernetes.io/job-tracking"])
    #expect(pod.metadata.labels["batch.kubernetes.io/job-name"] == "pi" && pod.metadata.labels["job-name"] == "pi")
    #expect(status["active"] == 1 && status["ready"] == 0 && status["terminating"] == 0)
    #expect(status["uncountedTerminatedPods"] == [:] && status["startTime"] != nil)
    _ = world.takeWrites()
    world.end(pod.name)
    world.advance(.seconds(2))
    #expect(
      world.takeWrites().filter { !$0.hasPrefix("kubelet") } == [
        "job-controller updated jobs.batch/default/pi", "job-controller updated pods/default/\(pod.name)",
        "job-controller updated jobs.batch/default/pi",
      ])
    #expect(conditions == ["SuccessCriteriaMet=True CompletionsReached", "Complete=True CompletionsReached"])
    #expect(status["succeeded"] == 1 && status["active"] == nil && status["completionTime"] != nil)
    #expect(world.pods.first?.metadata.finalizers == [])
    #expect(
      world.takeEvents() == ["SuccessfulCreate: Created pod: \(pod.name)", "Completed: Job completed"])
  }

  @Test("As many pods as may run at once, until enough succeeded")
  func parallelism() throws {
    try world.create(.job, job(["completions": 5, "parallelism": 2]))
    world.settle()
    #expect(world.activePods.count == 2)
    endAll()
    #expect(world.activePods.count == 2 && status["succeeded"] == 2)
    endAll()
    #expect(world.activePods.count == 1)
    endAll()
    #expect(status["succeeded"] == 5 && conditions.last == "Complete=True CompletionsReached")
  }

  @Test("Failed pods are replaced after 10, 20, 40 seconds, until the back-off limit")
  func backoff() throws {
    try world.create(.job, job(["backoffLimit": 2]))
    world.settle()
    endAll(exitCode: 1)
    #expect(world.activePods.isEmpty && status["failed"] == 1)
    world.advance(.seconds(7))
    #expect(world.activePods.isEmpty)
    world.advance(.seconds(2))
    #expect(world.activePods.count == 1)
    endAll(exitCode: 1)
    world.advance(.seconds(17))
    #expect(world.activePods.isEmpty)
    world.advance(.seconds(2))
    #expect(world.activePods.count == 1)
    endAll(exitCode: 1)
    #expect(status["failed"] == 3)
    #expect(conditions == ["FailureTarget=True BackoffLimitExceeded", "Failed=True BackoffLimitExceeded"])
    #expect(
      world.takeEvents().last == "BackoffLimitExceeded: Job has reached the specified backoff limit")
  }

  @Test("Each index of an indexed Job is worked on by a pod that knows it")
  func indexed() throws {
    try world.create(.job, job(["completions": 3, "parallelism": 3, "completionMode": "Indexed"]))
    world.settle()
    #expect(world.pods.map { $0.metadata.generateName ?? "" } == ["pi-0-", "pi-1-", "pi-2-"])
    let pod = world.pods[1]
    #expect(pod.value["spec", "hostname"] == "pi-1")
    #expect(pod.metadata.annotations["batch.kubernetes.io/job-completion-index"] == "1")
    #expect(
      pod.spec.containers[0].value["env"]?.array?.first?["valueFrom", "fieldRef", "fieldPath"]
        == "metadata.labels['batch.kubernetes.io/job-completion-index']")
    world.end(world.pods[0].name)
    world.end(world.pods[2].name)
    world.advance(.seconds(2))
    #expect(status["completedIndexes"] == "0,2" && status["succeeded"] == 2)
    world.end(pod.name, exitCode: 1)
    world.advance(.seconds(15))
    #expect(world.activePods.map { $0.metadata.generateName ?? "" } == ["pi-1-"])
    endAll()
    #expect(status["completedIndexes"] == "0-2" && conditions.last == "Complete=True CompletionsReached")
  }

  @Test("A suspended Job has no pods and says so; resumed, it starts anew")
  func suspension() throws {
    try world.create(.job, job(["suspend": true]))
    world.settle()
    #expect(world.pods.isEmpty && status["startTime"] == nil && conditions == ["Suspended=True JobSuspended"])
    try world.change(.job, "pi") { $0["spec", "suspend"] = false }
    world.settle()
    #expect(world.pods.count == 1 && conditions == ["Suspended=False JobResumed"] && status["startTime"] != nil)
    try world.change(.job, "pi") { $0["spec", "suspend"] = true }
    world.advance(.seconds(3))
    #expect(world.pods.isEmpty && status["failed"] == nil)
    #expect(
      world.takeEvents().filter { !$0.contains("pod") } == [
        "Suspended: Job suspended", "Resumed: Job resumed", "Suspended: Job suspended",
      ])
  }

  @Test("A Job that runs for too long ends, with its pods")
  func deadline() throws {
    try world.create(.job, job(["activeDeadlineSeconds": 30]))
    world.advance(.seconds(29))
    #expect(world.activePods.count == 1)
    world.advance(.seconds(5))
    #expect(world.pods.isEmpty && status["failed"] == 1)
    #expect(conditions == ["FailureTarget=True DeadlineExceeded", "Failed=True DeadlineExceeded"])
    #expect(world.takeEvents().last == "DeadlineExceeded: Job was active longer than specified deadline")
  }

  @Test("A failure policy ends the Job, or overlooks the failure")
  func failurePolicy() throws {
    let rules: Value = [
      ["action": "Ignore", "onExitCodes": ["operator": "In", "values": [3]]],
      ["action": "FailJob", "onExitCodes": ["operator": "In", "values": [42]]],
    ]
    try world.create(.job, job(["backoffLimit": 0, "podFailurePolicy": ["rules": rules]]))
    world.settle()
    endAll(exitCode: 3)
    world.advance(.seconds(12))
    #expect(world.activePods.count == 1 && status["failed"] == nil)
    endAll(exitCode: 42)
    #expect(conditions == ["FailureTarget=True PodFailurePolicy", "Failed=True PodFailurePolicy"])
    #expect(
      status["conditions"]?.array?.last?["message"]?.string?.hasSuffix(
        "failed with exit code 42 matching FailJob rule at index 1") == true)
  }

  @Test("The pods of a Job that is gone are let go")
  func orphans() throws {
    try world.create(.job, job())
    world.settle()
    try world.client.delete(.job, namespace: "default", name: "pi", cause: world.user)
    world.settle()
    #expect(world.get(.job, "pi") == nil && world.pods.allSatisfy { $0.metadata.finalizers.isEmpty })
  }

  @Test("An index that fails too often is given up, and the Job fails when the others are done")
  func failedIndexes() throws {
    try world.create(
      .job,
      job(["completions": 2, "parallelism": 2, "completionMode": "Indexed", "backoffLimitPerIndex": 1]))
    world.settle()
    world.end(world.pods[0].name, exitCode: 1)
    world.end(world.pods[1].name)
    world.advance(.seconds(15))
    let second = try #require(world.activePods.first)
    #expect(second.metadata.annotations["batch.kubernetes.io/job-index-failure-count"] == "1")
    endAll(exitCode: 1)
    #expect(status["failedIndexes"] == "0" && status["completedIndexes"] == "1")
    #expect(conditions == ["FailureTarget=True FailedIndexes", "Failed=True FailedIndexes"])
  }

  @Test("A Job succeeds early by its success policy, and the pods left over are deleted")
  func successPolicy() throws {
    try world.create(
      .job,
      job([
        "completions": 3, "parallelism": 3, "completionMode": "Indexed",
        "successPolicy": ["rules": [["succeededIndexes": "0"]]],
      ]))
    world.settle()
    world.end(world.pods[0].name)
    world.advance(.seconds(4))
    #expect(conditions == ["SuccessCriteriaMet=True SuccessPolicy", "Complete=True SuccessPolicy"])
    #expect(world.activePods.isEmpty && status["completedIndexes"] == "0" && status["failed"] == nil)
  }
}
