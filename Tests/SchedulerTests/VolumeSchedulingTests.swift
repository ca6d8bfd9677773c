import API
import Kinds
import Loop
import Scheduler
import Store
import Testing
import Tree

@Suite("Pods with claims")
struct VolumeSchedulingTests {
  let world = World()

  private func storageClass(_ name: String, mode: String, provisioner: String = "example.com/disks") throws {
    try world.create(
      .storageClass,
      [
        "metadata": ["name": .string(name)], "provisioner": .string(provisioner), "volumeBindingMode": .string(mode),
      ])
  }

  private func claim(_ name: String, _ storageClass: String, modes: Value = ["ReadWriteOnce"]) throws {
    try world.create(
      .persistentVolumeClaim,
      [
        "metadata": ["name": .string(name), "namespace": "default"],
        "spec": [
          "accessModes": modes, "resources": ["requests": ["storage": "1Gi"]],
          "storageClassName": .string(storageClass),
        ],
      ])
  }

  private func volume(_ name: String, _ storageClass: String, node: String? = nil, labels: Value = [:]) throws {
    var spec: Value = [
      "capacity": ["storage": "1Gi"], "accessModes": ["ReadWriteOnce"],
      "storageClassName": .string(storageClass),
    ]
    spec[node == nil ? "hostPath" : "local"] = ["path": "/data"]
    if let node {
      spec["nodeAffinity", "required", "nodeSelectorTerms"] = [
        [
          "matchExpressions": [
            ["key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)]]
          ]
        ]
      ]
    }
    var value = try world.create(
      .persistentVolume, ["metadata": ["name": .string(name), "labels": labels], "spec": spec]
    ).value
    value["status", "phase"] = "Available"
    try world.client.update(.persistentVolume, value, subresource: "status", cause: World.cause)
  }

  private func pod(_ name: String, claim: String) throws {
    try world.pod(name, spec: ["volumes": [["name": "v", "persistentVolumeClaim": ["claimName": .string(claim)]]]])
  }

  private func bind(_ claim: String, to volume: String) throws {
    try world.change(.persistentVolumeClaim, claim) { value in
      value["spec", "volumeName"] = .string(volume)
      value["metadata", "annotations", "pv.kubernetes.io/bind-completed"] = "yes"
    }
  }

  @Test("A claim of an immediate class must be bound first")
  func immediate() throws {
    try world.node("node-1")
    try storageClass("fast", mode: "Immediate")
    try claim("data", "fast")
    try pod("web", claim: "data")
    world.loop.runDue()
    #expect(
      world.message("web")
        == "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found")
    try volume("one", "fast")
    try bind("data", to: "one")
    world.advance(.seconds(2))
    #expect(world.nodeName("web") == "node-1")
  }

  @Test("A claim that waits for its first consumer is told the node, and the pod is bound when the claim is")
  func firstConsumer() throws {
    try world.node("node-1")
    try storageClass("lazy", mode: "WaitForFirstConsumer")
    try claim("data", "lazy")
    try pod("web", claim: "data")
    world.loop.runDue()
    let data = try #require(world.client.get(.persistentVolumeClaim, namespace: "default", name: "data"))
    #expect(data.value["metadata", "annotations", "volume.kubernetes.io/selected-node"] == "node-1")
    #expect(world.nodeName("web") == nil && world.message("web") == nil)
    try volume("one", "lazy")
    try bind("data", to: "one")
    world.loop.runDue()
    #expect(world.nodeName("web") == "node-1")
  }

  @Test("A provisioner that gives up sends the pod back to the queue")
  func provisioningFails() throws {
    try world.node("node-1")
    try storageClass("lazy", mode: "WaitForFirstConsumer")
    try claim("data", "lazy")
    try pod("web", claim: "data")
    world.loop.runDue()
    try world.change(.persistentVolumeClaim, "data") { $0["metadata", "annotations"] = nil }
    world.loop.runDue()
    #expect(world.events("web").contains("FailedScheduling: binding volumes: provisioning failed for PVC \"data\""))
  }

  @Test("A volume of one node draws the pod there, and is reserved for its claim")
  func localVolume() throws {
    try world.node("node-1")
    try world.node("node-2")
    try storageClass("local", mode: "WaitForFirstConsumer", provisioner: "kubernetes.io/no-provisioner")
    try claim("data", "local")
    try pod("web", claim: "data")
    world.loop.runDue()
    #expect(
      world.message("web")?.hasPrefix(
        "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.") == true)
    try volume("one", "local", node: "node-2")
    world.advance(.seconds(2))
    #expect(world.client.get(.persistentVolume, name: "one")?.value["spec", "claimRef", "name"] == "data")
    try bind("data", to: "one")
    world.loop.runDue()
    #expect(world.nodeName("web") == "node-2")
  }

  @Test("A bound volume that a node cannot reach keeps the pod away from it")
  func unreachable() throws {
    try world.node("node-1")
    try storageClass("fast", mode: "Immediate")
    try volume("one", "fast", node: "elsewhere")
    try claim("data", "fast")
    try bind("data", to: "one")
    try pod("web", claim: "data")
    world.loop.runDue()
    #expect(
      world.message("web")?.hasPrefix(
        "0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.") == true)
  }

  @Test("A volume's zone must be the node's")
  func zones() throws {
    try world.node("node-1", labels: ["topology.kubernetes.io/zone": "a"])
    try storageClass("fast", mode: "Immediate")
    try volume("one", "fast", labels: ["topology.kubernetes.io/zone": "b"])
    try claim("data", "fast")
    try bind("data", to: "one")
    try pod("web", claim: "data")
    world.loop.runDue()
    #expect(world.message("web")?.hasPrefix("0/1 nodes are available: 1 node(s) had no available volume zone.") == true)
  }

  @Test("A claim for one pod takes one pod")
  func oncePod() throws {
    try world.node("node-1")
    try storageClass("fast", mode: "Immediate")
    try volume("one", "fast")
    try claim("data", "fast", modes: ["ReadWriteOncePod"])
    try bind("data", to: "one")
    try pod("first", claim: "data")
    world.loop.runDue()
    try pod("second", claim: "data")
    world.loop.runDue()
    #expect(
      world.message("second")?.hasPrefix(
        "0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod "
          + "access mode.") == true)
  }
}
