import Kinds
import Tree

/// Volumes and claims that are in use are not deleted under their users: a finalizer holds them (Kubernetes
/// documentation, "Storage Object in Use Protection"). The cluster's controllers take it away again.
enum StorageProtection: AdmissionPlugin {
  private static let finalizers: [(kind: Kind, name: String)] = [
    (.persistentVolumeClaim, "kubernetes.io/pvc-protection"), (.persistentVolume, "kubernetes.io/pv-protection"),
  ]

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.isCreation, let finalizer = finalizers.first(where: { $0.kind == request.kind }) else { return }
    let present = DeletionRules.finalizers(value)
    guard !present.contains(finalizer.name) else { return }
    value["metadata", "finalizers"] = .array((present + [finalizer.name]).map(Value.string))
  }
}
