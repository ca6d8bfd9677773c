import Kinds
import Tree

/// Warns of a reclaim policy that is on its way out (kubernetes/pkg/api/persistentvolume).
enum VolumeWarnings: AdmissionPlugin {
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .persistentVolume, value["spec", "persistentVolumeReclaimPolicy"] == "Recycle" else { return }
    request.writer.sender?.warnings.append(
      "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach "
        + "is to use dynamic provisioning.")
  }
}
