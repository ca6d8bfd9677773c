import API
import Kinds
import Store
import Tree

/// Makes a store's objects what they were at an earlier moment, by new writes.
struct Restoration {
  let store: Store
  let target: Snapshot
  /// Whether roles and their bindings stay as they are.
  let keepsAccess: Bool
  let cause: Cause

  /// What of Podium's own kinds is part of the simulated world; the others are about it and stay.
  private static let worldly = [Kind.fault.groupResource, Kind.image.groupResource]
  /// What others live in, or are defined by: it comes first and goes last.
  private static let grounds = [Kind.namespace.groupResource, Kind.customResourceDefinition.groupResource]

  /// Whether objects of the collection stay as they are.
  private func stays(_ collection: GroupResource) -> Bool {
    if collection.group == Kind.clock.group { return !Self.worldly.contains(collection) }
    return keepsAccess && collection.group == Kind.role.group
  }

  /// Answers how many writes it took.
  func perform() -> Int64 {
    let before = store.revision
    let all = Set(store.snapshot.collections).union(target.collections).sorted { $0.name < $1.name }
    let collections = Self.grounds + all.filter { !Self.grounds.contains($0) }
    for collection in collections where !stays(collection) {
      for object in target.list(collection) { restore(object) }
    }
    for collection in collections.reversed() { remove(from: collection) }
    return store.revision - before
  }

  private func restore(_ object: StoredObject) {
    if HeldObjects.holder(of: (store[object.key] ?? object).value) != nil { return }
    guard let present = store[object.key] else {
      store.insert(object.value, at: object.key, cause: cause)
      return
    }
    if present.revision == object.revision { return }
    guard present.uid == object.uid else {
      // Another object that took the name since.
      store.remove(object.key, cause: cause)
      store.insert(object.value, at: object.key, cause: cause)
      return
    }
    var value = object.value
    value["metadata", "resourceVersion"] = present.value["metadata", "resourceVersion"]
    if value != present.value { store.replace(value, at: object.key, cause: cause) }
  }

  /// Removes what was not there then; of what stays, only what would lie in a namespace that is gone.
  private func remove(from collection: GroupResource) {
    let doesStay = stays(collection)
    for object in store.list(collection) where HeldObjects.holder(of: object.value) == nil {
      let isLost = !object.namespace.isEmpty && target[Kind.namespace.key(namespace: "", name: object.namespace)] == nil
      if doesStay ? isLost : target[object.key] == nil { store.remove(object.key, cause: cause) }
    }
  }
}
