import Kinds
import Store
import Tree

/// Gives a claim that names no storage class the one that is marked as the default (Kubernetes documentation, "Default
/// StorageClass").
enum DefaultStorageClass: AdmissionPlugin {
  private static let mark = "storageclass.kubernetes.io/is-default-class"
  private static let oldMark = "storageclass.beta.kubernetes.io/is-default-class"
  private static let oldName = "volume.beta.kubernetes.io/storage-class"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.kind == .persistentVolumeClaim, request.isCreation else { return }
    guard value["spec", "storageClassName"] == nil, value["metadata", "annotations", oldName] == nil else { return }
    let classes = request.store.list(Kind.storageClass.groupResource).filter { isDefault($0.value) }
    guard let choice = classes.reduce(nil, { newer($0, $1) }) else { return }
    value["spec", "storageClassName"] = .string(choice.name)
  }

  private static func isDefault(_ value: Value) -> Bool {
    [mark, oldMark].contains { value["metadata", "annotations", $0]?.string == "true" }
  }

  /// Of several, the newest, and of those the first by name.
  private static func newer(_ one: StoredObject?, _ other: StoredObject) -> StoredObject {
    guard let one else { return other }
    let times = [one, other].map { $0.value["metadata", "creationTimestamp"]?.string ?? "" }
    return times[1] > times[0] ? other : one
  }
}
