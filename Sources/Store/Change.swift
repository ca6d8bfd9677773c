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
  /// Whether it says no more than that something is still alive.
  package var isRenewal: Bool { object.isRenewed }
  package var key: ObjectKey { object.key }
}

extension [Change] {
  /// The changes without the renewals that a later one of the same object follows: what a journal needs of them.
  package var withoutSupersededRenewals: [Change] {
    guard contains(where: \.isRenewal) else { return self }
    var kept: [Change?] = []
    /// Where each object's last renewal stands, as long as no other write to it follows.
    var last: [ObjectKey: Int] = [:]
    for change in self {
      guard change.isRenewal else {
        last[change.key] = nil
        kept.append(change)
        continue
      }
      var next = change
      if let index = last[change.key], let earlier = kept[index] {
        next = Change(
          .updated, object: change.object, previous: earlier.previous, cause: change.cause, time: change.time)
        kept[index] = nil
      }
      last[change.key] = kept.count
      kept.append(next)
    }
    return kept.compactMap(\.self)
  }
}
