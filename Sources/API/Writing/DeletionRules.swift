import Kinds
import Tree

/// What the API makes of finalizers and deletion timestamps.
enum DeletionRules {
  /// What is wrong with a change of an object that is being deleted.
  static func errors(_ next: Value, _ old: Value) -> [FieldError] {
    guard old["metadata", "deletionTimestamp"] != nil else { return [] }
    let before = finalizers(old)
    let added = finalizers(next).filter { !before.contains($0) }
    guard !added.isEmpty else { return [] }
    let list = added.map { "\"\($0)\"" }.joined(separator: ", ")
    let error = FieldError(
      .forbidden, field: "metadata.finalizers",
      message: "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
        + "[]string{\(list)}")
    // Kubernetes checks this in two places and says it twice.
    return [error, error]
  }

  /// Whether an object that is being deleted is held by nothing any more.
  static func isReleased(_ value: Value, _ kind: Kind) -> Bool {
    guard value["metadata", "deletionTimestamp"] != nil, finalizers(value).isEmpty else { return false }
    if kind == .namespace, value["spec", "finalizers"]?.array?.isEmpty == false { return false }
    return (value["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0) == 0
  }

  static func finalizers(_ value: Value) -> [String] {
    value["metadata", "finalizers"]?.array?.compactMap(\.string) ?? []
  }
}
