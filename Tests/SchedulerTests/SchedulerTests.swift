import API
import Kinds
import Loop
import Scheduler
import Store
import Testing
import Tree

@Suite("The scheduler")
struct FirstPlacementTests {
  @Test func aPodIsBoundToAReadyNode() throws {
    let world = World()
    try world.node("node-1")
    let pod = try world.pod("web")
    world.loop.runDue()
    #expect(world.nodeName("web") == "node-1")
    #expect(world.events("web") == ["Scheduled: Successfully assigned default/web to node-1"])
    #expect(world.scheduler.decision(for: pod.uid)?.chosen == "node-1")
  }
}
