import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Binding of claims to volumes")
struct VolumeBindingTests {
  let world = World()

  init() {
    world.start { client in
      let binder = VolumeBinder(client: client)
      binder.start()
      return binder
    }
    world.start { client in
      let provisioner = SimulatedProvisioner(client: client)
      provisioner.start()
      return provisioner
    }
    world.start { client in
      let protection = StorageProtectionController(client: client)
      protection.start()
      return protection
    }
  }

  private func volume(
    _ name: String, size: String, modes: Value = ["ReadWriteOnce"], policy: String = "Retain", spec: Value = [:]
  ) throws {
    var whole: Value = [
      "capacity": ["storage": .string(size)], "accessModes": modes, "hostPath": ["path": "/data"],
      "persistentVolumeReclaimPolicy": .string(policy), "storageClassName": "manual",
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    try world.create(.persistentVolume, ["metadata": ["name": .string(name)], "spec": whole])
    world.settle()
  }

  private func claim(_ name: String, size: String = "1Gi", storageClass: String? = "manual", spec: Value = [:]) throws {
    var whole: Value = ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]]]
    whole["storageClassName"] = storageClass.map(Value.string)
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    try world.create(.persistentVolumeClaim, ["metadata": ["name": .string(name)], "spec": whole])
    world.settle()
  }

  private func storageClass(_ name: String, mode: String) throws {
    try world.create(
      .storageClass,
      [
        "metadata": ["name": .string(name)], "provisioner": .string(SimulatedProvisioner.name),
        "volumeBindingMode": .string(mode), "allowVolumeExpansion": true,
      ])
  }

  private func phase(_ kind: Kind, _ name: String) -> String? { world.get(kind, name)?["status", "phase"]?.string }

  @Test("A claim gets the smallest volume that is large enough, of its class, with the fewest modes")
  func bestVolume() throws {
    try volume("large", size: "10Gi")
    try volume("many-modes", size: "2Gi", modes: ["ReadWriteOnce", "ReadWriteMany"])
    try volume("right", size: "5Gi")
    try volume("small", size: "1Gi")
    try volume("other-class", size: "3Gi", spec: ["storageClassName": "fast"])
    try volume("block", size: "3Gi", spec: ["volumeMode": "Block"])
    #expect(phase(.persistentVolume, "right") == "Available")
    try claim("data", size: "3Gi")
    let data = try #require(world.get(.persistentVolumeClaim, "data"))
    #expect(data["spec", "volumeName"] == "right")
    #expect(data["status", "capacity", "storage"] == "5Gi" && data["status", "phase"] == "Bound")
    #expect(data["metadata", "annotations", "pv.kubernetes.io/bind-completed"] == "yes")
    let volume = try #require(world.get(.persistentVolume, "right"))
    #expect(volume["spec", "claimRef", "uid"] == data["metadata", "uid"] && volume["status", "phase"] == "Bound")
  }

  @Test("Binding writes the volume, its phase, the claim and its phase, in this order")
  func orderOfWrites() throws {
    try volume("one", size: "1Gi")
    _ = world.takeWrites()
    try claim("data")
    #expect(
      world.takeWrites() == [
        "user created persistentvolumeclaims/default/data",
        "persistentvolume-controller updated persistentvolumes/one",
        "persistentvolume-controller updated persistentvolumes/one",
        "persistentvolume-controller updated persistentvolumeclaims/default/data",
        "persistentvolume-controller updated persistentvolumeclaims/default/data",
      ])
  }

  @Test("A volume that is reserved for a claim goes to no other, and a claim may name its volume")
  func reservations() throws {
    try volume("reserved", size: "1Gi", spec: ["claimRef": ["namespace": "default", "name": "mine"]])
    try volume("named", size: "4Gi")
    try claim("theirs", size: "1Gi", spec: ["volumeName": "named"])
    #expect(world.get(.persistentVolumeClaim, "theirs")?["status", "phase"] == "Bound")
    try claim("late", spec: ["volumeName": "named"])
    #expect(phase(.persistentVolumeClaim, "late") == "Pending")
    #expect(world.takeEvents() == ["FailedBinding: volume \"named\" already bound to a different claim."])
    try claim("mine")
    #expect(world.get(.persistentVolumeClaim, "mine")?["spec", "volumeName"] == "reserved")
    try volume("tiny", size: "1Gi")
    try claim("big", size: "8Gi", spec: ["volumeName": "tiny"])
    #expect(
      world.takeEvents().last == "VolumeMismatch: Cannot bind to requested volume \"tiny\": requested PV is too small")
  }

  @Test("A claim without class and volume says so, and gets the default class once there is one")
  func noClass() throws {
    try claim("data", storageClass: nil)
    #expect(
      world.takeEvents() == [
        "FailedBinding: no persistent volumes available for this claim and no storage class is set"
      ])
    try world.create(
      .storageClass,
      [
        "metadata": [
          "name": "standard", "annotations": ["storageclass.kubernetes.io/is-default-class": "true"],
        ],
        "provisioner": .string(SimulatedProvisioner.name),
      ])
    world.advance(.seconds(5))
    let data = try #require(world.get(.persistentVolumeClaim, "data"))
    #expect(data["spec", "storageClassName"] == "standard" && data["status", "phase"] == "Bound")
  }

  @Test("A released volume is kept, fails to be deleted, or is emptied and free again, as its policy says")
  func reclaiming() throws {
    for (index, policy) in ["Retain", "Delete", "Recycle"].enumerated() {
      try volume(policy.lowercased(), size: "\(index + 1)Gi", policy: policy)
      try claim(policy.lowercased(), size: "\(index + 1)Gi")
      try world.client.delete(
        .persistentVolumeClaim, namespace: "default", name: policy.lowercased(), cause: world.user)
    }
    world.settle()
    #expect(phase(.persistentVolume, "retain") == "Released" && phase(.persistentVolume, "delete") == "Failed")
    #expect(phase(.persistentVolume, "recycle") == "Released")
    world.advance(.seconds(10))
    #expect(phase(.persistentVolume, "recycle") == "Available")
    #expect(world.get(.persistentVolume, "recycle")?["spec", "claimRef"] == nil)
    #expect(
      world.takeEvents() == [
        "VolumeFailedDelete: error getting deleter volume plugin for volume \"delete\": no deletable volume plugin matched",
        "VolumeRecycled: Volume recycled",
      ])
  }

  @Test("A claim whose volume is gone is lost")
  func lostVolume() throws {
    try volume("one", size: "1Gi")
    try claim("data")
    try world.change(.persistentVolume, "one") { $0["metadata", "finalizers"] = nil }
    try world.client.delete(.persistentVolume, name: "one", cause: world.user)
    world.settle()
    #expect(phase(.persistentVolumeClaim, "data") == "Lost")
    #expect(
      world.takeEvents() == ["ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!"])
  }

  @Test("An immediate class makes a volume at once, and deletes it with its claim")
  func provisioning() throws {
    try storageClass("fast", mode: "Immediate")
    try claim("data", storageClass: "fast")
    world.advance(.seconds(5))
    let data = try #require(world.get(.persistentVolumeClaim, "data"))
    let name = "pvc-" + (data["metadata", "uid"]?.string ?? "")
    #expect(data["spec", "volumeName"]?.string == name && data["status", "phase"] == "Bound")
    #expect(
      world.takeEvents() == [
        "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner "
          + "'podium.dev/simulated' or manually by the system administrator. If volume creation is delayed, please "
          + "verify that the provisioner is running and correctly registered.",
        "Provisioning: External provisioner is provisioning volume for claim \"default/data\"",
        "ProvisioningSucceeded: Successfully provisioned volume \(name)",
      ])
    try world.client.delete(.persistentVolumeClaim, namespace: "default", name: "data", cause: world.user)
    world.settle()
    #expect(phase(.persistentVolume, name) == "Released")
    world.advance(.seconds(5))
    #expect(world.get(.persistentVolume, name) == nil)
  }

  @Test("A class that waits for the first consumer makes a volume once a node is chosen, in the node's zone")
  func firstConsumer() throws {
    try world.addNode("node-1", zone: "a")
    try storageClass("lazy", mode: "WaitForFirstConsumer")
    try claim("data", storageClass: "lazy")
    var pod = World.pod("user")
    pod["spec", "volumes"] = [["name": "data", "persistentVolumeClaim": ["claimName": "data"]]]
    try world.create(.pod, pod)
    world.advance(.seconds(30))
    #expect(
      world.takeEvents() == [
        "WaitForFirstConsumer: waiting for first consumer to be created before binding",
        "WaitForPodScheduled: waiting for pod user to be scheduled",
      ])
    try world.change(.persistentVolumeClaim, "data") {
      $0["metadata", "annotations", "volume.kubernetes.io/selected-node"] = "node-1"
    }
    world.advance(.seconds(5))
    #expect(phase(.persistentVolumeClaim, "data") == "Bound")
    let volume = try #require(world.client.list(.persistentVolume).first?.value)
    let terms = volume["spec", "nodeAffinity", "required", "nodeSelectorTerms"]?.array ?? []
    #expect(terms.first?["matchExpressions"]?.array?.first?["values"] == ["a"])
  }

  @Test("A claim that asks for more gets it: the disk first, the file system while a pod runs")
  func expansion() throws {
    try storageClass("fast", mode: "Immediate")
    try claim("data", storageClass: "fast")
    world.advance(.seconds(5))
    _ = world.takeEvents()
    try world.change(.persistentVolumeClaim, "data") { $0["spec", "resources", "requests", "storage"] = "2Gi" }
    world.advance(.seconds(30))
    let waiting = try #require(world.get(.persistentVolumeClaim, "data"))
    #expect(waiting["status", "capacity", "storage"] == "1Gi")
    #expect(waiting["status", "conditions"]?.array?.first?["type"] == "FileSystemResizePending")
    var pod = World.pod("user")
    pod["spec", "volumes"] = [["name": "data", "persistentVolumeClaim": ["claimName": "data"]]]
    try world.create(.pod, pod)
    world.advance(.seconds(10))
    let grown = try #require(world.get(.persistentVolumeClaim, "data"))
    #expect(grown["status", "capacity", "storage"] == "2Gi" && grown["status", "conditions"] == nil)
    #expect(
      world.takeEvents().prefix(2) == [
        "Resizing: External resizer is resizing volume \(grown["spec", "volumeName"]?.string ?? "")",
        "FileSystemResizeRequired: Require file system resize of volume on node",
      ])
    #expect(throws: Status.self) {
      try world.change(.persistentVolumeClaim, "data") { $0["spec", "resources", "requests", "storage"] = "1Gi" }
    }
  }
}
