import Kinds
package import Store
import Tree

/// Gives a claim that names no storage class the one that is marked as the default (Kubernetes documentation, "Default
/// StorageClass").
package enum DefaultStorageClass: AdmissionPlugin {
  private static let marks = [
    "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
  ]
  private static let oldName = "volume.beta.kubernetes.io/storage-class"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.kind == .persistentVolumeClaim, request.isCreation else { return }
    guard value["spec", "storageClassName"] == nil, value["metadata", "annotations", oldName] == nil else { return }
    guard let choice = choice(in: request.store) else { return }
    value["spec", "storageClassName"] = .string(choice)
  }

  /// The name of the class that is marked; nil where none is.
  package static func choice(in store: Store) -> String? {
    DefaultClass.choice(among: store.list(Kind.storageClass.groupResource), marks: marks)?.name
  }
}
