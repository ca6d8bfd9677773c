import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Garbage collection")
struct GarbageCollectorTests {
  let world = World()

  init() throws {
    world.startAll()
    try world.addNode("node-1")
    world.settle()
  }

  private func makeDeployment() throws {
    try world.create(.deployment, World.deployment(replicas: 2))
    world.settle()
    for pod in world.pods {
      try world.client.bind(namespace: "default", pod: pod.name, node: "node-1", cause: world.user)
    }
    world.advance(.seconds(5))
    _ = world.takeWrites()
  }

  private func deletions() -> [String] {
    world.takeWrites().filter { $0.contains(" deleted ") }.map { String($0.split(separator: " ")[2]) }
      .filter { !$0.hasPrefix("endpointslices") }
  }

  @Test("Background: the owner goes first, then what it owned")
  func background() throws {
    try makeDeployment()
    try world.client.delete(
      .deployment, namespace: "default", name: "web", options: DeleteOptions(propagation: .background),
      cause: world.user)
    world.settle()
    #expect(world.replicaSets.isEmpty)
    #expect(world.activePods.isEmpty)
    world.advance(.seconds(5))
    #expect(world.pods.isEmpty)
    let order = deletions().map { $0.split(separator: "/")[0] }
    #expect(order == ["deployments.apps", "replicasets.apps", "pods", "pods"])
  }

  @Test("Foreground: what it owned goes first, then the owner")
  func foreground() throws {
    try makeDeployment()
    try world.client.delete(
      .deployment, namespace: "default", name: "web", options: DeleteOptions(propagation: .foreground),
      cause: world.user)
    world.settle()
    #expect(world.get(.deployment, "web")?["metadata", "finalizers"] == ["foregroundDeletion"])
    world.advance(.seconds(5))
    #expect(world.get(.deployment, "web") == nil)
    let order = deletions().map { $0.split(separator: "/")[0] }
    #expect(order == ["pods", "pods", "replicasets.apps", "deployments.apps"])
  }

  @Test("Orphan: what it owned stays, without owner")
  func orphan() throws {
    try makeDeployment()
    try world.client.delete(
      .deployment, namespace: "default", name: "web", options: DeleteOptions(propagation: .orphan), cause: world.user)
    world.advance(.seconds(5))
    #expect(world.get(.deployment, "web") == nil)
    #expect(world.replicaSets.count == 1)
    #expect(world.replicaSets[0].metadata.ownerReferences.isEmpty)
    #expect(world.pods.count == 2)
  }

  @Test("An object whose owner never was, or is another of the same name, goes")
  func absentOwner() throws {
    let owner = try world.create(.configMap, ["metadata": ["name": "owner"]])
    for (name, uid) in [("kept", owner.uid), ("lost", "no-such-uid")] {
      try world.create(
        .configMap,
        [
          "metadata": [
            "name": .string(name),
            "ownerReferences": [
              ["apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": .string(uid)]
            ],
          ]
        ])
    }
    world.settle()
    #expect(world.get(.configMap, "kept") != nil)
    #expect(world.get(.configMap, "lost") == nil)
  }

  @Test("Of several owners the last one counts, and those that are gone are taken off")
  func severalOwners() throws {
    let owners = try ["one", "two"].map { try world.create(.configMap, ["metadata": ["name": .string($0)]]) }
    try world.create(
      .configMap,
      [
        "metadata": [
          "name": "child",
          "ownerReferences": .array(
            owners.map { ["apiVersion": "v1", "kind": "ConfigMap", "name": .string($0.name), "uid": .string($0.uid)] }),
        ]
      ])
    world.settle()
    try world.client.delete(.configMap, namespace: "default", name: "one", cause: world.user)
    world.settle()
    #expect(world.get(.configMap, "child")?["metadata", "ownerReferences"]?.array?.count == 1)
    try world.client.delete(.configMap, namespace: "default", name: "two", cause: world.user)
    world.settle()
    #expect(world.get(.configMap, "child") == nil)
  }

  @Test("Two worlds with the same seed write the same")
  func deterministic() throws {
    func run() throws -> [String] {
      let world = World()
      world.startAll()
      try world.create(.deployment, World.deployment(replicas: 3))
      world.advance(.seconds(5))
      try world.setImage("nginx:1.28")
      world.advance(.seconds(20))
      return world.writes
    }
    #expect(try run() == run())
  }
}
