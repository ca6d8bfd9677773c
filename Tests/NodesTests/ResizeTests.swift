import API
import Kinds
import Loop
@testable import Nodes
import Store
import Testing
import Tree

@Suite("Resizing a pod in place")
struct ResizeTests {
  private static let small: Value = ["cpu": "200m", "memory": "128Mi"]

  private func world(
    _ image: String = "nginx:1.27", resources: Value = ["requests": small, "limits": small],
    policy: Value = []
  ) throws -> World {
    let world = World()
    try world.run("web", image: image, container: ["resources": resources, "resizePolicy": policy])
    world.advance(.seconds(15))
    return world
  }

  private func resize(_ world: World, _ pod: String = "web", to resources: Value) throws {
    var value = try #require(world.pod(pod)).value
    var container = value["spec", "containers"]?.array?.first ?? [:]
    container["resources"] = resources
    value["spec", "containers"] = [container]
    try world.client.update(.pod, value, subresource: "resize", cause: World.cause)
  }

  private func status(_ world: World, _ pod: String = "web") -> Value {
    world.pod(pod)?.status.containerStatuses.first?.value ?? [:]
  }

  private func condition(_ world: World, _ type: String, _ pod: String = "web") -> Condition? {
    world.pod(pod)?.status.conditions.first { $0.type == type }
  }

