import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Pods of several containers")
struct PodShapeTests {
  @Test func initContainersRunOneAfterAnother() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27",
      spec: [
        "initContainers": [
          ["name": "first", "image": "busybox", "command": ["sleep", "5"]],
          ["name": "second", "image": "busybox", "command": ["sleep", "5"]],
        ]
      ])
    world.advance(.seconds(4))
    #expect(world.state("web", "first") == "running")
    #expect(world.state("web", "second") == "waiting PodInitializing")
    #expect(world.state("web") == "waiting PodInitializing")
    #expect(world.pod("web")?.status.phase == "Pending")
    let condition = world.pod("web")?.status.conditions.first { $0.type == "Initialized" }
    #expect(condition?.message == "containers with incomplete status: [first second]")
    world.advance(.seconds(20))
    #expect(world.state("web", "first") == "terminated Completed 0")
    #expect(world.state("web") == "running")
    #expect(world.pod("web")?.isReady == true)
  }

  @Test func aFailingInitContainerHoldsUpThePod() throws {
    let world = World()
    try world.run(
      "web", image: "nginx:1.27",
      spec: ["initContainers": [["name": "check", "image": "busybox", "command": ["false"]]]])
    world.advance(.seconds(60))
    #expect(world.pod("web")?.status.phase == "Pending")
    #expect((world.pod("web")?.status.initContainerStatuses.first?.restartCount ?? 0) > 1)
  }

  @Test func aSidecarStartsFirstAndEndsLast() throws {
    let world = World()
    try world.run(
      "web", image: "busybox", container: ["command": ["sleep", "20"]],
      spec: [
        "restartPolicy": "Never",
        "initContainers": [["name": "proxy", "image": "nginx:1.27", "restartPolicy": "Always"]],
      ])
    world.advance(.seconds(10))
    #expect(world.state("web", "proxy") == "running")
    #expect(world.state("web") == "running")
    world.advance(.seconds(30))
    #expect(world.pod("web")?.status.phase == "Succeeded")
    #expect(world.state("web", "proxy") == "terminated Completed 0")
  }

  @Test func aMissingConfigMapHoldsUpTheContainer() throws {
    let world = World()
    try world.run(
      "web", image: "busybox",
      container: [
        "command": ["sh", "-c", "echo $GREETING; sleep 1000"],
        "env": [["name": "GREETING", "valueFrom": ["configMapKeyRef": ["name": "settings", "key": "greeting"]]]],
      ])
    world.advance(.seconds(5))
    #expect(world.state("web") == "waiting CreateContainerConfigError")
    #expect(world.events("web").last?.hasPrefix("Failed: Error: configmap \"settings\" not found") == true)
    try world.create(
      .configMap, ["metadata": ["name": "settings", "namespace": "default"], "data": ["greeting": "hello there"]])
    world.advance(.seconds(15))
    #expect(world.state("web") == "running")
    let key = Kind.pod.key(namespace: "default", name: "web")
    #expect(world.nodes.log(pod: key, container: "web")?.map(\.text) == ["hello there"])
  }

  @Test func qualityOfServiceFollowsRequestsAndLimits() throws {
    let world = World()
    let same: Value = ["cpu": "100m", "memory": "64Mi"]
    try world.run("guaranteed", image: "nginx", container: ["resources": ["limits": same, "requests": same]])
    try world.run("burstable", image: "nginx", container: ["resources": ["requests": same]])
    world.loop.runDue()
    #expect(world.pod("guaranteed")?.status.value["qosClass"]?.string == "Guaranteed")
    #expect(world.pod("burstable")?.status.value["qosClass"]?.string == "Burstable")
  }
}
