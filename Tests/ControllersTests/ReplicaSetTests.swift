import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("ReplicaSet controller")
struct ReplicaSetTests {
  let world = World()

  init() {
    world.start { client in
      let controller = ReplicaSetController(client: client)
      controller.start()
      return controller
    }
  }

  @Test("Pods are made, owned and labelled, and told of in events")
  func makesPods() throws {
    let replicaSet = try world.create(.replicaSet, World.replicaSet(replicas: 3))
    world.settle()
    #expect(world.pods.count == 3)
    for pod in world.pods {
      #expect(pod.name.hasPrefix("web-") && pod.name.count == 9)
      #expect(pod.metadata.generateName == "web-")
      #expect(pod.metadata.labels["app"] == "web")
      #expect(
        pod.metadata.ownerReferences.map(\.value) == [
          [
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": .string(replicaSet.uid),
            "controller": true, "blockOwnerDeletion": true,
          ]
        ])
    }
    let events = world.takeEvents()
    #expect(events.count == 3)
    #expect(events.allSatisfy { $0.hasPrefix("SuccessfulCreate: Created pod: web-") })
    let status = world.get(.replicaSet, "web")?["status"]
    #expect(status == ["replicas": 3, "fullyLabeledReplicas": 3, "terminatingReplicas": 0, "observedGeneration": 1])
  }

  @Test("Every write names its actor and what it looked at")
  func causes() throws {
    var causes: [Cause] = []
    world.store.observe { if $0.key.groupResource.resource == "pods" { causes.append($0.cause) } }
    let replicaSet = try world.create(.replicaSet, World.replicaSet(replicas: 1))
    world.settle()
    #expect(causes.map(\.actor) == ["replicaset-controller"])
    #expect(causes.first?.request == "create pods default/web-")
    #expect(causes.first?.subject == replicaSet.key)
    #expect(causes.first?.subjectRevision == replicaSet.revision)
  }

  @Test("The status follows readiness that comes, goes and lasts, and labels that change between")
  func countsReadiness() throws {
    world.startTime = nil
    var replicaSet = World.replicaSet(replicas: 3)
    replicaSet["spec", "minReadySeconds"] = 10
    replicaSet["spec", "template", "metadata", "labels", "tier"] = "front"
    try world.create(.replicaSet, replicaSet)
    world.settle()
    let keys = world.pods.map { Kind.pod.key(namespace: "default", name: $0.name) }
    func counts() -> [Int64?] {
      let status = world.get(.replicaSet, "web")?["status"]
      return ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas"].map { status?[$0]?.integer }
    }
    world.setReady(keys[0], true)
    world.settle()
    #expect(counts() == [3, 3, 1, nil])
    world.advance(.seconds(5))
    world.setReady(keys[1], true)
    world.settle()
    #expect(counts() == [3, 3, 2, nil])
    world.advance(.seconds(6))
    #expect(counts() == [3, 3, 2, 1])
    world.setReady(keys[0], false)
    world.settle()
    #expect(counts() == [3, 3, 1, nil])
    var pod = world.pods[1]
    pod.value["metadata", "labels", "tier"] = nil
    try world.client.update(.pod, pod.value, cause: world.user)
    world.setReady(keys[2], true)
    world.settle()
    #expect(counts() == [3, 2, 2, nil])
    world.advance(.seconds(10))
    #expect(counts() == [3, 2, 2, 2])
    pod = world.pods[1]
    pod.value["metadata", "labels"] = ["app": "other"]
    try world.client.update(.pod, pod.value, cause: world.user)
    world.settle()
    #expect(world.pods.count == 4)
    #expect(counts() == [3, 3, 1, 1])
  }

  @Test("A deleted pod is replaced, and status follows readiness")
  func heals() throws {
    try world.create(.replicaSet, World.replicaSet(replicas: 2))
    world.advance(.seconds(3))
    #expect(world.get(.replicaSet, "web")?["status", "readyReplicas"] == 2)
    #expect(world.get(.replicaSet, "web")?["status", "availableReplicas"] == 2)
    let victim = world.pods[0]
    try world.client.delete(.pod, namespace: "default", name: victim.name, cause: world.user)
    world.settle()
    #expect(world.activePods.count == 2)
    #expect(world.get(.replicaSet, "web")?["status", "readyReplicas"] == 1)
    world.advance(.seconds(5))
    #expect(world.pods.count == 2)
    #expect(!world.pods.contains { $0.name == victim.name })
    #expect(world.get(.replicaSet, "web")?["status", "readyReplicas"] == 2)
  }

  @Test("Ready pods become available after minReadySeconds")
  func minReadySeconds() throws {
    try world.create(.replicaSet, World.replicaSet(replicas: 1, minReadySeconds: 10))
    world.advance(.seconds(5))
    #expect(world.get(.replicaSet, "web")?["status", "readyReplicas"] == 1)
    #expect(world.get(.replicaSet, "web")?["status", "availableReplicas"] == nil)
    world.advance(.seconds(10))
    #expect(world.get(.replicaSet, "web")?["status", "availableReplicas"] == 1)
  }

  @Test("Orphans that match are adopted, and too many pods are deleted")
  func adopts() throws {
    for name in ["a", "b", "c"] { try world.create(.pod, World.pod(name, labels: ["app": "web"])) }
    try world.create(.pod, World.pod("other", labels: ["app": "db"]))
    try world.create(.replicaSet, World.replicaSet(replicas: 2))
    world.advance(.seconds(5))
    #expect(world.pods.map(\.name).count == 3)
    #expect(world.pods.filter { $0.metadata.controller?.name == "web" }.count == 2)
    #expect(world.get(.pod, "other")?["metadata", "ownerReferences"] == nil)
  }

  @Test("A pod whose labels no longer match is let go and replaced; an orphan that comes to match is adopted")
  func releases() throws {
    try world.create(.replicaSet, World.replicaSet(replicas: 1))
    world.settle()
    let name = world.pods[0].name
    try world.change(.pod, name) { $0["metadata", "labels", "app"] = "quarantine" }
    world.settle()
    #expect(world.pods.count == 2)
    #expect(world.get(.pod, name)?["metadata", "ownerReferences"] == nil)
    try world.change(.pod, name) { $0["metadata", "labels", "app"] = "web" }
    world.advance(.seconds(5))
    #expect(world.pods.count == 1)
  }

  @Test("Scaling down takes the pods that serve least: unbound, not ready, cheap, crowded, young")
  func ranking() throws {
    world.startTime = nil
    try world.create(.replicaSet, World.replicaSet(replicas: 6))
    world.settle()
    let names = world.pods.map(\.name)
    for (index, name) in names.enumerated() where index > 0 {
      let node = index == 4 || index == 5 ? "node-1" : "node-\(index + 1)"
      try world.client.bind(namespace: "default", pod: name, node: node, cause: world.user)
      if index == 3 {
        try world.change(.pod, name) { value in
          value["metadata", "annotations"] = ["controller.kubernetes.io/pod-deletion-cost": "-5"]
        }
      }
      if index > 1 { world.setReady(Kind.pod.key(namespace: "default", name: name), true) }
    }
    world.settle()
    var gone: [Int] = []
    for replicas in [5, 4, 3, 2] {
      try world.change(.replicaSet, "web") { $0["spec", "replicas"] = .integer(Int64(replicas)) }
      world.advance(.seconds(2))
      let left = Set(world.activePods.map(\.name))
      gone.append(names.indices.first { !left.contains(names[$0]) && !gone.contains($0) } ?? -1)
    }
    #expect(gone.prefix(3) == [0, 1, 3])
    #expect(gone[3] == 4 || gone[3] == 5)
    #expect(world.takeEvents().suffix(4).allSatisfy { $0.hasPrefix("SuccessfulDelete: Deleted pod: web-") })
  }

  @Test("What exists at the start is reconciled too")
  func restart() throws {
    let world = World()
    try world.create(.replicaSet, World.replicaSet(replicas: 2))
    world.settle()
    #expect(world.pods.isEmpty)
    world.start { client in
      let controller = ReplicaSetController(client: client)
      controller.start()
      return controller
    }
    world.settle()
    #expect(world.pods.count == 2)
  }
}
