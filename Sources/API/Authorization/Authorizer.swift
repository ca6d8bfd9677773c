import Kinds
package import Store
import Synchronization

/// Role-based access control (Kubernetes documentation, "Using RBAC Authorization").
///
/// The index of roles and bindings is made anew only after a write to one of them, so a thousand bindings cost nothing
/// per request.
package final class Authorizer: Sendable {
  package struct Decision: Sendable, Equatable {
    package var isAllowed: Bool
    /// Which binding allows it; where none does, what is wrong with those that might, or nothing.
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
    // Masters need no index, and nearly every request is theirs.
    attributes.caller.isMaster ? Decision(isAllowed: true, reason: "") : index.decide(attributes)
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

  /// Refuses what no rule allows.
  func require(_ attributes: Attributes) throws(Status) {
    let decision = decide(attributes)
    guard decision.isAllowed else { throw attributes.refusal(because: decision.reason) }
  }

  private static func concernsRoles(_ change: Change) -> Bool {
    change.key.groupResource.group == Kind.role.group
  }
}

extension RoleIndex {
  /// Whether the rules of a moment allow it; every request pays for this index, so it is for rare questions.
  package static func allows(_ attributes: Attributes, at snapshot: Snapshot) -> Bool {
    RoleIndex(snapshot).decide(attributes).isAllowed
  }

  func decide(_ attributes: Attributes) -> Authorizer.Decision {
    if attributes.caller.isMaster { return Authorizer.Decision(isAllowed: true, reason: "") }
    var missing: [String] = []
    for grant in grants(of: attributes.caller, in: attributes.namespace) {
      guard let rules = grant.rules else {
        let text = grant.binding.missingRole
        if !missing.contains(text) { missing.append(text) }
        continue
      }
      if rules.contains(where: { $0.allows(attributes) }) {
        return Authorizer.Decision(isAllowed: true, reason: grant.reason)
      }
    }
    let list = missing.count == 1 ? missing[0] : "[" + missing.joined(separator: ", ") + "]"
    return Authorizer.Decision(isAllowed: false, reason: missing.isEmpty ? "" : "RBAC: " + list)
  }

  func allows(_ attributes: Attributes) -> Bool { decide(attributes).isAllowed }
}

extension RoleIndex.Binding {
  /// A binding to a role that is not there gives nothing, and the refusal says so.
  fileprivate var missingRole: String {
    let kind = role.groupResource == Kind.clusterRole.groupResource ? "clusterrole" : "role"
    return "\(kind).\(Kind.role.group) \"\(role.name)\" not found"
  }

  /// Why something is allowed by it, in Kubernetes' words.
  var reason: String {
    let kind = namespace.isEmpty ? "ClusterRoleBinding" : "RoleBinding"
    let place = namespace.isEmpty ? name : "\(name)/\(namespace)"
    let roleKind = role.groupResource == Kind.clusterRole.groupResource ? "ClusterRole" : "Role"
    return "RBAC: allowed by \(kind) \"\(place)\" of \(roleKind) \"\(role.name)\" to \(subject)"
  }
}
