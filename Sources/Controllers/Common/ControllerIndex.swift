import API
import Kinds
import Store
import Tree

/// Finding dependents by the owner that controls them, and those that nobody controls by their namespace.
extension Store {
  func addControllerIndex(on kind: Kind) {
    addIndex(Self.controllerIndex(kind), on: kind.groupResource) { value in
      let metadata = AnyObjectView(value).metadata
      return [metadata.controller?.uid ?? Self.orphanTerm(metadata.namespace)]
    }
  }

  /// The kind's objects whose controller has that uid.
  func controlled(_ kind: Kind, by uid: String) -> [StoredObject] { lookup(Self.controllerIndex(kind), uid) }

  /// The kind's objects of the namespace that have no controller.
  func orphans(_ kind: Kind, namespace: String) -> [StoredObject] {
    lookup(Self.controllerIndex(kind), Self.orphanTerm(namespace))
  }

  private static func controllerIndex(_ kind: Kind) -> String { "controller of " + kind.plural }

  private static func orphanTerm(_ namespace: String) -> String { "orphan in " + namespace }
}

extension StoredObject {
  var metadata: Metadata { AnyObjectView(value).metadata }
}

extension Change {
  /// The object as it was last seen: of a deletion its last state.
  var controller: OwnerReference? { object.metadata.controller }

  /// The controller before the write, where it was another.
  var formerController: OwnerReference? {
    guard let former = previous?.metadata.controller, former.uid != controller?.uid else { return nil }
    return former
  }

  var changesLabels: Bool { previous?.metadata.labels != object.metadata.labels }
}
