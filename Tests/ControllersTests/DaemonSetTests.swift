import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("DaemonSet controller")
struct DaemonSetTests {
  let world = World()

  init() throws {
    world.start { client in
      let controller = DaemonSetController(client: client)
      controller.start()
      return controller
    }
    for name in ["node-1", "node-2", "node-3"] { try world.addNode(name) }
  }

  private func set(_ strategy: Value = ["type": "RollingUpdate"], pod: Value = [:], minReadySeconds: Int64 = 0)
    -> Value
  {
    var spec: Value = ["containers": [["name": "agent", "image": "nginx:1.27"]]]
    for member in pod.object ?? Members() { spec[member.key] = member.value }
    return [
      "metadata": ["name": "agent"],
      "spec": [
        "selector": ["matchLabels": ["app": "agent"]], "updateStrategy": strategy,
        "minReadySeconds": .integer(minReadySeconds),
        "template": ["metadata": ["labels": ["app": "agent"]], "spec": spec],
      ],
    ]
  }

  private var status: Value { world.get(.daemonSet, "agent")?["status"] ?? .null }
  private var nodes: [String] { world.pods.compactMap(node).sorted() }

  private func node(_ pod: Pod) -> String? {
    pod.value[
      "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"]?
      .array?.first?["matchFields"]?.array?.first?["values"]?.array?.first?.string
  }

  private func setImage(_ image: String) throws {
    try world.change(.daemonSet, "agent") { value in
      value["spec", "template", "spec", "containers"] = [["name": "agent", "image": .string(image)]]
    }
  }

  @Test("One pod for each node, bound to it by its affinity, bearing what daemons bear")
  func onePerNode() throws {
    try world.create(.daemonSet, set())
    world.settle()
    #expect(nodes == ["node-1", "node-2", "node-3"])
    let pod = world.pods[0]
    #expect(pod.metadata.generateName == "agent-")
    #expect(pod.metadata.labels["pod-template-generation"] == "1")
    let revision = try #require(world.client.list(.controllerRevision).first)
    #expect(revision.name == "agent-" + (pod.metadata.labels["controller-revision-hash"] ?? ""))
    #expect(
      pod.spec.tolerations.compactMap { $0["key"]?.string } == [
        "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/disk-pressure",
        "node.kubernetes.io/memory-pressure", "node.kubernetes.io/pid-pressure", "node.kubernetes.io/unschedulable",
      ])
    world.advance(.seconds(5))
    #expect(
      status == [
        "currentNumberScheduled": 3, "numberMisscheduled": 0, "desiredNumberScheduled": 3, "numberReady": 3,
        "observedGeneration": 1, "updatedNumberScheduled": 3, "numberAvailable": 3,
      ])
    #expect(world.takeEvents().count { $0.hasPrefix("SuccessfulCreate: Created pod: agent-") } == 3)
  }

  @Test("Only nodes that the selector names and whose taints are borne; a new node gets its pod")
  func nodeChoice() throws {
    try world.change(.node, "node-1") { $0["metadata", "labels", "disk"] = "ssd" }
    try world.change(.node, "node-2") { $0["metadata", "labels", "disk"] = "ssd" }
    try world.change(.node, "node-2") { $0["spec", "taints"] = [["key": "gpu", "effect": "NoSchedule"]] }
    try world.create(.daemonSet, set(pod: ["nodeSelector": ["disk": "ssd"]]))
    world.settle()
    #expect(nodes == ["node-1"])
    try world.change(.node, "node-3") { $0["metadata", "labels", "disk"] = "ssd" }
    world.settle()
    #expect(nodes == ["node-1", "node-3"])
    try world.change(.node, "node-1") { $0["metadata", "labels", "disk"] = "hdd" }
    world.advance(.seconds(3))
    #expect(nodes == ["node-3"] && status["desiredNumberScheduled"] == 1)
  }

  @Test("A rolling update replaces one pod after the other")
  func rollingUpdate() throws {
    try world.create(.daemonSet, set())
    world.advance(.seconds(5))
    var least = 3
    world.store.observe { [unowned world] _ in least = min(least, world.activePods.count { $0.isReady }) }
    try setImage("nginx:1.28")
    world.advance(.seconds(30))
    #expect(least == 2)
    #expect(world.pods.allSatisfy { $0.spec.containers[0].image == "nginx:1.28" } && world.pods.count == 3)
    #expect(status["updatedNumberScheduled"] == 3 && status["observedGeneration"] == 2)
    #expect(world.client.list(.controllerRevision).compactMap { $0.value["revision"]?.integer }.sorted() == [1, 2])
  }

  @Test("With surge the new pod is available before the old one goes")
  func surge() throws {
    try world.create(
      .daemonSet, set(["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]))
    world.advance(.seconds(5))
    var (least, most) = (3, 3)
    world.store.observe { [unowned world] _ in
      least = min(least, world.activePods.count { $0.isReady })
      most = max(most, world.activePods.count)
    }
    try setImage("nginx:1.28")
    world.advance(.seconds(30))
    #expect(least == 3 && most == 4)
    #expect(world.pods.allSatisfy { $0.spec.containers[0].image == "nginx:1.28" } && world.pods.count == 3)
  }

  @Test("On delete a pod gets the new template only when somebody deletes it")
  func onDelete() throws {
    try world.create(.daemonSet, set(["type": "OnDelete"]))
    world.advance(.seconds(5))
    try setImage("nginx:1.28")
    world.advance(.seconds(5))
    #expect(world.pods.allSatisfy { $0.spec.containers[0].image == "nginx:1.27" })
    try world.client.delete(.pod, namespace: "default", name: world.pods[0].name, cause: world.user)
    world.advance(.seconds(5))
    #expect(world.pods.count { $0.spec.containers[0].image == "nginx:1.28" } == 1)
  }

  @Test("A failed pod is told of and replaced, each time after a longer wait")
  func failedPods() throws {
    world.startTime = nil
    try world.create(.daemonSet, set(pod: ["nodeSelector": ["kubernetes.io/hostname": "node-1"]]))
    world.settle()
    _ = world.takeEvents()
    let first = world.pods[0].name
    world.end(first, exitCode: 1)
    world.settle()
    let events = world.takeEvents()
    #expect(
      events.first == "FailedDaemonPod: Found failed daemon pod default/\(first) on node node-1, will try to kill it")
    #expect(events.contains("SuccessfulDelete: Deleted pod: \(first)") && world.pods.map(\.name) != [first])
    let second = world.pods[0].name
    world.end(second, exitCode: 1)
    world.settle()
    #expect(world.pods.map(\.name) == [second])
    world.advance(.seconds(2))
    #expect(world.pods.map(\.name) != [second])
  }
}