  @Test func moreOfProcessorsAndMemoryIsGivenWithoutARestart() throws {
    let world = try world()
    let id = status(world)["containerID"]
    let large: Value = ["cpu": "500m", "memory": "256Mi"]
    try resize(world, to: ["requests": large, "limits": large])
    world.advance(.milliseconds(10))
    #expect(condition(world, "PodResizeInProgress")?.isTrue == true)
    #expect(world.pod("web")?.status.conditions.first?.type == "PodResizeInProgress")
    #expect(status(world)["allocatedResources"] == large)
    world.advance(.seconds(2))
    #expect(condition(world, "PodResizeInProgress") == nil)
    #expect(status(world)["resources", "limits"] == large)
    #expect(status(world)["containerID"] == id)
    #expect(status(world)["restartCount"] == 0)
    let summary =
      "{\"containers\":[{\"name\":\"web\",\"resources\":{\"limits\":{\"cpu\":\"500m\",\"memory\":\"256Mi\"},"
      + "\"requests\":{\"cpu\":\"500m\",\"memory\":\"256Mi\"}}}],\"generation\":2}"
    #expect(
      world.events("web").suffix(2) == [
        "ResizeStarted: Pod resize started: " + summary, "ResizeCompleted: Pod resize completed: " + summary,
      ])
  }

  @Test func aContainerWhosePolicySaysSoIsRestarted() throws {
    let world = try world(policy: [["resourceName": "memory", "restartPolicy": "RestartContainer"]])
    let id = status(world)["containerID"]
    let fast: Value = ["cpu": "400m", "memory": "128Mi"]
    try resize(world, to: ["requests": fast, "limits": fast])
    world.advance(.seconds(3))
    #expect(status(world)["containerID"] == id)
    let large: Value = ["cpu": "400m", "memory": "256Mi"]
    try resize(world, to: ["requests": large, "limits": large])
    world.advance(.seconds(5))
    #expect(status(world)["restartCount"] == 1)
    #expect(status(world)["containerID"] != id)
    #expect(status(world)["resources", "limits"] == large)
    #expect(world.events("web").contains("Killing: Container web resize requires restart"))
    world.advance(.seconds(3))
    #expect(world.reasons("web").last == "ResizeCompleted")
    #expect(condition(world, "PodResizeInProgress") == nil)
  }

  @Test func aResizeThatTheNodeCanNeverGrantIsInfeasible() throws {
    let world = try world()
    let huge: Value = ["cpu": "5", "memory": "128Mi"]
    try resize(world, to: ["requests": huge, "limits": huge])
    world.advance(.seconds(1))
    let pending = condition(world, "PodResizePending")
    #expect(pending?.value["reason"] == "Infeasible")
    #expect(
      pending?.value["message"] == "Node didn't have enough capacity: cpu, requested: 5000, capacity: 2000")
    #expect(pending?.value["observedGeneration"] == 2)
    #expect(status(world)["allocatedResources"] == Self.small)
    #expect(world.state("web") == "running")
    #expect(world.reasons("web").last == "ResizeInfeasible")
    try resize(world, to: ["requests": Self.small, "limits": Self.small])
    world.advance(.seconds(1))
    #expect(condition(world, "PodResizePending") == nil)
  }

  @Test func aResizeWaitsForRoomAndIsDoneWhenThereIsSome() throws {
    let world = try world()
    try world.run("other", image: "nginx:1.27", container: ["resources": ["requests": ["cpu": "1500m"]]])
    world.advance(.seconds(5))
    let fast: Value = ["cpu": "1", "memory": "128Mi"]
    try resize(world, to: ["requests": fast, "limits": fast])
    world.advance(.seconds(5))
    #expect(condition(world, "PodResizePending")?.value["reason"] == "Deferred")
    #expect(
      condition(world, "PodResizePending")?.value["message"]
        == "Node didn't have enough resource: cpu, requested: 1000, used: 1500, capacity: 2000")
    #expect(status(world)["resources", "limits"] == Self.small)
    try world.delete("other")
    world.advance(.seconds(5))
    #expect(condition(world, "PodResizePending") == nil)
    #expect(status(world)["resources", "limits"] == fast)
    #expect(world.reasons("web").suffix(3) == ["ResizeDeferred", "ResizeStarted", "ResizeCompleted"])
  }

  @Test func memoryIsNotTakenFromAContainerThatUsesIt() throws {
    let world = try world("memory-hog:1.0", resources: ["requests": ["memory": "1Gi"], "limits": ["memory": "2Gi"]])
    world.advance(.seconds(30))
    let little: Value = ["memory": "16Mi"]
    try resize(world, to: ["requests": little, "limits": little])
    world.advance(.seconds(2))
    let progress = condition(world, "PodResizeInProgress")
    #expect(progress?.value["reason"] == "Error")
    #expect(
      progress?.value["message"]?.string?.hasPrefix(
        "cannot decrease memory limits: [attempting to set pod memory limit (16777216) below current usage (") == true)
    #expect(status(world)["resources", "limits", "memory"] == "2Gi")
    #expect(world.reasons("web").last == "ResizeError")
    #expect(world.state("web") == "running")
  }

  @Test func aLimitThatIsRaisedInTimeSavesAContainer() throws {
    let world = try world(
      "memory-hog:1.0", resources: ["requests": ["memory": "64Mi"], "limits": ["memory": "128Mi"]])
    let until = try #require(world.pod("web")).status.containerStatuses.first?.restartCount
    try resize(world, to: ["requests": ["memory": "64Mi"], "limits": ["memory": "1Gi"]])
    world.advance(.seconds(30))
    #expect(world.pod("web")?.status.containerStatuses.first?.restartCount == until)
    #expect(world.state("web") == "running")
  }

  @Test func aPodThatDoesNotFitIsRejected() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27", container: ["resources": ["requests": ["cpu": "3"]]])
    world.advance(.seconds(1))
    let status = world.pod("web")?.status
    #expect(status?.phase == "Failed")
    #expect(status?.reason == "OutOfcpu")
    let message = "Node didn't have enough resource: cpu, requested: 3000, used: 0, capacity: 2000"
    #expect(status?.message == "Pod was rejected: " + message)
    #expect(world.events("web") == ["OutOfcpu: " + message])
    try world.run("picky", image: "nginx:1.27", spec: ["nodeSelector": ["disk": "ssd"]])
    world.advance(.seconds(1))
    #expect(world.pod("picky")?.status.reason == "NodeAffinity")
  }
}
