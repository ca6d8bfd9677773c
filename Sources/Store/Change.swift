package import Loop

/// Why a write happened: who made it, with which request, looking at which object.
package struct Cause: Sendable, Hashable {
  /// A component (`deployment-controller`, `kube-scheduler`, `kubelet/node-1`) or a user's name.
  package var actor: String
  /// What was asked, in few words: `create pods default/web`.
  package var request: String
  /// The object that the actor was looking at, and its revision then.
  package var subject: ObjectKey?
  package var subjectRevision: Int64?

  package init(actor: String, request: String = "", subject: StoredObject? = nil) {
    self.init(actor: actor, request: request, subject: subject?.key, subjectRevision: subject?.revision)
  }

  package init(actor: String, request: String, subject: ObjectKey?, subjectRevision: Int64?) {
    self.actor = actor
    self.request = request
    self.subject = subject
    self.subjectRevision = subjectRevision
  }
}

/// One write: what became of one object at one revision. It is shared by all who look at it, and never changes.
package final class Change: Sendable {
  package enum Kind: String, Sendable {
    case created
    case updated
    case deleted
  }

  package let kind: Kind
  /// The object after the write; of a deletion its last state, at the deletion's revision.
  package let object: StoredObject
  /// The object before; nil of a creation.
  package let previous: StoredObject?
  package let cause: Cause
  package let time: Time

  package init(_ kind: Kind, object: StoredObject, previous: StoredObject?, cause: Cause, time: Time) {
    self.kind = kind
    self.object = object
    self.previous = previous
    self.cause = cause
    self.time = time
  }

  package var revision: Int64 { object.revision }
  package var key: ObjectKey { object.key }
}
