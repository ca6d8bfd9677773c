package import Loop

/// What a journal gives back at a start: the objects and the last writes.
package struct JournalContents: Sendable {
  package var snapshot: Snapshot
  /// The most recent writes, oldest first, without gaps up to the snapshot's revision.
  package var history: [Change]
  /// The cluster's time at the last commit; nil for a new journal.
  package var time: Time?

  package init(snapshot: Snapshot = Snapshot(), history: [Change] = [], time: Time? = nil) {
    self.snapshot = snapshot
    self.history = history
    self.time = time
  }

  /// Contents from loose objects, as a journal that keeps rows has them.
  package init(objects: some Sequence<StoredObject>, revision: Int64, history: [Change], time: Time?) {
    var snapshot = Snapshot(revision: revision)
    for object in objects { snapshot.set(object) }
    self.init(snapshot: snapshot, history: history, time: time)
  }
}

/// A journal could not be read or written. The cluster that meets one stops rather than answers.
package struct JournalError: Error, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// The durable log of one cluster's writes.
package protocol Journal: AnyObject {
  func load() throws(JournalError) -> JournalContents

  /// Keeps the changes of one turn, all or none. With `durably` they have reached the disk when this returns; without
  /// (nobody waits for an answer), they are there at the latest after the next durable commit.
  func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError)
}

/// A journal that forgets: for tests, and for worlds that need not last.
package final class MemoryJournal: Journal {
  package init() {}

  package func load() throws(JournalError) -> JournalContents { JournalContents() }

  package func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {}
}
