import Kinds
import Loop
import Store
import Tree

/// How a write comes to the managed fields of the object that it leaves.
enum Ownership {
  /// The component that the write's cause names owns what the write changes.
  case ofComponent
  /// That manager owns what the write changes.
  case of(FieldManager)
  /// They are worked out already; nil for none.
  case settled(Value?, apiVersion: String)

  var isComponent: Bool {
    if case .ofComponent = self { true } else { false }
  }

  /// The kind as which the writer names what it writes.
  func view(of kind: Kind) -> Kind {
    switch self {
    case .ofComponent: kind
    case .of(let manager): kind.sibling(apiVersion: manager.apiVersion) ?? kind
    case .settled(_, let apiVersion): kind.sibling(apiVersion: apiVersion) ?? kind
    }
  }
}

extension ObjectWriter {
  /// Who owns what of a new object; `given` is what its sender says.
  func managedFields(
    ofNew value: Value, given: Value?, _ kind: Kind, _ ownership: Ownership, _ cause: Cause
  ) -> Value? {
    if case .settled(let managed, _) = ownership { return managed }
    return tracking(kind, nil, ownership, cause)?.ofNew(value, given: given)
  }

  /// Who owns what of an object after an update; `given` is what its sender says it was before.
  func managedFields(
    from live: Value, to next: Value, given: Value?, _ kind: Kind, subresource: String?, _ ownership: Ownership,
    _ cause: Cause
  ) -> Value? {
    if case .settled(let managed, _) = ownership { return managed }
    guard let tracking = tracking(kind, subresource, ownership, cause) else {
      return live["metadata", "managedFields"]
    }
    return tracking.ofUpdate(from: live, to: next, given: given)
  }

  private func tracking(_ kind: Kind, _ subresource: String?, _ ownership: Ownership, _ cause: Cause)
    -> FieldTracking?
  {
    if case .of(let manager) = ownership { return FieldTracking(kind, manager: manager, now: now) }
    let (name, operation) = ManagerName.ofComponent(cause)
    let manager = FieldManager(
      name: name, operation: operation, apiVersion: kind.apiVersion, subresource: subresource ?? "")
    return FieldTracking(kind, manager: manager, now: now)
  }
}
