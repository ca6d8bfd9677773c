import Store
import Tree

/// The cluster's last writes, to be asked which one made an object what it was.
struct Past {
  /// Oldest first.
  private let changes: [Change]

  init(_ feed: Feed) { changes = feed.changes(after: feed.oldestRevision) ?? [] }

  /// The writes to an object, oldest first.
  func changes(of key: ObjectKey) -> [Change] { changes.filter { $0.key == key } }

  /// The last write up to a revision that said what the object should be: its creation, a change of its spec, or the
  /// request to delete it. Writes to its status follow from that, and are passed over.
  func origin(of key: ObjectKey, upTo revision: Int64) -> Change? {
    changes.last { $0.key == key && $0.revision <= revision && $0.isDecisive }
  }
}

extension Change {
  /// Whether it changed what is wanted, not only what is.
  fileprivate var isDecisive: Bool {
    guard kind == .updated, let previous else { return true }
    let (before, after) = (previous.value, object.value)
    if before["metadata", "deletionTimestamp"] == nil, after["metadata", "deletionTimestamp"] != nil { return true }
    // Without a spec everything is what is wanted (a ConfigMap, a Role).
    if after["spec"] == nil { return before["metadata", "generation"] == after["metadata", "generation"] }
    return before["spec"] != after["spec"]
  }

  /// Whether it asked for the object's deletion.
  var isDeletionRequest: Bool {
    if kind == .deleted { return previous?.value["metadata", "deletionTimestamp"] == nil }
    return previous?.value["metadata", "deletionTimestamp"] == nil
      && object.value["metadata", "deletionTimestamp"] != nil
  }
}
