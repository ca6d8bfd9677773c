import Lessons
import Store
import Tree

/// A snapshot as lessons' checks read it.
struct SnapshotWorld: World {
  let snapshot: Snapshot

  func objects(of resource: String, namespace: String?) -> [Value] {
    let parts = resource.split(separator: ".", maxSplits: 1)
    let group = parts.count > 1 ? String(parts[1]) : ""
    return snapshot.list(GroupResource(group: group, resource: String(parts.first ?? "")), namespace: namespace)
      .map(\.value)
  }
}
