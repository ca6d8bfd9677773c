import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Faults")
struct FaultTests {
  private func fault(_ world: World, _ name: String, _ spec: Value) throws {
    try world.create(.fault, ["metadata": ["name": .string(name)], "spec": spec])
    world.loop.runDue()
  }

  private func status(_ world: World, _ name: String) -> Value? {
    world.client.get(.fault, name: name)?.value["status"]
  }

  @Test func aNodeThatIsDownFallsSilentAndComesBack() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    try fault(world, "down", ["type": "NodeDown", "node": "node-1"])
    #expect(status(world, "down")?["active"]?.boolean == true)
    let lease = { world.client.get(.lease, namespace: "kube-node-lease", name: "node-1")?.revision }
    let before = lease()
    try world.delete("web")
    world.advance(.seconds(100))
    #expect(lease() == before)
    #expect(world.state("web") == "running")
    try world.client.delete(.fault, name: "down", cause: World.cause)
    world.loop.runDue()
    #expect(lease() != before)
    world.advance(.seconds(3))
    #expect(world.state("web") == "gone")
  }

  @Test func aContainerCrashesOnce() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    try fault(
      world, "crash", ["type": "ContainerCrash", "pod": ["namespace": "default", "name": "web", "container": ""]])
    #expect(world.state("web") == "terminated Error 137")
    #expect(status(world, "crash")?["active"]?.boolean != true)
    #expect(status(world, "crash")?["startedAt"] != nil)
    world.advance(.seconds(3))
    #expect(world.state("web") == "running")
    #expect(world.pod("web")?.status.containerStatuses.first?.restartCount == 1)
    world.advance(.seconds(600))
    #expect(world.pod("web")?.status.containerStatuses.first?.restartCount == 1)
  }

  @Test func aSlowPullTakesThatManyTimesLonger() throws {
    let world = World(nodes: 2)
    try world.run("fast", image: "nginx:1.27", node: "node-1")
    try fault(world, "slow", ["type": "SlowPull", "image": "nginx", "factor": 20])
    world.advance(.milliseconds(10))
    try world.run("slow", image: "nginx:1.27", node: "node-2")
    world.advance(.seconds(80))
    #expect(world.state("slow") == "running")
    let pulled = world.events("slow").first { $0.hasPrefix("Pulled") } ?? ""
    #expect(pulled.contains(" in 3") || pulled.contains(" in 4"), "\(pulled)")
  }
}
