import API
import Kinds
import Loop
@testable import Nodes
import Store
import Testing
import Tree

@Suite("Processors and memory")
struct UsageTests {
  private typealias Demand = ProcessorShare.Demand

  @Test func processorsAreSharedByRequestsAndCutAtLimits() {
    let free = [Demand(wanted: 500, requested: 0, limit: nil), Demand(wanted: 700, requested: 100, limit: 300)]
    #expect(ProcessorShare.shares(of: free, capacity: 2_000) == [500, 300])
    let full = [
      Demand(wanted: 2_000, requested: 300, limit: nil), Demand(wanted: 2_000, requested: 100, limit: nil),
      Demand(wanted: 100, requested: 100, limit: nil),
    ]
    #expect(ProcessorShare.shares(of: full, capacity: 2_000) == [1_425, 475, 100])
    #expect(ProcessorShare.shares(of: [Demand(wanted: 0, requested: 9, limit: nil)], capacity: 2_000) == [0])
  }

  @Test func aLimitMakesWorkSlower() throws {
    let world = World()
    func pi(_ name: String, _ resources: Value) throws {
      try world.run(
        name, image: "perl:5.34",
        container: ["command": ["perl", "-Mbignum=bpi", "-wle", "print bpi(2000)"], "resources": resources],
        spec: ["restartPolicy": "Never"])
    }
    try pi("fast", [:])
    world.advance(.seconds(20))
    try pi("slow", ["limits": ["cpu": "250m"]])
    world.advance(.seconds(40))
    func seconds(_ name: String) -> Int64? {
      let end = world.pod(name)?.status.containerStatuses.first?.state?["terminated"]
      guard let start = end?["startedAt"]?.string.flatMap({ Time(timestamp: $0) }),
        let finish = end?["finishedAt"]?.string.flatMap({ Time(timestamp: $0) })
      else { return nil }
      return finish.seconds - start.seconds
    }
    #expect(seconds("fast") == 5)
    #expect(seconds("slow") == 20)
  }

  @Test func aNodeWithoutMemoryEndsThePodFurthestAboveItsRequest() throws {
    let world = World()
    try world.run("calm", image: "nginx:1.27")
    try world.run("hog", image: "memory-hog:1.0", container: ["resources": ["requests": ["memory": "100Mi"]]])
    world.advance(.seconds(420))
    let hog = world.pod("hog")
    #expect(hog?.status.phase == "Failed")
    #expect(hog?.status.reason == "Evicted")
    #expect(
      hog?.status.message?.hasPrefix("The node was low on resource: memory. Threshold quantity: 100Mi, available: ")
        == true)
    #expect(hog?.status.message?.hasSuffix("request is 100Mi, has larger consumption of memory. ") == true)
    #expect(hog?.status.conditions.contains { $0.type == "DisruptionTarget" && $0.isTrue } == true)
    #expect(world.reasons("hog").contains("Evicted"))
    #expect(world.state("calm") == "running")
    func pressure() -> String? {
      world.client.get(.node, name: "node-1").map { Node($0.value) }?.status.conditions
        .first { $0.type == "MemoryPressure" }?.status
    }
    #expect(pressure() == "True")
    world.advance(.seconds(400))
    #expect(pressure() == "False")
  }

  @Test func useIsMeasured() throws {
    let world = World()
    try world.run("loop", image: "busybox", container: ["command": ["sh", "-c", "while true; do :; done"]])
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    let loop = world.nodes.usage(ofPod: Kind.pod.key(namespace: "default", name: "loop"))
    #expect(loop?.first?.usage.milliCPU == 1_000)
    let node = world.nodes.usage(ofNode: "node-1")
    #expect((node?.milliCPU ?? 0) > 1_000)
    #expect((node?.memory ?? 0) > NodeUsage.systemMemory)
  }

  @Test func anEphemeralContainerLooksIntoARunningPod() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(10))
    var pod = world.pod("web")?.value ?? [:]
    pod["spec", "ephemeralContainers"] = [
      [
        "name": "look", "image": "busybox", "command": ["sh", "-c", "wget -qO- localhost | head -1; sleep 5"],
        "imagePullPolicy": "IfNotPresent", "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
      ]
    ]
    world.store.replace(pod, at: Kind.pod.key(namespace: "default", name: "web"), cause: World.cause)
    world.advance(.seconds(5))
    let status = world.pod("web")?.status.value["ephemeralContainerStatuses"]?.array?.first
    #expect(status?["state"]?["running"] != nil)
    #expect(world.pod("web")?.isReady == true)
    let key = Kind.pod.key(namespace: "default", name: "web")
    #expect(world.nodes.log(pod: key, container: "look")?.map(\.text) == ["<!DOCTYPE html>"])
    world.advance(.seconds(10))
    #expect(
      world.pod("web")?.status.value["ephemeralContainerStatuses"]?.array?.first?["state"]?["terminated"]?["exitCode"]
        == 0)
    #expect(world.pod("web")?.status.phase == "Running")
  }
}
