package import API
import Kinds
import Loop
import Store
import Tree

/// Makes, grows and deletes the volumes of the classes whose provisioner is `podium.dev/simulated`: disks of a network
/// that every node of their zone can reach, as a cloud's CSI driver provides them (kubernetes-csi, external-provisioner
/// and external-resizer).
package final class SimulatedProvisioner {
  /// What a StorageClass's `provisioner` says to have its volumes from here.
  package static let name = "podium.dev/simulated"
  /// As the volumes name it, in which no slash may be.
  private static let driver = "simulated.podium.dev"
  private static let finalizer = "external-provisioner.volume.kubernetes.io/finalizer"
  private static let zoneLabel = "topology.kubernetes.io/zone"
  /// How long it takes to make a disk.
  private static let creationTime = Duration.seconds(2)
  /// How long it takes to delete one.
  private static let deletionTime = Duration.seconds(1)

  private let component: Component
  private let growth: VolumeGrowth
  private var queue: WorkQueue<ObjectKey>?
  /// Since when a disk is being made, by its claim's uid.
  private var begun: [String: Time] = [:]

  package init(client: Client) {
    component = Component("csi-provisioner", client: client, eventSource: Self.name)
    growth = VolumeGrowth(component: component)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.persistentVolumeClaim, .persistentVolume, .pod]) { [unowned self] in note($0) }
    for kind in [Kind.persistentVolume, .persistentVolumeClaim] {
      for object in component.client.list(kind) { queue?.add(object.key) }
    }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.persistentVolumeClaim.groupResource:
      if change.kind == .deleted { begun[change.object.uid] = nil }
      queue?.add(change.key)
    case Kind.persistentVolume.groupResource where PersistentVolume(change.object.value).provisioner == Self.name:
      queue?.add(change.key)
    case Kind.pod.groupResource where change.object.value["spec", "volumes"] != nil:
      let pod = Pod(change.object.value)
      guard pod.status.phase == "Running" else { return }
      for claim in pod.claimNames {
        queue?.add(Kind.persistentVolumeClaim.key(namespace: pod.namespace, name: claim), after: .seconds(1))
      }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    do throws(Status) {
      if key.groupResource == Kind.persistentVolume.groupResource { return try reclaim(stored) }
      let claim = PersistentVolumeClaim(stored.value)
      return claim.isBindCompleted ? try growth.reconcile(stored) : try provision(claim, stored)
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  // MARK: Making a volume

  private func provision(_ claim: PersistentVolumeClaim, _ stored: StoredObject) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    guard claim.metadata.annotations[PersistentVolumeClaim.provisioner] == Self.name, claim.volumeName.isEmpty,
      !claim.metadata.isDeleting,
      let storageClass = component.client.get(.storageClass, name: claim.storageClass).map({ StorageClass($0.value) })
    else { return .done }
    let name = "pvc-" + claim.uid
    guard component.client.get(.persistentVolume, name: name) == nil else { return .done }
    guard let start = begun[claim.uid] else {
      begun[claim.uid] = component.now
      tell(
        claim, "Provisioning", "External provisioner is provisioning volume for claim \"\(stored.key.path)\"")
      return .again(after: Self.creationTime)
    }
    let end = start + Self.creationTime
    if end > component.now { return .again(after: end - component.now) }
    try component.create(.persistentVolume, volume(name, for: claim, storageClass), because: stored)
    begun[claim.uid] = nil
    tell(claim, "ProvisioningSucceeded", "Successfully provisioned volume \(name)")
    return .done
  }

  private func volume(_ name: String, for claim: PersistentVolumeClaim, _ storageClass: StorageClass) -> Value {
    var spec: Value = [
      "capacity": ["storage": .string(claim.request.description)],
      "accessModes": .array(claim.accessModes.map(Value.string)), "claimRef": claim.reference,
      "persistentVolumeReclaimPolicy": .string(storageClass.reclaimPolicy),
      "storageClassName": .string(claim.storageClass), "volumeMode": .string(claim.mode),
      "csi": ["driver": .string(Self.driver), "volumeHandle": .string(name)],
    ]
    if claim.mode == "Filesystem" { spec["csi", "fsType"] = "ext4" }
    spec["mountOptions"] = storageClass.value["mountOptions"]
    if let zone = zone(for: claim, storageClass) {
      let term: Value = [
        "matchExpressions": [["key": .string(Self.zoneLabel), "operator": "In", "values": [.string(zone)]]]
      ]
      spec["nodeAffinity"] = ["required": ["nodeSelectorTerms": [term]]]
    }
    return [
      "metadata": [
        "name": .string(name), "annotations": [PersistentVolume.provisionerAnnotation: .string(Self.name)],
        "finalizers": [.string(Self.finalizer)],
      ],
      "spec": spec,
    ]
  }

  /// The zone of the node that the scheduler chose, or else the first that the class allows.
  private func zone(for claim: PersistentVolumeClaim, _ storageClass: StorageClass) -> String? {
    if let name = claim.metadata.annotations[PersistentVolumeClaim.selectedNode],
      let node = component.client.get(.node, name: name)
    {
      return node.metadata.labels[Self.zoneLabel]
    }
    let expressions = (storageClass.value["allowedTopologies"]?.array ?? [])
      .flatMap { $0["matchLabelExpressions"]?.array ?? [] }
    return expressions.first { $0["key"]?.string == Self.zoneLabel }?["values"]?.array?.first?.string
  }

  // MARK: Deleting a volume

  /// A released volume of policy Delete goes; one that is deleted loses its disk first, if its policy says so.
  private func reclaim(_ stored: StoredObject) throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    let volume = PersistentVolume(stored.value)
    let isUnused = volume.phase == "Released" || (volume.metadata.isDeleting && volume.phase != "Bound")
    guard isUnused, volume.reclaimPolicy == "Delete" || volume.metadata.isDeleting else { return .done }
    let since = volume.value["status", "lastPhaseTransitionTime"]?.string.flatMap(Time.init(timestamp:))
    let end = (since ?? component.now) + Self.deletionTime
    if end > component.now { return .again(after: end - component.now) }
    if !volume.metadata.isDeleting {
      try component.delete(.persistentVolume, stored, because: stored)
      return .again(after: .zero)
    }
    var next = volume
    next.metadata.finalizers.removeAll { $0 == Self.finalizer }
    if next.value != stored.value { try component.update(.persistentVolume, next.value, because: stored) }
    return .done
  }

  private func tell(_ claim: PersistentVolumeClaim, _ reason: String, _ message: String) {
    component.events.record(.normal, reason, message, about: claim, kind: .persistentVolumeClaim)
  }
}
