import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Restarts")
struct RestartTests {
  @Test func aCrashingContainerBacksOffLongerEachTime() throws {
    let world = World()
    try world.run("web", image: "hello:broken")
    world.advance(.seconds(300))
    let starts = world.writes.compactMap { change -> Int64? in
      guard change.key.groupResource.resource == "pods", change.kind == .updated else { return nil }
      let state = { (object: StoredObject?) in
        Pod(object?.value ?? .null).status.containerStatuses.first?.state?["running"]?["startedAt"]?.string
      }
      guard let now = state(change.object), now != state(change.previous) else { return nil }
      return Time(timestamp: now)?.seconds
    }
    let gaps = zip(starts, starts.dropFirst()).map { $1 - $0 }
    // Two seconds of running and one until it is noticed; then 10, 20, 40, 80 seconds after the end.
    #expect(gaps.count == 5)
    #expect(zip(gaps, [3, 12, 22, 42, 82]).allSatisfy { abs($0 - $1) <= 1 }, "\(gaps)")
    let status = try #require(world.pod("web")?.status.containerStatuses.first)
    #expect(status.restartCount == 5)
    #expect(status.lastState?["terminated"]?["exitCode"]?.integer == 1)
    #expect(status.state?["waiting"]?["reason"]?.string == "CrashLoopBackOff")
    let uid = world.pod("web")?.uid ?? ""
    #expect(
      status.state?["waiting"]?["message"]?.string
        == "back-off 2m40s restarting failed container=web pod=web_default(\(uid))")
    #expect(world.pod("web")?.status.phase == "Running")
    #expect(world.reasons("web").contains("BackOff"))
  }

  @Test func statesAppearInKubernetesOrder() throws {
    let world = World()
    try world.run("web", image: "hello:broken")
    world.advance(.seconds(12))
    var states: [String] = []
    for change in world.writes where change.key.name == "web" && change.key.groupResource.resource == "pods" {
      guard let state = Pod(change.object.value).status.containerStatuses.first?.state?.object?.first else { continue }
      let word = state.value["reason"]?.string ?? state.key
      if word != states.last { states.append(word) }
    }
    #expect(states == ["ContainerCreating", "running", "Error", "running", "Error", "CrashLoopBackOff"])
  }

  @Test func policyNeverEndsThePod() throws {
    let world = World()
    try world.run("good", image: "busybox", container: ["command": ["true"]], spec: ["restartPolicy": "Never"])
    try world.run(
      "bad", image: "busybox", container: ["command": ["sh", "-c", "exit 3"]], spec: ["restartPolicy": "Never"])
    world.advance(.seconds(10))
    #expect(world.state("good") == "terminated Completed 0")
    #expect(world.pod("good")?.status.phase == "Succeeded")
    #expect(world.state("bad") == "terminated Error 3")
    #expect(world.pod("bad")?.status.phase == "Failed")
    let ready = world.pod("good")?.status.conditions.first { $0.type == "Ready" }
    #expect(ready?.reason == "PodCompleted")
  }

  @Test func policyOnFailureRestartsOnlyFailures() throws {
    let world = World()
    try world.run(
      "job", image: "busybox",
      container: ["command": ["sh", "-c", "if [ -f /done ]; then exit 0; fi; touch /done; exit 1"]],
      spec: ["restartPolicy": "OnFailure"])
    world.advance(.seconds(5))
    // Files do not outlive a container, so it fails for ever.
    #expect((world.pod("job")?.status.containerStatuses.first?.restartCount ?? 0) >= 1)
    try world.run("ok", image: "busybox", container: ["command": ["true"]], spec: ["restartPolicy": "OnFailure"])
    world.advance(.seconds(5))
    #expect(world.pod("ok")?.status.phase == "Succeeded")
  }

  @Test func anUnknownCommandCannotBeStarted() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27", container: ["command": ["nosuch"]])
    world.advance(.seconds(3))
    let status = world.pod("web")?.status.containerStatuses.first
    let end = status?.lastState?["terminated"] ?? status?.state?["terminated"]
    #expect(end?["exitCode"]?.integer == 128)
    #expect(end?["reason"]?.string == "StartError")
    #expect(end?["message"]?.string?.hasSuffix("exec: \"nosuch\": executable file not found in $PATH") == true)
    world.advance(.seconds(10))
    #expect(world.state("web") == "waiting CrashLoopBackOff" || world.state("web") == "waiting RunContainerError")
  }

  @Test func aContainerOverItsMemoryLimitIsKilled() throws {
    let world = World()
    try world.run(
      "hog", image: "memory-hog", container: ["resources": ["limits": ["memory": "100Mi"]]],
      spec: ["restartPolicy": "Never"])
    world.advance(.seconds(20))
    #expect(world.state("hog") == "terminated OOMKilled 137")
  }

  @Test func backOffBeginsAnewAfterTenGoodMinutes() throws {
    let world = World()
    try world.run("web", image: "busybox", container: ["command": ["sleep", "700"]])
    world.advance(.seconds(3_000))
    let status = world.pod("web")?.status.containerStatuses.first
    #expect((status?.restartCount ?? 0) == 4)
    #expect(!world.reasons("web").contains("BackOff"))
  }

  @Test func aPodThatIsActiveTooLongFails() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27", spec: ["activeDeadlineSeconds": 30])
    world.advance(.seconds(29))
    #expect(world.pod("web")?.status.phase == "Running")
    world.advance(.seconds(5))
    #expect(world.pod("web")?.status.phase == "Failed")
    #expect(world.pod("web")?.status.reason == "DeadlineExceeded")
  }
}
