import API
import Kinds
import Store
import Tree

/// Which dependents belong to a controller: it adopts orphans that its selector matches, and lets go of what it owns
/// but no longer matches (Kubernetes' controller reference manager).
struct Claim {
  let component: Component
  let owner: StoredObject
  let ownerKind: Kind
  let selector: LabelSelector
  let kind: Kind

  /// The objects that the owner controls before this.
  var controlled: [StoredObject] { component.store.controlled(kind, by: owner.uid) }

  /// Those of the owner's dependents and the namespace's orphans that belong to the owner after this, in the order of
  /// their names. `condition` limits which orphans are looked at.
  func settle(_ controlled: [StoredObject], where condition: (StoredObject) -> Bool = { _ in true }) throws(Status)
    -> [StoredObject]
  {
    var claimed: [StoredObject] = []
    for object in controlled {
      if selector.matches(object.metadata.labels) {
        claimed.append(object)
      } else if !owner.metadata.isDeleting {
        try release(object)
      }
    }
    if !owner.metadata.isDeleting {
      for object in component.store.orphans(kind, namespace: owner.namespace)
      where condition(object) && isAdoptable(object) {
        claimed.append(try adopt(object))
      }
    }
    return claimed.sorted { $0.name < $1.name }
  }

  private func isAdoptable(_ object: StoredObject) -> Bool {
    !object.metadata.isDeleting && selector.matches(object.metadata.labels)
  }

  private func adopt(_ object: StoredObject) throws(Status) -> StoredObject {
    var next = AnyObjectView(object.value)
    next.metadata.ownerReferences.append(OwnerReference(controller: AnyObjectView(owner.value), kind: ownerKind))
    return try component.update(kind, next.value, because: owner)
  }

  private func release(_ object: StoredObject) throws(Status) {
    var next = AnyObjectView(object.value)
    next.metadata.ownerReferences.removeAll { $0.uid == owner.uid }
    try component.update(kind, next.value, because: owner)
  }
}
