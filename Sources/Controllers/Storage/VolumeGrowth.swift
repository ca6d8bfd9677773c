import API
import Kinds
import Loop
import Store
import Tree

/// Grows the disk of a claim that asks for more than it has: first the disk, then, while a pod runs that uses it, its
/// file system (Kubernetes documentation, "Expanding Persistent Volumes Claims").
struct VolumeGrowth {
  /// How long it takes to grow a disk.
  private static let growingTime = Duration.seconds(2)

  let component: Component

  func reconcile(_ stored: StoredObject) throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    let claim = PersistentVolumeClaim(stored.value)
    guard claim.phase == "Bound", let capacity = claim.capacity, claim.request > capacity,
      let disk = component.client.get(.persistentVolume, name: claim.volumeName)
    else { return .done }
    let volume = PersistentVolume(disk.value)
    guard volume.provisioner == SimulatedProvisioner.name else { return .done }
    if let size = volume.capacity, size < claim.request { return try growDisk(disk, of: claim, stored) }
    return try growFileSystem(of: claim, stored)
  }

  private func growDisk(_ disk: StoredObject, of claim: PersistentVolumeClaim, _ stored: StoredObject) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    guard let since = time(of: "Resizing", in: claim) else {
      try set("Resizing", message: nil, of: stored)
      tell(claim, "Resizing", "External resizer is resizing volume \(claim.volumeName)")
      return .again(after: Self.growingTime)
    }
    let end = since + Self.growingTime
    if end > component.now { return .again(after: end - component.now) }
    var next = disk.value
    next["spec", "capacity", "storage"] = .string(claim.request.description)
    try component.update(.persistentVolume, next, because: stored)
    if claim.mode == "Block" { return try finish(stored) }
    try set(
      "FileSystemResizePending",
      message: "Waiting for user to (re-)start a pod to finish file system resize of volume on node.", of: stored)
    tell(claim, "FileSystemResizeRequired", "Require file system resize of volume on node")
    return .again(after: .seconds(1))
  }

  private func growFileSystem(of claim: PersistentVolumeClaim, _ stored: StoredObject) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    guard let pod = component.store.pods(using: stored.key).first(where: { $0.status.phase == "Running" }) else {
      return .done
    }
    let outcome = try finish(stored)
    let message = "MountVolume.NodeExpandVolume succeeded for volume \"\(claim.volumeName)\""
    let kubelet = EventRecorder(client: component.client, component: "kubelet", host: pod.spec.nodeName)
    kubelet.record(.normal, "FileSystemResizeSuccessful", message, about: pod, kind: .pod)
    kubelet.record(.normal, "FileSystemResizeSuccessful", message, about: claim, kind: .persistentVolumeClaim)
    return outcome
  }

  private func finish(_ stored: StoredObject) throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    var next = stored.value
    next["status", "capacity", "storage"] = next["spec", "resources", "requests", "storage"]
    next["status", "conditions"] = nil
    try component.update(.persistentVolumeClaim, next, subresource: "status", because: stored)
    return .done
  }

  private func set(_ type: String, message: String?, of stored: StoredObject) throws(Status) {
    var condition: Value = [
      "type": .string(type), "status": "True", "lastProbeTime": .null,
      "lastTransitionTime": .string(component.now.timestamp),
    ]
    condition["message"] = message.map(Value.string)
    var next = stored.value
    next["status", "conditions"] = [condition]
    try component.update(.persistentVolumeClaim, next, subresource: "status", because: stored)
  }

  private func time(of type: String, in claim: PersistentVolumeClaim) -> Time? {
    (claim.value["status", "conditions"]?.array ?? []).map(Condition.init)
      .first { $0.type == type && $0.isTrue }?.lastTransitionTime.flatMap(Time.init(timestamp:))
  }

  private func tell(_ claim: PersistentVolumeClaim, _ reason: String, _ message: String) {
    component.events.record(.normal, reason, message, about: claim, kind: .persistentVolumeClaim)
  }
}
