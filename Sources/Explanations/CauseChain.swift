import Kinds
import Store
import Tree

/// What led to a write, from the write back to the request of a user: each actor looked at an object, which somebody
/// else had written.
struct CauseChain {
  /// Enough for every controller on another's back; more would be a circle.
  private static let limit = 16

  /// The write that was asked about comes first.
  let changes: [Change]
  /// The object whose writing is no longer known, where the chain ends at one.
  let forgotten: ObjectKey?

  init(from change: Change, in past: Past) {
    var changes = [change]
    var forgotten: ObjectKey?
    while changes.count < Self.limit, let last = changes.last, let subject = last.cause.subject,
      let revision = last.cause.subjectRevision
    {
      // What a component wrote while it looked at the object itself goes back to that object's own origin.
      guard let origin = past.origin(of: subject, upTo: min(revision, last.revision - 1)) else {
        forgotten = subject
        break
      }
      changes.append(origin)
    }
    self.changes = changes
    self.forgotten = forgotten
  }

  /// Whoever began it all; nil where that is no longer known.
  var root: Change? { forgotten == nil ? changes.last : nil }

  func value(in language: Language) -> Value {
    .array(
      changes.map { change in
        [
          "revision": .integer(change.revision), "time": .string(change.time.timestamp),
          "actor": .string(change.cause.actor), "request": .string(change.cause.request),
          "object": .string(change.key.description), "text": .string(Phrases.write(change).text(in: language)),
        ]
      })
  }
}
