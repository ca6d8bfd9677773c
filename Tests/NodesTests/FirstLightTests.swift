import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("A pod on a simulated node")
struct FirstLightTests {
  @Test func aNodeBecomesReadyAndLosesItsTaint() throws {
    let world = World()
    let node = Node(try #require(world.client.get(.node, name: "node-1")?.value))
    #expect(node.spec.taints.isEmpty)
    #expect(node.status.conditions.last?.type == "Ready")
    #expect(node.status.conditions.last?.isTrue == true)
    #expect(node.spec.podCIDR == "10.244.1.0/24")
    #expect(world.client.get(.lease, namespace: "kube-node-lease", name: "node-1") != nil)
  }

  @Test func aPodIsPulledStartedAndReady() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.loop.runDue()
    #expect(world.state("web") == "waiting ContainerCreating")
    #expect(world.pod("web")?.status.phase == "Pending")
    world.advance(.seconds(5))
    let pod = try #require(world.pod("web"))
    #expect(world.state("web") == "running")
    #expect(pod.status.phase == "Running")
    #expect(pod.isReady)
    #expect(pod.status.podIP == "10.244.1.2")
    #expect(world.reasons("web") == ["Pulling", "Pulled", "Created", "Started"])
  }
}
