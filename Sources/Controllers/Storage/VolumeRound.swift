import API
import Kinds
import Loop
import Store
import Tree

/// One look at a volume: free, bound, or released, and then what its reclaim policy says.
struct VolumeRound {
  /// How long it takes to empty a volume for its next claim.
  private static let recyclingTime = Duration.seconds(5)
  /// The sources that can be emptied.
  private static let recyclableSources = ["hostPath", "nfs"]

  let component: Component
  let stored: StoredObject

  private var volume: PersistentVolume { PersistentVolume(stored.value) }

  func run() throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    guard let reference = volume.claim, !reference.uid.isEmpty else {
      try setPhase("Available")
      return .done
    }
    let claim = component.store[reference.key].map { PersistentVolumeClaim($0.value) }
    guard let claim, claim.uid == reference.uid else { return try release() }
    if claim.volumeName.isEmpty {
      if claim.mode != volume.mode { tellOfModes(claim) }
    } else if claim.volumeName == volume.name {
      try setPhase("Bound")
    } else if volume.provisioner != nil, volume.reclaimPolicy == "Delete" {
      return try release()
    } else {
      try free()
    }
    return .done
  }

  private func tellOfModes(_ claim: PersistentVolumeClaim) {
    component.events.record(
      .warning, "VolumeMismatch",
      "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"\(claim.name)\" due to incompatible "
        + "volumeMode.", about: volume, kind: .persistentVolume)
    component.events.record(
      .warning, "VolumeMismatch",
      "Cannot bind PersistentVolume \"\(volume.name)\" to requested PersistentVolumeClaim \"\(claim.name)\" due to "
        + "incompatible volumeMode.", about: claim, kind: .persistentVolumeClaim)
  }

  // MARK: Phases

  private func setPhase(_ phase: String) throws(Status) {
    try Self.setPhase(phase, of: stored, by: component)
  }

  static func setPhase(_ phase: String, message: String? = nil, of stored: StoredObject, by component: Component)
    throws(Status)
  {
    guard stored.value["status", "phase"]?.string != phase else { return }
    var next = stored.value
    next["status", "phase"] = .string(phase)
    next["status", "message"] = message.map(Value.string)
    try component.update(.persistentVolume, next, subresource: "status", because: stored)
  }

  /// Gives a volume back whose claim went elsewhere: a reservation by name stays one.
  private func free() throws(Status) {
    var next = volume
    if next.metadata.annotations[PersistentVolumeClaim.boundByController] != nil {
      next.removeAnnotation(PersistentVolumeClaim.boundByController)
      next.value["spec", "claimRef"] = nil
    } else {
      next.value["spec", "claimRef", "uid"] = nil
      next.value["spec", "claimRef", "resourceVersion"] = nil
    }
    try component.update(.persistentVolume, next.value, because: stored)
  }

  // MARK: After the claim

  private func release() throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    if !["Released", "Failed"].contains(volume.phase) {
      try setPhase("Released")
      // The write brings the volume here again; what its policy asks for takes a while.
      return volume.reclaimPolicy == "Recycle" ? .again(after: Self.recyclingTime) : .done
    }
    guard volume.phase == "Released" else { return .done }
    switch volume.reclaimPolicy {
    case "Recycle": return try recycle()
    case "Delete" where volume.provisioner == nil:
      try fail(
        "VolumeFailedDelete",
        "error getting deleter volume plugin for volume \"\(volume.name)\": no deletable volume plugin matched")
    default: break
    }
    return .done
  }

  private func recycle() throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    guard Self.recyclableSources.contains(where: { volume.value["spec", $0] != nil }) else {
      try fail("VolumeFailedRecycle", "No recycler plugin found for the volume!")
      return .done
    }
    let since = volume.value["status", "lastPhaseTransitionTime"]?.string.flatMap(Time.init(timestamp:))
    if let since, since + Self.recyclingTime > component.now {
      return .again(after: since + Self.recyclingTime - component.now)
    }
    component.events.record(.normal, "VolumeRecycled", "Volume recycled", about: volume, kind: .persistentVolume)
    var next = volume
    next.removeAnnotation(PersistentVolumeClaim.boundByController)
    next.value["spec", "claimRef"] = nil
    try component.update(.persistentVolume, next.value, because: stored)
    return .done
  }

  private func fail(_ reason: String, _ message: String) throws(Status) {
    try Self.setPhase("Failed", message: message, of: stored, by: component)
    component.events.record(.warning, reason, message, about: volume, kind: .persistentVolume)
  }
}
