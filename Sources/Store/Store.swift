package import Loop
package import Tree

/// A cluster's objects with their revisions: what etcd is to Kubernetes, and no more.
///
/// A write takes the next revision, is told to the observers at once, and waits in `uncommitted` until the turn's end,
/// when the cluster puts it in the journal and then shows it to the outside. A store knows nothing of kinds, and is not
/// Sendable: it belongs to its cluster's loop.
package final class Store {
  package private(set) var snapshot: Snapshot
  private var uncommitted: [Change] = []
  private var observers: [Observer] = []
  /// Those who hear of a collection's writes, worked out at its first write.
  private var audiences: [GroupResource: [(Change) -> Void]] = [:]
  private var group = ObserverGroup.lasting
  private var indexes: [String: Index] = [:]
  private let loop: Loop

  package init(loop: Loop, snapshot: Snapshot = Snapshot()) {
    self.loop = loop
    self.snapshot = snapshot
    addIndex(Self.ownerIndex, on: nil) { value in
      (value["metadata", "ownerReferences"]?.array ?? []).compactMap { $0["uid"]?.string }
    }
  }

  package var revision: Int64 { snapshot.revision }

  package subscript(key: ObjectKey) -> StoredObject? { snapshot[key] }

  package func list(_ groupResource: GroupResource, namespace: String? = nil) -> [StoredObject] {
    snapshot.list(groupResource, namespace: namespace)
  }

  // MARK: Writes

  /// Stores an object that was not there; its `metadata.resourceVersion` is set.
  @discardableResult
  package func insert(_ value: Value, at key: ObjectKey, cause: Cause) -> StoredObject {
    precondition(snapshot[key] == nil, "\(key) is stored already")
    return write(.created, StoredObject(value, at: key, revision: revision + 1), previous: nil, cause: cause)
  }

  /// Stores an object's next state.
  @discardableResult
  package func replace(_ value: Value, at key: ObjectKey, cause: Cause) -> StoredObject {
    guard let previous = snapshot[key] else { preconditionFailure("\(key) is not stored") }
    return write(.updated, StoredObject(value, at: key, revision: revision + 1), previous: previous, cause: cause)
  }

  /// Removes an object. Answers its last state, at the revision of its removal. `value`, if given, is that last state.
  @discardableResult
  package func remove(_ key: ObjectKey, last value: Value? = nil, cause: Cause) -> StoredObject {
    guard let previous = snapshot[key] else { preconditionFailure("\(key) is not stored") }
    let last = StoredObject(value ?? previous.value, at: key, revision: revision + 1)
    return write(.deleted, last, previous: previous, cause: cause)
  }

  /// Stores an object with a moment renewed. Observers are not told, and indexes stay as they are.
  package func renew(_ key: ObjectKey, from base: Value, by renewal: any Renewal, cause: Cause) {
    guard let previous = snapshot[key] else { preconditionFailure("\(key) is not stored") }
    let object = StoredObject(base, renewedBy: renewal, at: key, revision: revision + 1)
    snapshot.revision = object.revision
    snapshot.set(object)
    uncommitted.append(Change(.updated, object: object, previous: previous, cause: cause, time: loop.now))
  }

  private func write(_ kind: Change.Kind, _ object: StoredObject, previous: StoredObject?, cause: Cause) -> StoredObject
  {
    snapshot.revision = object.revision
    if kind == .deleted { snapshot.remove(object.key) } else { snapshot.set(object) }
    for index in indexes.values where index.groupResource == nil || index.groupResource == object.key.groupResource {
      index.replace(previous, by: kind == .deleted ? nil : object)
    }
    let change = Change(kind, object: object, previous: previous, cause: cause, time: loop.now)
    uncommitted.append(change)
    for hear in audience(of: object.key.groupResource) { hear(change) }
    return object
  }

  /// The writes since the last call, oldest first.
  package func takeUncommitted() -> [Change] {
    defer { uncommitted.removeAll(keepingCapacity: true) }
    return uncommitted
  }

  package var hasUncommitted: Bool { !uncommitted.isEmpty }

  // MARK: Observers and indexes

  private struct Observer {
    let group: ObserverGroup
    /// nil: all.
    let collections: [GroupResource]?
    let hear: (Change) -> Void
  }

  /// Calls the observer after every write but renewals to objects of those collections (nil: of all), in the order of
  /// registration. An observer takes note of what to do; it does not write.
  package func observe(_ collections: [GroupResource]? = nil, _ observer: @escaping (Change) -> Void) {
    observers.append(Observer(group: group, collections: collections, hear: observer))
    audiences.removeAll()
  }

  private func audience(of collection: GroupResource) -> [(Change) -> Void] {
    if let known = audiences[collection] { return known }
    let audience = observers.filter { $0.collections?.contains(collection) ?? true }.map(\.hear)
    audiences[collection] = audience
    return audience
  }

  /// Those who observe together.
  package enum ObserverGroup {
    /// As long as the store is there.
    case lasting
    /// The cluster's moving parts, until they are built anew.
    case parts
  }

  /// Runs the body, whose observers belong to the group.
  package func grouping<Result>(_ group: ObserverGroup, _ body: () -> Result) -> Result {
    let outer = self.group
    self.group = group
    defer { self.group = outer }
    return body()
  }

  /// Forgets the observers of a group.
  package func removeObservers(of group: ObserverGroup) {
    observers.removeAll { $0.group == group }
    audiences.removeAll()
  }

  /// Keeps an index under that name: which objects of the collection (nil: of all) have which terms.
  package func addIndex(_ name: String, on groupResource: GroupResource?, terms: @escaping (Value) -> [String]) {
    guard indexes[name] == nil else { return }
    let index = Index(groupResource: groupResource, terms: terms)
    for groupResource in groupResource.map({ [$0] }) ?? snapshot.collections {
      for object in snapshot.list(groupResource) { index.replace(nil, by: object) }
    }
    indexes[name] = index
  }

  /// The objects that have the term, in the order of their names.
  package func lookup(_ index: String, _ term: String) -> [StoredObject] {
    (indexes[index]?.keys(for: term) ?? []).compactMap { snapshot[$0] }
  }

  private static let ownerIndex = "owner"

  /// The objects whose owner references name that uid.
  package func owned(by uid: String) -> [StoredObject] { lookup(Self.ownerIndex, uid) }
}
