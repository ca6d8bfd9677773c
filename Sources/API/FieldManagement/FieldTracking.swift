import Kinds
import Loop
import Schema
import Tree

/// Keeps account of who owns which fields of an object (Kubernetes documentation, "Server-Side Apply").
struct FieldTracking {
  /// The kind in whose version the manager writes.
  let kind: Kind
  let shape: Shape
  let manager: FieldManager
  let now: Time

  /// nil for a kind whose fields are not declared.
  init?(_ kind: Kind, manager: FieldManager, now: Time) {
    let kind = kind.sibling(apiVersion: manager.apiVersion) ?? kind
    guard let shape = kind.shape else { return nil }
    self.kind = kind
    self.shape = shape
    self.manager = manager
    self.now = now
  }

  /// What names an object or is the server's own: nobody owns it.
  private static let unowned: FieldSet = {
    var fields = FieldSet()
    for name in ["apiVersion", "kind", "metadata"] { fields.insert([.field(name)]) }
    for name in [
      "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
    ] {
      fields.insert([.field("metadata"), .field(name)])
    }
    return fields
  }()

  /// What the write cannot change, and hence nobody comes to own by it.
  var ignored: FieldSet {
    switch manager.subresource {
    case "status": Self.wholeSpec
    case "" where kind.subresources.contains("status"): Self.wholeStatus
    default: FieldSet()
    }
  }

  private static let wholeSpec = field("spec")
  private static let wholeStatus = field("status")

  private static func field(_ name: String) -> FieldSet {
    var fields = FieldSet()
    fields.insert([.field(name)])
    return fields
  }

  func owned(_ fields: FieldSet) -> FieldSet { fields.difference(Self.unowned) }

  // MARK: Updates

  /// The managed fields of a new object; `given` is what its sender says they are.
  func ofNew(_ value: Value, given: Value?) -> Value? {
    let value = kind.shown(value)
    let comparison = FieldComparison(ofNew: value, shape).excluding(ignored)
    return tracked(comparison, ManagedFields(given) ?? ManagedFields()).value
  }

  /// The managed fields after an update that left the object as `next` is; `given` is what its sender says they were.
  func ofUpdate(from live: Value, to next: Value, given: Value?) -> Value? {
    let present = live["metadata", "managedFields"]
    let (live, next) = (kind.shown(live), kind.shown(next))
    if manager.subresource.isEmpty, Self.isReset(given) { return nil }
    var managed = ManagedFields(present) ?? ManagedFields()
    var isGiven = false
    if manager.subresource.isEmpty, given != present, let other = ManagedFields(given), !other.entries.isEmpty {
      managed = other
      isGiven = true
    }
    if managed.entries.isEmpty { return nil }
    let comparison = FieldComparison(from: live.untracked, to: next.untracked, shape).excluding(ignored)
    if comparison.isEmpty { return isGiven ? managed.value : present }
    return tracked(comparison, managed, VersionedComparison(self, from: live, to: next, comparison)).value
  }

  /// Whether a client strips an object of its managed fields.
  private static func isReset(_ given: Value?) -> Bool {
    guard let entries = given?.array else { return false }
    return entries.isEmpty || entries.count == 1 && entries[0].object?.isEmpty == true
  }

  /// What was changed or removed is taken from all; what was changed is the writer's.
  private func tracked(
    _ comparison: FieldComparison, _ managed: ManagedFields, _ versions: VersionedComparison? = nil
  ) -> ManagedFields {
    var managed = managed
    let changed = comparison.changed
    managed.remove { versions?[$0.apiVersion].removed ?? comparison.removed }
    managed.remove(exceptFrom: manager) { versions?[$0.apiVersion].changed ?? changed }
    let own = owned(changed)
    if !own.isEmpty {
      let fields = managed.entry(of: manager)?.fields.union(own) ?? own
      managed.set(ManagedFields.Entry(manager: manager, fields: fields, time: now.timestamp))
      managed.bound()
    }
    return managed
  }
}

extension FieldComparison {
  var isEmpty: Bool { added.isEmpty && modified.isEmpty && removed.isEmpty }
}

extension Value {
  /// The object without its managed fields, and without the revision that changes with every write.
  var untracked: Value {
    var value = self
    value["metadata", "managedFields"] = nil
    value["metadata", "resourceVersion"] = nil
    return value
  }
}
