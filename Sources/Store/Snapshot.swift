/// Everything that a cluster held at one revision. A value: it can be read on any thread, and later writes leave it alone.
package struct Snapshot: Sendable {
  package internal(set) var revision: Int64
  private var tables: [GroupResource: Table] = [:]

  package init(revision: Int64 = 0) { self.revision = revision }

  /// A snapshot of loose objects.
  package init(_ objects: some Sequence<StoredObject>, revision: Int64) {
    self.init(revision: revision)
    for object in objects { set(object) }
  }

  package subscript(key: ObjectKey) -> StoredObject? { tables[key.groupResource]?[key.path] }

  /// The collection's objects, of one namespace or (with nil) of all, in storage order; `after` leaves out what comes
  /// up to and including that path.
  package func list(_ groupResource: GroupResource, namespace: String? = nil, after path: String? = nil)
    -> [StoredObject]
  {
    tables[groupResource]?.objects(prefix: namespace.map { $0 + "/" } ?? "", after: path) ?? []
  }

  /// Every object, in the order of collections and names.
  package var objects: [StoredObject] { collections.flatMap { tables[$0]?.objects() ?? [] } }

  package func count(_ groupResource: GroupResource) -> Int { tables[groupResource]?.count ?? 0 }

  /// How many objects there are of all collections.
  package var count: Int { tables.values.reduce(0) { $0 + $1.count } }

  /// The collections that hold or held objects, by name.
  package var collections: [GroupResource] { tables.keys.sorted { $0.name < $1.name } }

  /// This snapshot without a collection.
  package func without(_ groupResource: GroupResource) -> Snapshot {
    var rest = self
    rest.tables[groupResource] = nil
    return rest
  }

  mutating func set(_ object: StoredObject) { tables[object.key.groupResource, default: Table()].set(object) }

  mutating func remove(_ key: ObjectKey) { tables[key.groupResource]?.remove(key.path) }
}

extension Snapshot {
  /// This snapshot as it was before the changes, which are those that followed a revision, oldest first.
  package func undoing(_ changes: some BidirectionalCollection<Change>, to revision: Int64) -> Snapshot {
    var past = self
    for change in changes.reversed() {
      if let previous = change.previous { past.set(previous) } else { past.remove(change.key) }
    }
    past.revision = revision
    return past
  }
}
