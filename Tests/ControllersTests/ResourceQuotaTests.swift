import API
import Controllers
import Kinds
import Loop
import Testing
import Tree

@Suite("ResourceQuota controller")
struct ResourceQuotaTests {
  let world = World()

  init() {
    world.startTime = nil
    world.start { client in
      let controller = ResourceQuotaController(client: client, kinds: .builtIn)
      controller.start()
      return controller
    }
  }

  private var status: Value? { world.get(.resourceQuota, "quota")?["status"] }

  @Test("A quota's status tells what is in use, and counts anew when something ends or goes")
  func counts() throws {
    try world.create(.pod, World.pod("a"))
    try world.create(
      .resourceQuota,
      ["metadata": ["name": "quota"], "spec": ["hard": ["pods": "3", "count/configmaps": "2"]]])
    world.settle()
    #expect(status?["hard", "pods"] == "3" && status?["used", "pods"] == "1")
    #expect(status?["used", "count/configmaps"] == "0")
    try world.create(.configMap, ["metadata": ["name": "c"]])
    try world.create(.pod, World.pod("b"))
    world.settle()
    #expect(status?["used", "pods"] == "2" && status?["used", "count/configmaps"] == "1")
    world.end("b")
    world.settle()
    #expect(status?["used", "pods"] == "1")
    try world.client.delete(.pod, namespace: "default", name: "a", cause: world.user)
    world.settle()
    #expect(status?["used", "pods"] == "0")
  }
}
