package import API
package import Kinds
import Loop
import Store
import Tree

/// Deletes objects whose owners are gone, and carries out foreground and orphaning deletions
/// (kubernetes/pkg/controller/garbagecollector).
package final class GarbageCollector {
  private let component: Component
  private let lookup: OwnerLookup
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client, kinds: KindTable) {
    component = Component("generic-garbage-collector", client: client)
    lookup = OwnerLookup(client: client, kinds: kinds)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe { [unowned self] in note($0) }
    for kind in lookup.kinds.collections {
      for object in component.client.list(kind) where concerns(object) { queue?.add(object.key) }
    }
  }

  private func concerns(_ object: StoredObject) -> Bool {
    let metadata = object.metadata
    return !metadata.ownerReferences.isEmpty || object.isDeletingInForeground || object.isOrphaning
  }

  private func note(_ change: Change) {
    let object = change.object
    if change.kind == .deleted {
      addDependents(of: object.uid)
      // The last blocking dependent's end lets a foreground deletion go on.
      addOwners(of: object)
      return
    }
    let references = object.metadata.ownerReferences
    if change.kind == .created ? !references.isEmpty : references != change.previous?.metadata.ownerReferences {
      queue?.add(object.key)
      if let previous = change.previous { addOwners(of: previous) }
    }
    if object.isDeletingInForeground || object.isOrphaning { queue?.add(object.key) }
  }

  private func addDependents(of uid: String) {
    for dependent in component.store.owned(by: uid) { queue?.add(dependent.key) }
  }

  private func addOwners(of object: StoredObject) {
    for reference in object.metadata.ownerReferences {
      guard let kind = lookup.kinds.kind(apiVersion: reference.apiVersion, name: reference.kind),
        let owner = component.client.get(kind, namespace: object.namespace, name: reference.name),
        owner.isDeletingInForeground
      else { continue }
      queue?.add(owner.key)
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let object = component.store[key], let kind = lookup.kind(of: object) else { return .done }
    do throws(Status) {
      if object.isOrphaning {
        try orphanDependents(of: object, kind)
      } else if object.isDeletingInForeground {
        try deleteDependents(of: object, kind)
      } else if !object.metadata.isDeleting {
        try collect(object, kind)
      }
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  /// Deletes the object if none of its owners is left; else takes those away that are.
  private func collect(_ object: StoredObject, _ kind: Kind) throws(Status) {
    let owners = lookup.owners(of: object)
    if owners.dangling.isEmpty, owners.waiting.isEmpty { return }
    if !owners.solid.isEmpty {
      let leaving = Set((owners.dangling + owners.waiting).map(\.uid))
      return try removeOwners(of: object, kind) { leaving.contains($0.uid) }
    }
    let hasDependents = !component.store.owned(by: object.uid).isEmpty
    var propagation = DeleteOptions.Propagation.background
    if !owners.waiting.isEmpty, hasDependents {
      // Dependents of dependents go first too, but two that wait for each other must not do so for ever.
      if component.store.owned(by: object.uid).contains(where: \.isDeletingInForeground) {
        try removeBlocks(of: object, kind)
      }
      propagation = .foreground
    } else if object.metadata.finalizers.contains(StoredObject.orphanFinalizer) {
      propagation = .orphan
    } else if object.metadata.finalizers.contains(StoredObject.foregroundFinalizer) {
      propagation = .foreground
    }
    try component.delete(kind, object, options: DeleteOptions(propagation: propagation), because: object)
  }

  private func removeBlocks(of object: StoredObject, _ kind: Kind) throws(Status) {
    var next = AnyObjectView(object.value)
    next.metadata.ownerReferences = next.metadata.ownerReferences.map { reference in
      var value = reference.value
      value["blockOwnerDeletion"] = false
      return OwnerReference(value)
    }
    if next.value != object.value { try component.update(kind, next.value, because: object) }
  }

  private func removeOwners(of object: StoredObject, _ kind: Kind, where isLeaving: (OwnerReference) -> Bool)
    throws(Status)
  {
    var next = AnyObjectView(object.value)
    next.metadata.ownerReferences = next.metadata.ownerReferences.filter { !isLeaving($0) }
    try component.update(kind, next.value, because: object)
  }

  /// Foreground: dependents that block are deleted and waited for; then the object may go.
  private func deleteDependents(of object: StoredObject, _ kind: Kind) throws(Status) {
    let dependents = component.store.owned(by: object.uid)
    let blocking = dependents.filter { dependent in
      dependent.metadata.ownerReferences.contains { $0.uid == object.uid && $0.blocksOwnerDeletion }
    }
    for dependent in dependents where !dependent.metadata.isDeleting { queue?.add(dependent.key) }
    if blocking.isEmpty { try removeFinalizer(StoredObject.foregroundFinalizer, of: object, kind) }
  }

  /// Orphaning: dependents lose this owner and stay; then the object may go.
  private func orphanDependents(of object: StoredObject, _ kind: Kind) throws(Status) {
    for dependent in component.store.owned(by: object.uid) {
      guard let dependentKind = lookup.kind(of: dependent) else { continue }
      try removeOwners(of: dependent, dependentKind) { $0.uid == object.uid }
    }
    guard let present = component.store[object.key], present.uid == object.uid else { return }
    try removeFinalizer(StoredObject.orphanFinalizer, of: present, kind)
  }

  private func removeFinalizer(_ finalizer: String, of object: StoredObject, _ kind: Kind) throws(Status) {
    var next = AnyObjectView(object.value)
    next.metadata.finalizers.removeAll { $0 == finalizer }
    try component.update(kind, next.value, because: object)
  }
}
