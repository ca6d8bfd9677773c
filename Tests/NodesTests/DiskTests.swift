import API
import Kinds
import Loop
@testable import Nodes
import Store
import Testing
import Tree

@Suite("A node's disk")
struct DiskTests {
  private func write(_ world: World, _ name: String, _ command: String, _ container: Value = [:], volume: Value? = nil)
    throws
  {
    var own = container
    own["command"] = ["sh", "-c", .string(command + "; sleep 100000")]
    var spec: Value = [:]
    if let volume {
      own["volumeMounts"] = [["name": "data", "mountPath": "/data"]]
      spec["volumes"] = [["name": "data", "emptyDir": volume]]
    }
    try world.run(name, image: "busybox:1.36", container: own, spec: spec)
  }

  private func condition(_ world: World) -> Condition? {
    world.client.get(.node, name: "node-1").map { Node($0.value) }?.status.conditions
      .first { $0.type == "DiskPressure" }
  }

  @Test("A volume larger than its limit ends the pod")
  func emptyDirectory() throws {
    let world = World()
    try write(world, "big", "dd if=/dev/zero of=/data/x bs=1M count=101", volume: ["sizeLimit": "100Mi"])
    try write(world, "small", "dd if=/dev/zero of=/data/x bs=1M count=99", volume: ["sizeLimit": "100Mi"])
    world.advance(.seconds(30))
    let big = try #require(world.pod("big"))
    #expect(big.status.phase == "Failed")
    #expect(big.status.reason == "Evicted")
    #expect(big.status.message == "Usage of EmptyDir volume \"data\" exceeds the limit \"100Mi\". ")
    #expect(!big.status.conditions.contains { $0.type == "DisruptionTarget" })
    #expect(world.events("big").last == "Evicted: Usage of EmptyDir volume \"data\" exceeds the limit \"100Mi\". ")
    #expect(world.state("small") == "running")
    #expect(condition(world)?.status == "False")
  }

  @Test("A container that writes more than its limit ends its pod: by the sum of the limits, or its own")
  func limits() throws {
    let world = World()
    let limits: Value = ["resources": ["limits": ["ephemeral-storage": "50Mi"]]]
    try write(world, "one", "fallocate -l 60M /tmp/x", limits)
    var other: Value = ["name": "other", "image": "nginx:1.27"]
    other["resources"] = limits["resources"]
    var web: Value = ["name": "web", "image": "busybox:1.36"]
    web["resources"] = limits["resources"]
    web["command"] = ["sh", "-c", "fallocate -l 60M /tmp/x; sleep 10000"]
    try world.run("two", image: "busybox:1.36", spec: ["containers": [web, other]])
    world.advance(.seconds(30))
    #expect(
      world.pod("one")?.status.message
        == "Pod ephemeral local storage usage exceeds the total limit of containers 50Mi. ")
    #expect(world.pod("two")?.status.message == "Container web exceeded its local ephemeral storage limit \"50Mi\". ")
    #expect(world.pod("two")?.status.phase == "Failed")
  }

  @Test("A full disk ends the pod furthest above its request, and says so on the node")
  func pressure() throws {
    let world = World()
    try write(world, "modest", "fallocate -l 2G /tmp/x", ["resources": ["requests": ["ephemeral-storage": "3Gi"]]])
    try write(world, "hog", "fallocate -l 33G /tmp/x")
    world.advance(.seconds(30))
    let hog = try #require(world.pod("hog"))
    #expect(hog.status.reason == "Evicted")
    #expect(
      hog.status.message?.hasPrefix(
        "The node was low on resource: ephemeral-storage. Threshold quantity: 6321074995, available: ") == true)
    #expect(
      hog.status.message?.hasSuffix(
        "Container web was using 34603028Ki, request is 0, has larger consumption of ephemeral-storage. ") == true,
      "\(hog.status.message ?? "")")
    #expect(hog.status.conditions.contains { $0.type == "DisruptionTarget" && $0.isTrue })
    #expect(world.state("modest") == "running")
    #expect(condition(world)?.status == "True")
    #expect(condition(world)?.reason == "KubeletHasDiskPressure")
    #expect(condition(world)?.message == "kubelet has disk pressure")
    #expect(world.events("node-1").contains("EvictionThresholdMet: Attempting to reclaim ephemeral-storage"))
    #expect(world.events("node-1").contains("NodeHasDiskPressure: Node node-1 status is now: NodeHasDiskPressure"))
    try world.run("late", image: "nginx:1.27")
    world.advance(.seconds(1))
    #expect(world.pod("late")?.status.reason == "Evicted")
    #expect(
      world.pod("late")?.status.message == "Pod was rejected: The node had condition: [DiskPressure]. ")
    world.advance(.seconds(400))
    #expect(condition(world)?.status == "False")
    #expect(condition(world)?.reason == "KubeletHasNoDiskPressure")
  }

  @Test("Images that nobody uses go before any pod, and at 85 hundredths of the disk before there is pressure")
  func images() throws {
    let world = World()
    let key = Kind.pod.key(namespace: "default", name: "old")
    try world.run("old", image: "perl:5.34")
    world.advance(.seconds(60))
    try world.delete("old", grace: 0)
    world.advance(.seconds(120))
    #expect(world.client.store[key] == nil)
    func held() -> [String] {
      (world.client.get(.node, name: "node-1")?.value["status", "images"]?.array ?? [])
        .flatMap { ($0["names"]?.array ?? []).compactMap(\.string) }
    }
    #expect(held().contains { $0.contains("perl") })
    try write(world, "writer", "fallocate -l 33G /tmp/x")
    world.advance(.seconds(310))
    #expect(!held().contains { $0.contains("perl") })
    #expect(held().contains { $0.contains("busybox") })
  }

  @Test("A disk has an end")
  func end() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    let result = world.nodes.execute(
      ["sh", "-c", "fallocate -l 100G /tmp/x || echo failed; dd if=/dev/zero of=/tmp/y bs=1k count=8; du /tmp/y"],
      pod: Kind.pod.key(namespace: "default", name: "web"), container: "web")
    #expect(
      result?.output == """
        fallocate: fallocate '/tmp/x': No space left on device
        failed
        8+0 records in
        8+0 records out
        8\t/tmp/y

        """)
  }
}
