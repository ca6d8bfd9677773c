import Loop
import Synchronization

/// What a cluster shows to the outside: its last committed snapshot, the writes that led there, and those who watch.
///
/// The cluster's loop publishes; any thread reads. Reads hold the lock only to copy a reference.
package final class Feed: Sendable {
  /// How much of the past is kept, by count of writes and by bytes of their objects. As many bytes again may be taken by
  /// the moments that are kept for themselves.
  package struct Limits: Sendable {
    package var changes: Int
    package var bytes: Int

    package init(changes: Int = 10_000, bytes: Int = 64 << 20) {
      self.changes = changes
      self.bytes = bytes
    }
  }

  /// Somebody who watches. The closure is called for every batch of committed writes, oldest first, on the publisher's
  /// thread and under the feed's lock: it must only pass the batch on.
  package typealias Watcher = @Sendable ([Change]) -> Void

  private struct State {
    var snapshot: Snapshot
    var history: History
    var kept = KeptMoments()
    /// The time of what was there at the start.
    var start = Time(seconds: 0)
    var watchers: [(id: Int, watcher: Watcher)] = []
    var nextWatcher = 0
    var isEnded = false
  }

  package let limits: Limits
  /// Collections whose objects are written, listed and forgotten, but hardly ever looked into.
  private let seldomRead: Set<GroupResource>
  private let state: Mutex<State>

  package init(limits: Limits = Limits(), seldomRead: Set<GroupResource> = []) {
    self.limits = limits
    self.seldomRead = seldomRead
    state = Mutex(State(snapshot: Snapshot(), history: History([], limits: limits)))
  }

  /// Starts from what a journal gave back. For a feed that has shown nothing yet.
  package func restore(_ contents: JournalContents) {
    state.withLock { state in
      state.snapshot = contents.snapshot
      state.history = History(contents.history, limits: limits)
      settle(&state)
      state.start = contents.time ?? state.start
      for moment in contents.kept { _ = state.kept.keep(moment, limit: limits.bytes) }
    }
  }

  package var snapshot: Snapshot { state.withLock { $0.snapshot } }

  /// The oldest revision that can still be read and watched from.
  package var oldestRevision: Int64 { state.withLock { Self.oldest($0) } }

  private static func oldest(_ state: State) -> Int64 {
    state.history.oldest.map { $0 - 1 } ?? state.snapshot.revision
  }

  /// Shows a committed turn.
  package func publish(_ snapshot: Snapshot, _ changes: [Change]) {
    state.withLock { state in
      state.snapshot = snapshot
      guard !changes.isEmpty else { return }
      state.history.append(changes)
      settle(&state)
      for entry in state.watchers { entry.watcher(changes) }
    }
  }

  /// Gives memory back that older writes take.
  private func settle(_ state: inout State) {
    let (snapshot, seldomRead) = (state.snapshot, seldomRead)
    state.history.settle { object in
      snapshot[object.key] === object && !seldomRead.contains(object.key.groupResource)
    }
  }

  /// The cluster as it was at that revision; nil if that is too long ago (or not yet).
  package func snapshot(at revision: Int64) -> Snapshot? { moment(at: revision)?.snapshot }

  /// The cluster as it was at that revision, and when that was; nil if that is too long ago (or not yet).
  package func moment(at revision: Int64) -> Moment? {
    let (kept, present, changes, time): (Moment?, Snapshot, ArraySlice<Change>?, Time) = state.withLock { state in
      (
        state.kept.moments[revision], state.snapshot, Self.changes(after: revision, in: state),
        state.history.time(at: revision) ?? state.start
      )
    }
    if let kept { return kept }
    guard let changes, revision <= present.revision else { return nil }
    return Moment(snapshot: changes.isEmpty ? present : present.undoing(changes, to: revision), time: time)
  }

  // MARK: Kept moments

  /// The revisions of the moments that stay readable when the history has moved on.
  package var keptRevisions: [Int64] { state.withLock { $0.kept.moments.keys.sorted() } }

  /// The moments that stay readable, the earliest first.
  package var keptMoments: [Moment] { state.withLock { $0.kept.moments.values.sorted { $0.revision < $1.revision } } }

  /// Keeps a moment until `letGo`. Answers the revisions that were let go to make room for it.
  package func keep(_ moment: Moment) -> [Int64] { state.withLock { $0.kept.keep(moment, limit: limits.bytes) } }

  /// Keeps a moment no longer than the history reaches.
  package func letGo(_ revision: Int64) { state.withLock { $0.kept.letGo(revision) } }

  /// Whether the cluster can be read as it was at that revision.
  package func reaches(_ revision: Int64) -> Bool {
    state.withLock { state in
      state.kept.moments[revision] != nil || revision >= Self.oldest(state) && revision <= state.snapshot.revision
    }
  }

  /// The writes after that revision, oldest first; nil if they are no longer all there.
  package func changes(after revision: Int64) -> [Change]? {
    state.withLock { Self.changes(after: revision, in: $0).map(Array.init) }
  }

  private static func changes(after revision: Int64, in state: State) -> ArraySlice<Change>? {
    revision >= oldest(state) ? state.history.after(revision) : nil
  }

  /// What a new watcher starts from.
  package struct Start: Sendable {
    package let id: Int
    package let snapshot: Snapshot
    /// The writes after the revision that was asked for; nil if they are no longer all there (the watcher is then not
    /// registered), empty if none was.
    package let missed: [Change]?
  }

  /// Registers a watcher and gives it what it has missed since `revision` (nil: nothing, it starts from the snapshot),
  /// with no write between the two.
  package func watch(after revision: Int64?, _ watcher: @escaping Watcher) -> Start {
    state.withLock { state in
      let missed = revision.map { Self.changes(after: $0, in: state) } ?? []
      let id = state.nextWatcher
      if missed != nil {
        state.nextWatcher += 1
        state.watchers.append((id, watcher))
      }
      return Start(id: id, snapshot: state.snapshot, missed: missed.map(Array.init))
    }
  }

  package func unwatch(_ id: Int) {
    state.withLock { $0.watchers.removeAll { $0.id == id } }
  }

  /// Tells those who watch that there will be nothing more, because the cluster is no longer there.
  package func end() { state.withLock { $0.isEnded = true } }

  package var isEnded: Bool { state.withLock { $0.isEnded } }

  package var watcherCount: Int { state.withLock { $0.watchers.count } }
}
