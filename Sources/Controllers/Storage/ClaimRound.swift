import API
import Kinds
import Store
import Tree

/// One look at a claim: bound to a volume, waiting for one, or lost.
struct ClaimRound {
  let component: Component
  let stored: StoredObject

  private var claim: PersistentVolumeClaim { PersistentVolumeClaim(stored.value) }

  func run() throws(Status) {
    if claim.isBindCompleted { try keepBound() } else { try findVolume() }
  }

  // MARK: A claim that has its volume

  private func keepBound() throws(Status) {
    let volume = volume(claim.volumeName)
    guard let volume else {
      return try lose(
        "ClaimLost",
        claim.volumeName.isEmpty
          ? "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!"
          : "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
    }
    if let owner = PersistentVolume(volume.value).claim, !owner.isFor(claim) {
      return try lose(
        "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly")
    }
    try bind(to: volume)
  }

  private func lose(_ reason: String, _ message: String) throws(Status) {
    guard claim.phase != "Lost" else { return }
    var next = stored.value
    next["status"] = ["phase": "Lost"]
    try component.update(.persistentVolumeClaim, next, subresource: "status", because: stored)
    tell(.warning, reason, message)
  }

  // MARK: A claim that has none yet

  private func findVolume() throws(Status) {
    guard claim.volumeName.isEmpty else { return try takeNamedVolume() }
    let storageClass = component.client.get(.storageClass, name: claim.storageClass).map { StorageClass($0.value) }
    let isDelayed =
      storageClass?.waitsForFirstConsumer ?? false
      && claim.metadata.annotations[PersistentVolumeClaim.selectedNode] == nil
    let volumes = component.client.list(.persistentVolume).map { PersistentVolume($0.value) }
    if let best = VolumeMatch.best(for: claim, among: volumes, isDelayed: isDelayed), let stored = volume(best.name) {
      return try bind(to: stored)
    }
    if claim.namesNoClass, let standard = defaultClass { return try assign(standard) }
    if isDelayed {
      waitForConsumer()
    } else if !claim.storageClass.isEmpty {
      try askForVolume(storageClass)
    } else {
      tell(.normal, "FailedBinding", "no persistent volumes available for this claim and no storage class is set")
    }
  }

  private func takeNamedVolume() throws(Status) {
    guard let named = volume(claim.volumeName) else { return }
    let volume = PersistentVolume(named.value)
    guard let owner = volume.claim else {
      if let mismatch = VolumeMatch.mismatch(claim, volume) {
        return tell(.warning, "VolumeMismatch", "Cannot bind to requested volume \"\(volume.name)\": \(mismatch)")
      }
      return try bind(to: named)
    }
    if owner.isFor(claim) { return try bind(to: named) }
    tell(.warning, "FailedBinding", "volume \"\(volume.name)\" already bound to a different claim.")
  }

  /// The class that is marked as the default, which a claim without one gets even after its creation.
  private var defaultClass: String? { DefaultStorageClass.choice(in: component.store) }

  private func assign(_ storageClass: String) throws(Status) {
    var next = stored.value
    next["spec", "storageClassName"] = .string(storageClass)
    try component.update(.persistentVolumeClaim, next, because: stored)
  }

  private func waitForConsumer() {
    let pods = component.store.pods(using: stored.key)
      .filter { !$0.isTerminal && ($0.spec.nodeName ?? "").isEmpty }.map(\.name)
    switch pods.count {
    case 0:
      tell(.normal, "WaitForFirstConsumer", "waiting for first consumer to be created before binding")
    case 1: tell(.normal, "WaitForPodScheduled", "waiting for pod \(pods[0]) to be scheduled")
    default: tell(.normal, "WaitForPodScheduled", "waiting for pods \(pods.joined(separator: ",")) to be scheduled")
    }
  }

  /// Names the provisioner that is to make a volume.
  private func askForVolume(_ storageClass: StorageClass?) throws(Status) {
    guard let storageClass else {
      return tell(
        .warning, "ProvisioningFailed", "storageclass.storage.k8s.io \"\(claim.storageClass)\" not found")
    }
    let provisioner = storageClass.provisioner
    if provisioner == "kubernetes.io/no-provisioner" {
      return tell(
        .warning, "ProvisioningFailed", "no volume plugin matched name: kubernetes.io/no-provisioner")
    }
    var next = claim
    next.metadata.annotations[PersistentVolumeClaim.oldProvisioner] = provisioner
    next.metadata.annotations[PersistentVolumeClaim.provisioner] = provisioner
    if next.value != stored.value {
      try component.update(.persistentVolumeClaim, next.value, because: stored)
      tell(
        .normal, "ExternalProvisioning",
        "Waiting for a volume to be created either by the external provisioner '\(provisioner)' or manually by the "
          + "system administrator. If volume creation is delayed, please verify that the provisioner is running and "
          + "correctly registered.")
    }
  }

  // MARK: Binding

  /// First the volume, then the claim, and of each first what it says and then its status: what stops in between is
  /// taken up again from either end.
  private func bind(to stored: StoredObject) throws(Status) {
    let volume = try reserve(stored)
    try VolumeRound.setPhase("Bound", of: volume, by: component)
    let claim = try name(volume)
    try setBound(claim, to: volume)
  }

  private func reserve(_ volume: StoredObject) throws(Status) -> StoredObject {
    var next = PersistentVolume(volume.value)
    guard next.claim?.uid != claim.uid else { return volume }
    if next.claim == nil { next.metadata.annotations[PersistentVolumeClaim.boundByController] = "yes" }
    next.value["spec", "claimRef"] = claim.reference
    return try component.update(.persistentVolume, next.value, because: stored)
  }

  private func name(_ volume: StoredObject) throws(Status) -> StoredObject {
    var next = claim
    if next.volumeName.isEmpty {
      next.value["spec", "volumeName"] = .string(volume.name)
      next.metadata.annotations[PersistentVolumeClaim.boundByController] = "yes"
    }
    next.metadata.annotations[PersistentVolumeClaim.bindCompleted] = "yes"
    return next.value == stored.value
      ? stored : try component.update(.persistentVolumeClaim, next.value, because: stored)
  }

  private func setBound(_ claim: StoredObject, to volume: StoredObject) throws(Status) {
    var next = claim.value
    guard next["status", "phase"] != "Bound" else { return }
    next["status", "phase"] = "Bound"
    next["status", "accessModes"] = volume.value["spec", "accessModes"]
    next["status", "capacity"] = volume.value["spec", "capacity"]
    try component.update(.persistentVolumeClaim, next, subresource: "status", because: volume)
  }

  private func volume(_ name: String) -> StoredObject? { component.client.get(.persistentVolume, name: name) }

  private func tell(_ severity: EventRecorder.Severity, _ reason: String, _ message: String) {
    component.events.record(severity, reason, message, about: claim, kind: .persistentVolumeClaim)
  }
}
