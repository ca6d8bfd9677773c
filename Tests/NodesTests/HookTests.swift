import Kinds
import Loop
import Testing
import Tree

@Suite("Hooks and last words")
struct HookTests {
  @Test func aContainerRunsWhenItsPostStartHookHasEnded() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27",
      container: ["lifecycle": ["postStart": ["exec": ["command": ["sh", "-c", "sleep 5; echo hi > /tmp/x"]]]]])
    world.advance(.seconds(5))
    #expect(world.state("web") == "waiting ContainerCreating")
    #expect(world.reasons("web").last == "Started")
    world.advance(.seconds(5))
    #expect(world.state("web") == "running")
    #expect(world.pod("web")?.isReady == true)
  }

  @Test func aFailedPostStartHookEndsTheContainer() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27", container: ["lifecycle": ["postStart": ["exec": ["command": ["false"]]]]])
    world.advance(.seconds(6))
    #expect(world.events("web").contains { $0.hasPrefix("FailedPostStartHook: PostStartHook failed") })
    #expect(world.events("web").contains { $0.hasPrefix("Killing: FailedPostStartHook") })
    world.advance(.seconds(4))
    #expect(world.state("web") == "waiting CrashLoopBackOff")
  }

  @Test func thePreStopHookComesBeforeTheSignal() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27", container: ["lifecycle": ["preStop": ["sleep": ["seconds": 10]]]])
    world.advance(.seconds(10))
    try world.delete("web")
    world.advance(.seconds(9))
    #expect(world.state("web") == "running")
    world.advance(.seconds(3))
    #expect(world.state("web") == "gone")
  }

  @Test func aFailedPreStopHookIsTold() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27", container: ["lifecycle": ["preStop": ["httpGet": ["port": 9999]]]])
    world.advance(.seconds(10))
    try world.delete("web")
    world.advance(.seconds(5))
    #expect(world.events("web").contains("FailedPreStopHook: PreStopHook failed"))
    #expect(world.state("web") == "gone")
  }

  @Test func aContainerLeavesAMessage() throws {
    let world = World()
    func end(_ name: String, _ command: String, _ more: Value = [:]) throws {
      var container: Value = ["command": ["sh", "-c", .string(command)]]
      for member in more.object ?? Members() { container[member.key] = member.value }
      try world.run(name, image: "busybox", container: container, spec: ["restartPolicy": "Never"])
    }
    try end("file", "echo -n done > /dev/termination-log")
    try end("own", "echo -n mine > /tmp/end; exit 3", ["terminationMessagePath": "/tmp/end"])
    try end("log", "echo one; echo two; exit 1", ["terminationMessagePolicy": "FallbackToLogsOnError"])
    try end("none", "echo one; exit 1")
    world.advance(.seconds(30))
    func message(_ name: String) -> String? {
      world.pod(name)?.status.containerStatuses.first?.state?["terminated"]?["message"]?.string
    }
    #expect(message("file") == "done")
    #expect(message("own") == "mine")
    #expect(message("log") == "one\ntwo\n")
    #expect(message("none") == nil)
  }
}
