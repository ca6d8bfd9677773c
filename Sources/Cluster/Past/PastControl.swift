import API
import Kinds
import Loop
import Store
import Tree

/// Does what Bookmarks and Rewinds ask for: keeps moments, and takes the cluster back to one.
///
/// It outlives the cluster's parts, which a rewind builds anew, and acts between turns only: nothing else runs then.
final class PastControl {
  /// Rewinds that are remembered; the earliest are removed when there are more.
  private static let rewindLimit = 100
  static let rewinder = "rewind"
  private static let bookmarker = "bookmarks"

  private let client: Client
  private let feed: Feed
  private let journal: any Journal
  private var store: Store { client.store }
  private var loop: Loop { client.loop }
  private var areBookmarksChanged = true
  private var areRewindsNew = true

  init(client: Client, feed: Feed, journal: any Journal) {
    self.client = client
    self.feed = feed
    self.journal = journal
    client.store.observe([.bookmark, .rewind]) { [unowned self] change in note(change) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.bookmark.groupResource where change.cause.actor != Self.bookmarker: areBookmarksChanged = true
    case Kind.rewind.groupResource where change.kind != .deleted && change.cause.actor != Self.rewinder:
      areRewindsNew = true
    default: break
    }
  }

  /// Whether there is something to do. All that is written is in the journal then.
  var isPending: Bool { areBookmarksChanged || areRewindsNew }

  /// Does what is to be done, up to the first rewind: its writes are made, and the answer is the moment at which the
  /// parts are to be built anew.
  func follow() throws(JournalError) -> Time? {
    if areBookmarksChanged {
      areBookmarksChanged = false
      try keepBookmarked()
    }
    guard areRewindsNew else { return nil }
    let waiting = client.list(.rewind).filter { Rewind($0.value).status.phase == nil }
    if waiting.count < 2 { areRewindsNew = false }
    guard let first = waiting.min(by: { $0.revision < $1.revision }) else { return nil }
    return rewind(first)
  }

  // MARK: Bookmarks

  private func keepBookmarked() throws(JournalError) {
    let bookmarks = client.list(.bookmark)
    let wanted = Set(bookmarks.compactMap { Bookmark($0.value).spec.revision })
    for revision in feed.keptRevisions where !wanted.contains(revision) {
      feed.letGo(revision)
      try journal.letGo(revision)
    }
    let kept = Set(feed.keptRevisions)
    for revision in wanted.subtracting(kept).sorted() {
      guard let moment = feed.moment(at: revision) else { continue }
      let gone = feed.keep(moment)
      try journal.keep(moment)
      for revision in gone { try journal.letGo(revision) }
    }
    for bookmark in bookmarks { report(bookmark) }
  }

  private func report(_ stored: StoredObject) {
    var bookmark = Bookmark(stored.value)
    guard let revision = bookmark.spec.revision else { return }
    bookmark.status.revision = revision
    if let moment = feed.moment(at: revision) {
      bookmark.status.time = moment.time.microTimestamp
      bookmark.status.isAvailable = true
      bookmark.status.message = nil
    } else {
      bookmark.status.isAvailable = false
      bookmark.status.message =
        "The history begins with revision \(feed.oldestRevision), and bookmarked moments take no more than "
        + "\(feed.limits.bytes) bytes: this one had to be let go."
    }
    guard bookmark.value != stored.value else { return }
    let cause = Cause(actor: Self.bookmarker, request: "update bookmarks/status \(stored.name)", subject: stored)
    _ = try? client.update(.bookmark, bookmark.value, subresource: "status", cause: cause)
  }

  // MARK: Rewinds

  private func rewind(_ stored: StoredObject) -> Time? {
    var rewind = Rewind(stored.value)
    let spec = rewind.spec
    guard let revision = revision(of: spec), let moment = feed.moment(at: revision) else {
      rewind.status.phase = "Failed"
      rewind.status.message =
        "The moment is no longer kept: the history begins with revision \(feed.oldestRevision)."
      report(rewind, stored)
      return nil
    }
    rewind.status.previousRevision = store.revision
    rewind.status.previousTime = loop.now.microTimestamp
    rewind.status.revision = revision
    rewind.status.time = moment.time.microTimestamp
    // What is written from here on is of the moment that is gone back to.
    loop.restart(at: moment.time)
    let cause = Cause(
      actor: Self.rewinder, request: "rewind \(stored.name) to revision \(revision)", subject: stored)
    let restoration = Restoration(
      store: store, target: moment.snapshot, keepsAccess: spec.keepsAccess, cause: cause)
    rewind.status.writes = restoration.perform()
    rewind.status.phase = "Complete"
    if spec.keepsAccess { rewind.status.message = "Roles and their bindings stayed as they were." }
    report(rewind, stored)
    forgetOldRewinds()
    return moment.time
  }

  /// The revision that a choice names, where it does.
  private func revision(of choice: MomentChoice) -> Int64? {
    guard let name = choice.bookmark else { return choice.revision }
    return client.get(.bookmark, name: name).flatMap { Bookmark($0.value).spec.revision }
  }

  private func report(_ rewind: Rewind, _ stored: StoredObject) {
    let cause = Cause(actor: Self.rewinder, request: "update rewinds/status \(stored.name)", subject: stored)
    _ = try? client.update(.rewind, rewind.value, subresource: "status", cause: cause)
  }

  private func forgetOldRewinds() {
    let all = client.list(.rewind).sorted { $0.revision < $1.revision }
    for old in all.prefix(max(all.count - Self.rewindLimit, 0)) {
      try? client.delete(.rewind, name: old.name, cause: Cause(actor: Self.rewinder, request: "forget \(old.name)"))
    }
  }
}
