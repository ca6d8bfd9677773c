import Kinds
import Store
import Tree

/// Looks at Bookmarks, Rewinds and Forks on their way in: the moment that they name must be there.
package enum PastMoments: AdmissionPlugin {
  /// Bookmarks and Forks that a cluster may have.
  private static let bookmarkLimit = 100
  private static let forkLimit = 10
  /// Holds a Fork until its cluster is gone.
  package static let forkFinalizer = "podium.dev/cluster"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) {
    guard request.isCreation else { return }
    switch request.kind {
    case .bookmark where (value["spec", "revision"]?.integer ?? 0) == 0:
      value["spec", "revision"] = .integer(request.store.revision)
    case .rewind where value["spec", "access"] == nil:
      value["spec", "access"] = mayRestoreAccess(request) ? "Restore" : "Keep"
    case .fork:
      var finalizers = value["metadata", "finalizers"]?.array ?? []
      if !finalizers.contains(.string(forkFinalizer)) { finalizers.append(.string(forkFinalizer)) }
      value["metadata", "finalizers"] = .array(finalizers)
    default: break
    }
  }

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.isCreation else { return }
    switch request.kind {
    case .bookmark: try checkCount(request, limit: bookmarkLimit)
    case .rewind:
      if value["spec", "access"] == "Restore", !mayRestoreAccess(request) {
        throw request.forbidden(
          "to restore roles and their bindings takes the rights to escalate clusterroles and to bind them: "
            + "leave spec.access away, or make it Keep")
      }
    case .fork: try checkCount(request, limit: forkLimit)
    default: return
    }
    try checkMoment(value, request)
  }

  /// Going back may return rights that were taken away: only who could give them may have that.
  private static func mayRestoreAccess(_ request: AdmissionRequest) -> Bool {
    guard let authorizer = request.writer.environment.authorizer else { return request.caller.isMaster }
    return ["escalate", "bind"].allSatisfy { verb in
      authorizer.allows(
        Attributes(
          caller: request.caller, verb: verb, group: Kind.clusterRole.group, resource: Kind.clusterRole.plural))
    }
  }

  private static func checkCount(_ request: AdmissionRequest, limit: Int) throws(Status) {
    guard request.store.snapshot.count(request.kind.groupResource) >= limit else { return }
    throw request.forbidden(
      "a cluster has at most \(limit) \(request.kind.plural): delete one that is no longer needed")
  }

  private static func checkMoment(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    var field = "spec.revision"
    var revision = value["spec", "revision"]?.integer
    if let name = value["spec", "bookmark"]?.string, !name.isEmpty {
      field = "spec.bookmark"
      guard let bookmark = request.store[Kind.bookmark.key(namespace: "", name: name)] else {
        throw .invalid(
          request.kind, request.key.name,
          [FieldError(.notFound, field: field, message: "Not found: \(Value.string(name).jsonText)")])
      }
      revision = Bookmark(bookmark.value).spec.revision
    }
    guard let revision else { return }
    guard revision <= request.store.revision else {
      throw .invalid(
        request.kind, request.key.name,
        [.invalid(field, .integer(revision), "is still to come: the cluster is at revision \(request.store.revision)")])
    }
    guard let feed = request.writer.environment.feed else { return }
    // What this turn has written can be read once it is in the journal.
    if revision > feed.snapshot.revision || feed.reaches(revision) { return }
    throw .expired(revision, oldest: feed.oldestRevision)
  }
}
