import API
import Kinds
import Store

/// Which volume a claim gets (kubernetes/pkg/controller/volume/persistentvolume, pv_index).
enum VolumeMatch {
  /// The smallest volume that is large enough among those with the fewest access modes that cover the claim's; a volume
  /// that is reserved for the claim comes first. While binding is delayed, only a reserved one.
  static func best(for claim: PersistentVolumeClaim, among volumes: [PersistentVolume], isDelayed: Bool)
    -> PersistentVolume?
  {
    let fitting = volumes.filter { Set(claim.accessModes).isSubset(of: $0.accessModes) && $0.mode == claim.mode }
      .filter { ($0.capacity ?? .zero) >= claim.request && !$0.metadata.isDeleting }
    if let reserved = fitting.first(where: { $0.claim?.isFor(claim) ?? false }) { return reserved }
    if isDelayed { return nil }
    let free = fitting.filter { $0.claim == nil && $0.phase == "Available" && $0.storageClass == claim.storageClass }
      .filter { claim.selector?.matches($0.metadata.labels) ?? true }
    return free.min { left, right in
      if left.accessModes.count != right.accessModes.count { return left.accessModes.count < right.accessModes.count }
      let (leftSize, rightSize) = (left.capacity ?? .zero, right.capacity ?? .zero)
      return leftSize == rightSize ? left.name < right.name : leftSize < rightSize
    }
  }

  /// Why a claim cannot have the volume that it names; nil if it can.
  static func mismatch(_ claim: PersistentVolumeClaim, _ volume: PersistentVolume) -> String? {
    if (volume.capacity ?? .zero) < claim.request { return "requested PV is too small" }
    if volume.storageClass != claim.storageClass { return "storageClassName does not match" }
    if volume.mode != claim.mode { return "incompatible volumeMode" }
    return Set(claim.accessModes).isSubset(of: volume.accessModes) ? nil : "incompatible accessMode"
  }
}
