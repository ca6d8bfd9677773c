import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Endpoints controller")
struct EndpointsTests {
  let world = World()

  init() throws {
    world.startTime = nil
    world.start { client in
      let controller = EndpointsController(client: client)
      controller.start()
      return controller
    }
    try world.addNode("node-1")
  }

  private var endpoints: Value? { world.get(.endpoints, "web") }
  private var subset: Value? { endpoints?["subsets"]?.array?.first }

  @Test("A Service's Endpoints hold its pods' addresses: those that are ready apart from those that are not")
  func addresses() throws {
    try world.create(
      .service,
      [
        "metadata": ["name": "web", "labels": ["tier": "front"]],
        "spec": ["selector": ["app": "web"], "ports": [["port": 80, "targetPort": 8080, "protocol": "TCP"]]],
      ])
    world.settle()
    #expect(endpoints?["subsets"] == nil)
    #expect(endpoints?["metadata", "labels", "tier"] == "front")
    #expect(endpoints?["metadata", "labels", "endpoints.kubernetes.io/managed-by"] == "endpoint-controller")
    try world.addPod("a", labels: ["app": "web"], node: "node-1")
    world.setReady(Kind.pod.key(namespace: "default", name: "a"), true)
    world.settle()
    let address = subset?["addresses"]?.array?.first
    #expect(address?["targetRef", "name"] == "a" && address?["nodeName"] == "node-1")
    #expect(subset?["ports"] == [["port": 8080, "protocol": "TCP"]] && subset?["notReadyAddresses"] == nil)
    world.setReady(Kind.pod.key(namespace: "default", name: "a"), false)
    world.settle()
    #expect(subset?["addresses"] == nil && subset?["notReadyAddresses"]?.array?.count == 1)
    try world.client.delete(.service, namespace: "default", name: "web", cause: world.user)
    world.settle()
    #expect(endpoints == nil)
  }
}
