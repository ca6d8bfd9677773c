package import Loop

/// What a journal gives back at a start: the objects and the last writes.
package struct JournalContents: Sendable {
  package var snapshot: Snapshot
  /// The most recent writes, oldest first, without gaps up to the snapshot's revision.
  package var history: [Change]
  /// The cluster's time at the last commit; nil for a new journal.
  package var time: Time?
  /// Moments of the past that are kept for themselves, the earliest first.
  package var kept: [Moment]

  package init(snapshot: Snapshot = Snapshot(), history: [Change] = [], time: Time? = nil, kept: [Moment] = []) {
    self.snapshot = snapshot
    self.history = history
    self.time = time
    self.kept = kept
  }

  /// Contents from loose objects, as a journal that keeps rows has them.
  package init(
    objects: some Sequence<StoredObject>, revision: Int64, history: [Change], time: Time?, kept: [Moment] = []
  ) {
    self.init(snapshot: Snapshot(objects, revision: revision), history: history, time: time, kept: kept)
  }
}

/// A journal could not be read or written. The cluster that meets one stops rather than answers.
package struct JournalError: Error, Sendable, CustomStringConvertible {
  package let description: String
  /// Whether the journal is new where one was expected that holds a cluster.
  package let isUnbegun: Bool

  package init(_ description: String, isUnbegun: Bool = false) {
    self.description = description
    self.isUnbegun = isUnbegun
  }
}

/// The durable log of one cluster's writes.
package protocol Journal: AnyObject {
  func load() throws(JournalError) -> JournalContents

  /// Makes a new journal hold what another cluster, or an earlier revision of one, held.
  func begin(with contents: JournalContents) throws(JournalError)

  /// Keeps the changes of one turn, all or none. With `durably` they have reached the disk when this returns; without
  /// (nobody waits for an answer), they are there at the latest after the next durable commit.
  func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError)

  /// Keeps only how far revisions and time have come: what was written since says no more than that something is alive.
  func note(revision: Int64, at time: Time) throws(JournalError)

  /// Keeps a moment of the past until `letGo`.
  func keep(_ moment: Moment) throws(JournalError)

  func letGo(_ revision: Int64) throws(JournalError)
}

/// A journal that gives back no moments: what it was asked to keep is lost with the cluster's end.
extension Journal {
  package func keep(_ moment: Moment) throws(JournalError) {}

  package func letGo(_ revision: Int64) throws(JournalError) {}
}

/// Where the journals of many clusters are, each under its cluster's name.
package protocol JournalFolder: Sendable {
  /// The clusters that have a journal.
  var names: [String] { get }

  /// Opens a cluster's journal; a new one where there is none.
  func open(_ name: String) throws(JournalError) -> any Journal

  /// Removes a cluster's journal for good. It is open nowhere.
  func remove(_ name: String) throws(JournalError)
}

/// A journal that forgets: for tests, and for worlds that need not last.
package final class MemoryJournal: Journal {
  package init() {}

  package func load() throws(JournalError) -> JournalContents { JournalContents() }

  package func begin(with contents: JournalContents) throws(JournalError) {}

  package func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {}

  package func note(revision: Int64, at time: Time) throws(JournalError) {}
}
