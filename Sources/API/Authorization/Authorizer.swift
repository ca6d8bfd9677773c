package import Store
import Kinds
import Synchronization

/// Role-based access control (Kubernetes documentation, "Using RBAC Authorization").
///
/// The index of roles and bindings is made anew only after a write to one of them, so a thousand bindings cost nothing
/// per request.
package final class Authorizer: Sendable {
  package struct Decision: Sendable, Equatable {
    package var isAllowed: Bool
    /// Which binding allows it; empty where none does.
    package var reason: String
  }

  private struct Cache {
    var index: RoleIndex
    /// Up to which revision no later write to a role or binding is known.
    var revision: Int64
  }

  private let feed: Feed
  private let cache: Mutex<Cache?> = Mutex(nil)

  package init(feed: Feed) { self.feed = feed }

  package func decide(_ attributes: Attributes) -> Decision {
    if attributes.caller.isMaster { return Decision(isAllowed: true, reason: "") }
    let index = index
    for binding in index.bindings(of: attributes.caller, in: attributes.namespace)
    where index.rules(of: binding).contains(where: { $0.allows(attributes) }) {
      return Decision(isAllowed: true, reason: binding.reason)
    }
    return Decision(isAllowed: false, reason: "")
  }

  package func allows(_ attributes: Attributes) -> Bool { decide(attributes).isAllowed }

  var index: RoleIndex {
    let snapshot = feed.snapshot
    let known = cache.withLock { $0 }
    if let known, known.revision >= snapshot.revision { return known.index }
    if let known, let changes = feed.changes(after: known.revision), !changes.contains(where: Self.concernsRoles) {
      remember(known.index, changes.last?.revision ?? snapshot.revision)
      return known.index
    }
    let index = RoleIndex(snapshot)
    remember(index, snapshot.revision)
    return index
  }

  private func remember(_ index: RoleIndex, _ revision: Int64) {
    cache.withLock { cache in
      if revision >= cache?.revision ?? .min { cache = Cache(index: index, revision: revision) }
    }
  }

  private static func concernsRoles(_ change: Change) -> Bool {
    change.key.groupResource.group == Kind.role.group
  }
}

extension RoleIndex.Binding {
  /// In Kubernetes' words.
  fileprivate var reason: String {
    let kind = namespace.isEmpty ? "ClusterRoleBinding" : "RoleBinding"
    let place = namespace.isEmpty ? name : "\(name)/\(namespace)"
    let roleKind = role.groupResource == Kind.clusterRole.groupResource ? "ClusterRole" : "Role"
    return "RBAC: allowed by \(kind) \"\(place)\" of \(roleKind) \"\(role.name)\" to \(subject)"
  }
}
