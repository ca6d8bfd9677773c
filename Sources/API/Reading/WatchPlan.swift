package import Kinds
package import Store
import Tree

/// A checked wish to watch: which changes concern it and how they are sent. The caller runs it:
///
///     let start = feed.watch(after: plan.startRevision) { changes in … plan.frames(for: change) … }
///     guard let missed = start.missed else { send(plan.expired()); end }
///     plan.opening(snapshot: start.snapshot), then plan.frames(for:) of each missed change, then of each that comes
///
/// and it ends the stream after `timeoutSeconds`.
package struct WatchPlan: Sendable {
  package let kind: Kind
  /// nil: all namespaces.
  package let namespace: String?
  /// After which revision to begin; nil: with the objects that are there now.
  package let startRevision: Int64?
  /// Whether `bookmark` may be sent now and then, so that the client can resume from a later revision.
  package let sendsBookmarks: Bool
  /// When the server ends the watch; nil: when the client does, or as the server likes.
  package let timeoutSeconds: Int?
  let selection: Selection
  let encoder: WatchEncoder
  /// Whether the objects that are there come first and a marked bookmark after them (`sendInitialEvents=true`).
  let marksInitialEnd: Bool
  /// Whether the objects that are there come first.
  let sendsPresent: Bool

  package var contentType: String { encoder.contentType }
  /// Whether the stream is server-sent events; then a comment (`:` and an empty line) is its heartbeat.
  package var isEventStream: Bool { encoder.isEventStream }

  /// What comes before any change: the objects of the snapshot, where the watch asked for no revision.
  package func opening(snapshot: Snapshot) -> [[UInt8]] {
    guard sendsPresent else { return [] }
    var pieces: [[UInt8]] = []
    for object in snapshot.list(kind.collection, namespace: namespace) where selection.matches(object) {
      pieces += encoder.frame("ADDED", object)
    }
    if marksInitialEnd { pieces += [encoder.bookmark(snapshot.revision, marksInitialEnd: true)] }
    return pieces
  }

  /// The event for one change; empty if it does not concern this watch. An object that begins to fit the selectors is
  /// ADDED, one that ceases to is DELETED.
  package func frames(for change: Change) -> [[UInt8]] {
    guard change.key.groupResource == kind.collection, namespace == nil || change.key.namespace == namespace else {
      return []
    }
    let before = change.previous.map(selection.matches) ?? false
    let after = change.kind != .deleted && selection.matches(change.object)
    switch (before, after) {
    case (false, true): return encoder.frame("ADDED", change.object)
    case (true, true): return encoder.frame("MODIFIED", change.object)
    case (true, false):
      if change.kind == .deleted { return encoder.frame("DELETED", change.object) }
      guard let previous = change.previous else { return [] }
      let last = StoredObject(previous.value, at: previous.key, revision: change.revision)
      return encoder.frame("DELETED", last)
    case (false, false): return []
    }
  }

  /// An event that only says how far the watch has come.
  package func bookmark(_ revision: Int64) -> [UInt8] { encoder.bookmark(revision, marksInitialEnd: false) }

  /// The event that says that the start is too long ago: the client lists anew.
  package func expired(oldest: Int64) -> [UInt8] {
    encoder.error(.tooOldToWatch(startRevision ?? 0, oldest: oldest))
  }
}
