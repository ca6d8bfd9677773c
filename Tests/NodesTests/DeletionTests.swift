import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Graceful deletion")
struct DeletionTests {
  private func deletionTime(_ world: World, _ name: String, after start: Time) -> Int64? {
    world.writes.last { $0.kind == .deleted && $0.key.name == name }.map { $0.time.seconds - start.seconds }
  }

  @Test func aServerEndsSoonAfterTheSignal() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    let start = world.loop.now
    try world.delete("web")
    world.loop.runDue()
    #expect(world.events("web").last == "Killing: Stopping container web")
    #expect(world.pod("web") != nil)
    world.advance(.seconds(5))
    #expect(world.state("web") == "gone")
    #expect(deletionTime(world, "web", after: start).map { $0 <= 1 } == true)
    let last = world.writes.last { $0.key.name == "web" && $0.key.groupResource.resource == "pods" }
    let status = Pod(last?.object.value ?? .null).status
    #expect(status.containerStatuses.first?.state?["terminated"]?["exitCode"]?.integer == 0)
    #expect(status.phase == "Succeeded")
  }

  @Test func aShellThatIgnoresTheSignalTakesTheWholeGracePeriod() throws {
    let world = World()
    try world.run("sleeper", image: "busybox", container: ["command": ["sleep", "3600"]])
    world.advance(.seconds(10))
    let start = world.loop.now
    try world.delete("sleeper", grace: 30)
    world.advance(.seconds(29))
    #expect(world.state("sleeper") == "running")
    world.advance(.seconds(3))
    #expect(world.state("sleeper") == "gone")
    #expect(deletionTime(world, "sleeper", after: start) == 30)
    let last = world.writes.last { $0.key.name == "sleeper" && $0.kind == .deleted }
    #expect(
      Pod(last?.object.value ?? .null).status.containerStatuses.first?.state?["terminated"]?["exitCode"]?.integer == 137
    )
  }

  @Test func aTrapEndsTheShellAtOnce() throws {
    let world = World()
    try world.run(
      "polite", image: "busybox", container: ["command": ["sh", "-c", "trap 'exit 0' TERM; sleep 3600"]])
    world.advance(.seconds(10))
    try world.delete("polite")
    world.advance(.seconds(2))
    #expect(world.state("polite") == "gone")
  }

  @Test func aPodThatIsStillPullingIsGivenUp() throws {
    let world = World()
    try world.run("web", image: "perl:5.40")
    world.advance(.seconds(2))
    try world.delete("web")
    world.advance(.seconds(2))
    #expect(world.state("web") == "gone")
  }

  @Test func anAddressIsGivenBackAndTheNextPodGetsAnother() throws {
    let world = World()
    try world.run("one", image: "nginx:1.27")
    world.advance(.seconds(5))
    try world.delete("one")
    world.advance(.seconds(5))
    try world.run("two", image: "nginx:1.27")
    world.advance(.seconds(5))
    #expect(world.pod("two")?.status.podIP == "10.244.1.3")
  }
}
