import API
import Kinds
import Store
import Tree

/// What became of an object's owners.
struct OwnerLookup {
  let client: Client
  let kinds: KindTable

  /// An object's owner references by what is behind them.
  struct Owners {
    /// Owners that are there and stay.
    var solid: [OwnerReference] = []
    /// Owners that are gone.
    var dangling: [OwnerReference] = []
    /// Owners that are deleted in the foreground, and wait for their dependents to go.
    var waiting: [OwnerReference] = []
  }

  func owners(of object: StoredObject) -> Owners {
    var owners = Owners()
    for reference in object.metadata.ownerReferences {
      // An owner of a kind that is not served, or in no one namespace, cannot be looked up; what is not known to be gone
      // holds its dependents.
      guard let kind = kind(of: reference), !kind.isNamespaced || !object.namespace.isEmpty else {
        owners.solid.append(reference)
        continue
      }
      guard let owner = client.get(kind, namespace: object.namespace, name: reference.name),
        owner.uid == reference.uid
      else {
        owners.dangling.append(reference)
        continue
      }
      if owner.isDeletingInForeground {
        owners.waiting.append(reference)
      } else {
        owners.solid.append(reference)
      }
    }
    return owners
  }

  func kind(of object: StoredObject) -> Kind? {
    kinds.kinds.first { $0.groupResource == object.key.groupResource }
  }

  private func kind(of reference: OwnerReference) -> Kind? {
    let group =
      reference.apiVersion.split(separator: "/").count == 2 ? reference.apiVersion.split(separator: "/")[0] : ""
    return kinds.kinds.first { $0.name == reference.kind && $0.group == group && $0.isStored }
  }
}

extension StoredObject {
  static let foregroundFinalizer = "foregroundDeletion"
  static let orphanFinalizer = "orphan"

  /// Whether it waits for its dependents to go first.
  var isDeletingInForeground: Bool {
    metadata.isDeleting && metadata.finalizers.contains(Self.foregroundFinalizer)
  }

  /// Whether it waits for its dependents to be let go.
  var isOrphaning: Bool { metadata.isDeleting && metadata.finalizers.contains(Self.orphanFinalizer) }
}
