import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Lost nodes")
struct NodeTests {
  let world = World()

  init() throws {
    world.startAll()
    for number in 1...3 { try world.addNode("node-\(number)") }
    world.advance(.seconds(20))
    _ = world.takeEvents()
  }

  private func condition(_ type: String, of node: String) -> [String] {
    let conditions = world.get(.node, node)?["status", "conditions"]?.array ?? []
    guard let condition = conditions.first(where: { $0["type"]?.string == type }) else { return [] }
    return ["status", "reason", "message"].map { condition[$0]?.string ?? "" }
  }

  private func taints(of node: String) -> [String] {
    let taints = Node(world.get(.node, node) ?? [:]).spec.taints
    return taints.map { $0.key + ":" + $0.effect }.sorted()
  }

  @Test("Nodes that are there are registered")
  func registers() throws {
    try world.addNode("node-4")
    world.advance(.seconds(6))
    #expect(
      world.takeEvents().contains("RegisteredNode: Node node-4 event: Registered Node node-4 in Controller"))
  }

  @Test("A silent node becomes Unknown after 50 s, its pods are not ready, and after 300 s they go")
  func lost() throws {
    let tolerations: Value = [
      ["key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300]
    ]
    try world.addPod("web", labels: ["app": "web"], node: "node-2", tolerations: tolerations)
    world.advance(.seconds(10))
    #expect(world.pods[0].isReady)
    world.beats.remove("node-2")
    world.advance(.seconds(40))
    #expect(condition("Ready", of: "node-2")[0] == "True")
    world.advance(.seconds(25))
    #expect(
      condition("Ready", of: "node-2") == ["Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."])
    #expect(
      taints(of: "node-2") == [
        "node.kubernetes.io/unreachable:NoExecute", "node.kubernetes.io/unreachable:NoSchedule",
      ])
    #expect(Node(world.get(.node, "node-2") ?? [:]).spec.taints.allSatisfy { $0.timeAdded != nil })
    #expect(!world.pods[0].isReady)
    #expect(
      world.takeEvents() == [
        "NodeNotReady: Node node-2 status is now: NodeNotReady", "NodeNotReady: Node is not ready",
      ])
    world.advance(.seconds(280))
    #expect(!world.pods[0].metadata.isDeleting)
    world.advance(.seconds(20))
    #expect(world.pods.first?.metadata.isDeleting ?? true)
    #expect(world.takeEvents().contains("TaintManagerEviction: Marking for deletion Pod default/web"))
  }

  @Test("A node that comes back in time keeps its pods")
  func returns() throws {
    let tolerations: Value = [["operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300]]
    try world.addPod("web", node: "node-2", tolerations: tolerations)
    world.beats.remove("node-2")
    world.advance(.seconds(100))
    #expect(taints(of: "node-2").count == 2)
    world.beats.insert("node-2")
    world.advance(.seconds(20))
    #expect(condition("Ready", of: "node-2")[0] == "True")
    #expect(taints(of: "node-2").isEmpty)
    #expect(world.takeEvents().contains("TaintManagerEviction: Cancelling deletion of Pod default/web"))
    world.advance(.seconds(1_000))
    #expect(world.pods.first?.metadata.isDeleting == false)
  }

  @Test("When all nodes are silent nobody is evicted")
  func fullDisruption() throws {
    try world.addPod("web", node: "node-2", tolerations: [])
    world.beats = []
    world.advance(.seconds(600))
    #expect(condition("Ready", of: "node-2")[0] == "Unknown")
    #expect(taints(of: "node-2") == ["node.kubernetes.io/unreachable:NoSchedule"])
    #expect(world.pods.first?.metadata.isDeleting == false)
  }

  @Test("A Node object that no kubelet stands behind is Unknown after its start-up time")
  func neverUpdated() throws {
    try world.create(.node, ["metadata": ["name": "paper"]])
    world.advance(.seconds(50))
    #expect(condition("Ready", of: "paper") == [])
    world.advance(.seconds(20))
    #expect(
      condition("Ready", of: "paper") == ["Unknown", "NodeStatusNeverUpdated", "Kubelet never posted node status."])
    #expect(condition("DiskPressure", of: "paper")[1] == "NodeStatusNeverUpdated")
  }

  @Test("A cordoned node is tainted, and no longer when uncordoned")
  func cordon() throws {
    try world.change(.node, "node-1") { $0["spec", "unschedulable"] = true }
    world.settle()
    #expect(taints(of: "node-1") == ["node.kubernetes.io/unschedulable:NoSchedule"])
    try world.change(.node, "node-1") { $0["spec", "unschedulable"] = nil }
    world.settle()
    #expect(taints(of: "node-1").isEmpty)
  }

  @Test("A NoExecute taint that a pod does not tolerate ends it at once")
  func userTaint() throws {
    try world.addPod("stays", node: "node-1", tolerations: [["key": "down", "operator": "Exists"]])
    try world.addPod("goes", node: "node-1", tolerations: [])
    world.advance(.seconds(5))
    try world.change(.node, "node-1") { $0["spec", "taints"] = [["key": "down", "effect": "NoExecute"]] }
    world.settle()
    #expect(world.get(.pod, "stays")?["metadata", "deletionTimestamp"] == nil)
    let goes = world.get(.pod, "goes")
    #expect(goes?["metadata", "deletionTimestamp"] != nil)
    let target = goes?["status", "conditions"]?.array?.first { $0["type"] == "DisruptionTarget" }
    #expect(target?["reason"] == "DeletionByTaintManager")
  }

  @Test("Pods of a node that was removed are removed after a while")
  func removedNode() throws {
    try world.addPod("web", node: "node-3")
    world.advance(.seconds(5))
    try world.client.delete(.node, name: "node-3", cause: world.user)
    world.advance(.seconds(30))
    #expect(world.pods.count == 1)
    world.advance(.seconds(60))
    #expect(world.pods.isEmpty)
    #expect(world.takeEvents().contains("RemovingNode: Node node-3 event: Removing Node node-3 from Controller"))
  }
}
