import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Deployment controller")
struct DeploymentTests {
  let world = World()

  init() {
    world.start { client in
      let controller = ReplicaSetController(client: client)
      controller.start()
      return controller
    }
    world.start { client in
      let controller = DeploymentController(client: client)
      controller.start()
      return controller
    }
  }

  private var status: Value { world.get(.deployment, "web")?["status"] ?? [:] }

  private func condition(_ type: String) -> [String] {
    let conditions = status["conditions"]?.array ?? []
    guard let condition = conditions.first(where: { $0["type"]?.string == type }) else { return [] }
    return ["status", "reason", "message"].map { condition[$0]?.string ?? "" }
  }

  private func scalings() -> [String] { world.takeEvents().filter { $0.hasPrefix("ScalingReplicaSet") } }

  @Test("A new Deployment makes one ReplicaSet with hash, revision and owner")
  func creates() throws {
    world.startTime = nil
    try world.create(.deployment, World.deployment(replicas: 3))
    world.settle()
    let replicaSet = try #require(world.replicaSets.first)
    let hash = try #require(replicaSet.metadata.labels["pod-template-hash"])
    #expect(world.replicaSets.count == 1 && replicaSet.name == "web-" + hash)
    #expect(hash.utf8.allSatisfy { "bcdfghjklmnpqrstvwxz2456789".utf8.contains($0) } && (6...10).contains(hash.count))
    #expect(replicaSet.value["spec", "selector", "matchLabels"] == ["app": "web", "pod-template-hash": .string(hash)])
    #expect(
      replicaSet.metadata.annotations.value == [
        "deployment.kubernetes.io/desired-replicas": "3", "deployment.kubernetes.io/max-replicas": "4",
        "deployment.kubernetes.io/revision": "1",
      ])
    #expect(replicaSet.metadata.controller?.kind == "Deployment")
    #expect(world.get(.deployment, "web")?["metadata", "annotations"] == ["deployment.kubernetes.io/revision": "1"])
    var plain = status
    let conditions = plain["conditions"]?.array ?? []
    plain["conditions"] = nil
    #expect(
      plain == [
        "observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "unavailableReplicas": 3,
        "terminatingReplicas": 0,
      ])
    #expect(conditions.map { $0["type"]?.string } == ["Available", "Progressing"])
    #expect(
      condition("Available") == [
        "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.",
      ])
    #expect(
      condition("Progressing") == ["True", "ReplicaSetUpdated", "ReplicaSet \"\(replicaSet.name)\" is progressing."])
    #expect(scalings() == ["ScalingReplicaSet: Scaled up replica set web#1 from 0 to 3"])
  }

  @Test("A complete rollout says so")
  func completes() throws {
    try world.create(.deployment, World.deployment(replicas: 2))
    world.advance(.seconds(5))
    let name = world.replicaSets[0].name
    #expect(condition("Available") == ["True", "MinimumReplicasAvailable", "Deployment has minimum availability."])
    #expect(
      condition("Progressing") == [
        "True", "NewReplicaSetAvailable", "ReplicaSet \"\(name)\" has successfully progressed.",
      ])
    #expect(status["availableReplicas"] == 2 && status["unavailableReplicas"] == nil)
  }

  @Test("A rolling update goes up by surge and down by availability, step by step")
  func rolls() throws {
    try world.create(.deployment, World.deployment(replicas: 4))
    world.advance(.seconds(5))
    _ = world.takeEvents()
    try world.setImage("nginx:1.28")
    world.settle()
    // 25% of 4: one more, one unavailable.
    #expect(
      scalings() == [
        "ScalingReplicaSet: Scaled up replica set web#2 from 0 to 1",
        "ScalingReplicaSet: Scaled down replica set web#1 from 4 to 3",
        "ScalingReplicaSet: Scaled up replica set web#2 from 1 to 2",
      ])
    var lowest = 4
    for _ in 0..<40 {
      world.advance(.milliseconds(500))
      lowest = min(lowest, world.activePods.count(where: \.isReady))
      #expect(world.replicaSets.reduce(0) { $0 + $1.spec.replicas } <= 5)
    }
    #expect(lowest == 3)
    #expect(world.replicaSets.map(\.spec.replicas).sorted() == [0, 4])
    #expect(world.activePods.allSatisfy { $0.spec.containers[0].image == "nginx:1.28" })
    #expect(
      scalings() == [
        "ScalingReplicaSet: Scaled down replica set web#1 from 3 to 1",
        "ScalingReplicaSet: Scaled up replica set web#2 from 2 to 4",
        "ScalingReplicaSet: Scaled down replica set web#1 from 1 to 0",
      ])
    #expect(condition("Progressing")[1] == "NewReplicaSetAvailable")
    #expect(world.get(.deployment, "web")?["metadata", "annotations", "deployment.kubernetes.io/revision"] == "2")
  }

  @Test("A bad image stops the rollout, keeps what serves, and exceeds the deadline")
  func stuck() throws {
    world.brokenImages = ["nginx:bad"]
    try world.create(.deployment, World.deployment(replicas: 3, spec: ["progressDeadlineSeconds": 60]))
    world.advance(.seconds(5))
    try world.setImage("nginx:bad")
    world.advance(.seconds(30))
    #expect(condition("Progressing")[1] == "ReplicaSetUpdated")
    world.advance(.seconds(40))
    let new = try #require(
      world.replicaSets.first { $0.metadata.annotations["deployment.kubernetes.io/revision"] == "2" })
    #expect(
      condition("Progressing") == [
        "False", "ProgressDeadlineExceeded", "ReplicaSet \"\(new.name)\" has timed out progressing.",
      ])
    #expect(condition("Available")[0] == "True")
    #expect(world.activePods.count(where: \.isReady) == 3)
  }

  @Test("Rolling back gives the old ReplicaSet the next revision and keeps its history")
  func rollsBack() throws {
    try world.create(.deployment, World.deployment(replicas: 2))
    world.advance(.seconds(5))
    try world.setImage("nginx:1.28")
    world.advance(.seconds(30))
    try world.setImage("nginx:1.27")
    world.advance(.seconds(30))
    #expect(world.replicaSets.count == 2)
    let back = try #require(world.replicaSets.first { $0.spec.replicas == 2 })
    #expect(back.spec.template.spec.containers[0].image == "nginx:1.27")
    #expect(back.metadata.annotations["deployment.kubernetes.io/revision"] == "3")
    #expect(back.metadata.annotations["deployment.kubernetes.io/revision-history"] == "1")
  }

  @Test("The cause of a change goes into the ReplicaSet's history")
  func changeCause() throws {
    try world.create(.deployment, World.deployment(replicas: 1))
    world.advance(.seconds(5))
    try world.change(.deployment, "web") { $0["metadata", "annotations", "kubernetes.io/change-cause"] = "first" }
    world.advance(.seconds(5))
    #expect(world.replicaSets[0].metadata.annotations["kubernetes.io/change-cause"] == "first")
  }

  @Test("Recreate ends every old pod before the first new one")
  func recreates() throws {
    try world.create(.deployment, World.deployment(replicas: 3, spec: ["strategy": ["type": "Recreate"]]))
    world.advance(.seconds(5))
    _ = world.takeWrites()
    _ = world.takeEvents()
    try world.setImage("nginx:1.28")
    world.advance(.seconds(10))
    let writes = world.takeWrites()
    let lastDeleted = try #require(writes.lastIndex { $0.contains("deleted pods/") })
    let firstCreated = try #require(writes.firstIndex { $0.contains("created pods/") })
    #expect(lastDeleted < firstCreated)
    #expect(
      scalings() == [
        "ScalingReplicaSet: Scaled down replica set web#1 from 3 to 0",
        "ScalingReplicaSet: Scaled up replica set web#2 from 0 to 3",
      ])
  }

  @Test("A paused Deployment takes a new template only when resumed, but scales")
  func pauses() throws {
    try world.create(.deployment, World.deployment(replicas: 2))
    world.advance(.seconds(5))
    try world.change(.deployment, "web") { $0["spec", "paused"] = true }
    world.settle()
    #expect(condition("Progressing") == ["Unknown", "DeploymentPaused", "Deployment is paused"])
    try world.setImage("nginx:1.28")
    try world.change(.deployment, "web") { $0["spec", "replicas"] = 3 }
    world.advance(.seconds(5))
    #expect(world.replicaSets.map(\.spec.replicas) == [3])
    try world.change(.deployment, "web") { $0["spec", "paused"] = nil }
    world.advance(.seconds(30))
    #expect(world.replicaSets.map(\.spec.replicas).sorted() == [0, 3])
    #expect(condition("Progressing")[1] == "NewReplicaSetAvailable")
  }

  @Test("Scaling in the middle of a rollout is shared by size")
  func proportional() throws {
    world.brokenImages = ["nginx:bad"]
    try world.create(
      .deployment,
      World.deployment(
        replicas: 10,
        spec: ["strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 3, "maxUnavailable": 2]]]
      ))
    world.advance(.seconds(5))
    try world.setImage("nginx:bad")
    world.advance(.seconds(5))
    #expect(world.replicaSets.map(\.spec.replicas).sorted() == [5, 8])
    // Kubernetes' documentation, "Proportional scaling": of 5 more, 3 go to the old and 2 to the new.
    try world.change(.deployment, "web") { $0["spec", "replicas"] = 15 }
    world.settle()
    #expect(world.replicaSets.map(\.spec.replicas).sorted() == [7, 11])
  }

  @Test("Old ReplicaSets beyond the history's limit are removed, the earliest first")
  func history() throws {
    try world.create(.deployment, World.deployment(replicas: 1, spec: ["revisionHistoryLimit": 2]))
    world.advance(.seconds(5))
    for minor in 28...31 {
      try world.setImage("nginx:1.\(minor)")
      world.advance(.seconds(30))
    }
    let revisions = world.replicaSets.compactMap { $0.metadata.annotations["deployment.kubernetes.io/revision"] }
    #expect(revisions.sorted() == ["3", "4", "5"])
  }

  @Test("A hash that is taken is avoided by counting the collision")
  func collision() throws {
    world.startTime = nil
    try world.create(.deployment, World.deployment(replicas: 1))
    world.settle()
    let name = world.replicaSets[0].name
    let other = World()
    try other.create(.replicaSet, World.replicaSet(name, replicas: 0))
    other.start { client in
      let controller = DeploymentController(client: client)
      controller.start()
      return controller
    }
    try other.create(.deployment, World.deployment(replicas: 1))
    other.advance(.seconds(1))
    #expect(other.get(.deployment, "web")?["status", "collisionCount"] == 1)
    #expect(other.replicaSets.count == 2)
  }

  @Test(
    "Stopped in the middle of a rollout and started again, it comes to the same end", arguments: [0, 1, 2, 3, 5, 8])
  func restart(stoppedAfter writes: Int) throws {
    world.startTime = nil
    try world.create(.deployment, World.deployment(replicas: 4))
    world.settle()
    for pod in world.pods { world.setReady(Kind.pod.key(namespace: "default", name: pod.name), true) }
    world.settle()
    try world.setImage("nginx:1.28")
    world.loop.runDue(limit: writes)
    let second = World(world.store.snapshot, at: world.loop.now + .seconds(60))
    second.startAll()
    second.advance(.seconds(60))
    #expect(second.replicaSets.map(\.spec.replicas).sorted() == [0, 4])
    #expect(second.activePods.count == 4)
    #expect(second.activePods.allSatisfy { $0.spec.containers[0].image == "nginx:1.28" && $0.isReady })
  }

  @Test("A converged Deployment is left alone")
  func quiet() throws {
    try world.create(.deployment, World.deployment(replicas: 3))
    world.advance(.seconds(10))
    _ = world.takeWrites()
    world.advance(.seconds(3_600))
    #expect(world.takeWrites().isEmpty)
  }
}
