import Kinds
import Store
import Tree

extension Kind {
  /// Whether stored objects may look otherwise than this kind shows them.
  var converts: Bool { custom != nil || conversion != nil }

  /// The object as this version of its kind shows it. Versions of a custom kind differ in their name only (conversion
  /// strategy None).
  func converted(_ object: StoredObject) -> StoredObject {
    guard converts, object.value["apiVersion"] != .string(apiVersion) else { return object }
    var value = shown(object.value)
    value["apiVersion"] = .string(apiVersion)
    return StoredObject(value.inCanonicalOrder(self), at: object.key, revision: object.revision)
  }

  /// An object of this kind as another kind that shows the same objects has it.
  func convert(_ value: Value, to sibling: Kind) -> Value {
    self == sibling ? value : sibling.shown(stored(value))
  }
}
