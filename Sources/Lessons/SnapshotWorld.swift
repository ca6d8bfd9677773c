package import Store
package import Tree

/// A snapshot as lessons' checks read it.
package struct SnapshotWorld: World {
  private let snapshot: Snapshot

  package init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  package func objects(of resource: String, namespace: String?) -> [Value] {
    let parts = resource.split(separator: ".", maxSplits: 1)
    let group = parts.count > 1 ? String(parts[1]) : ""
    return snapshot.list(GroupResource(group: group, resource: String(parts.first ?? "")), namespace: namespace)
      .map(\.value)
  }
}
