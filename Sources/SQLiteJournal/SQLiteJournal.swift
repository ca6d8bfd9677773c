package import Loop
package import Store
import Tree

/// The durable journal: one SQLite file in WAL mode, which holds the last writes, and with them the objects.
///
/// Each write is one row, appended at the table's end with the object as the write left it; an object's state is its last
/// row. A row goes when the write that followed it leaves the history, so that every previous state in the history is
/// there.
///
/// A commit is one transaction. A durable one has been synced to the disk when it returns (`synchronous=FULL`, SQLite
/// documentation, "PRAGMA synchronous"); another survives the end of the process, and a power cut from the next
/// durable commit on.
package final class SQLiteJournal: Journal {
  /// How many writes the file keeps, so that watches resume and the past can be read after a restart.
  package static let historyLimit: Int64 = 10_000
  private let limit: Int64
  /// The history is cut off in steps of that many writes, because each is a search.
  private static let trimStep: Int64 = 256

  private let path: String
  let database: Database
  let shared: SharedStates
  private let putChange: Statement
  private let removeFollowed: Statement
  private let removeDeletions: Statement
  private let putHorizon: Statement
  private let putPosition: Statement
  let putKeptObject: Statement
  let putKept: Statement
  private var isSynced = true
  /// The revision up to which writes are no longer history.
  private var horizon: Int64 = 0

  /// - Parameters:
  ///   - history: how many of the last writes the file keeps.
  ///   - shared: where states are that other journals hold, too.
  package init(
    path: String, history: Int = Int(historyLimit), shared: SharedStates = SharedStates()
  ) throws(JournalError) {
    self.path = path
    self.shared = shared
    limit = Int64(history)
    database = try Database(path: path)
    try database.execute("PRAGMA journal_mode=WAL")
    try database.execute("PRAGMA synchronous=FULL")
    try Layout.prepare(database, path: path)
    putChange = try database.prepare(
      """
      INSERT INTO changes (revision, kind, api_group, resource, namespace, name, json, previous, actor, request, \
      subject_group, subject_resource, subject_namespace, subject_name, subject_revision, time) \
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    removeFollowed = try database.prepare(
      "DELETE FROM changes WHERE revision IN (SELECT previous FROM changes WHERE revision > ? AND revision <= ?)")
    removeDeletions = try database.prepare(
      "DELETE FROM changes WHERE revision > ? AND revision <= ? AND kind = '\(Change.Kind.deleted.rawValue)'")
    putHorizon = try database.prepare("UPDATE cluster SET horizon=?")
    putPosition = try database.prepare("UPDATE cluster SET revision=?, time=?")
    putKeptObject = try database.prepare(
      """
      INSERT OR IGNORE INTO kept_objects (revision, api_group, resource, namespace, name, json) VALUES (?,?,?,?,?,?)
      """)
    putKept = try database.prepare("INSERT OR IGNORE INTO kept (moment, revision) VALUES (?,?)")
    try database.prepare("SELECT horizon FROM cluster").run { row in horizon = row.integer(0) }
  }

  package func begin(with contents: JournalContents) throws(JournalError) {
    let history = contents.history.suffix(Int(limit))
    let beginning = (history.first?.revision ?? contents.snapshot.revision + 1) - 1
    let present = contents.snapshot.collections.flatMap { contents.snapshot.list($0) }
    // What is older than the history stands in it only as the state before a write, or as an object's present one.
    let states = (present + history.compactMap(\.previous)).filter { $0.revision <= beginning }
    let time = contents.time ?? Time(nanoseconds: 0)
    try transaction(durably: true) { () throws(JournalError) in
      for state in Dictionary(states.map { ($0.revision, $0) }, uniquingKeysWith: { first, _ in first }).values {
        try write(Change(.created, object: state, previous: nil, cause: Cause(actor: ""), time: time))
      }
      for change in history { try write(change) }
      for moment in contents.kept { try write(moment) }
      try putPosition.run([.integer(contents.snapshot.revision), .integer(time.nanoseconds)])
      try putHorizon.run([.integer(beginning)])
    }
    horizon = beginning
  }

  package func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {
    guard let last = changes.last else { return }
    try transaction(durably: durably) { () throws(JournalError) in
      for change in changes { try write(change) }
      try putPosition.run([.integer(last.revision), .integer(time.nanoseconds)])
      try trim(to: last.revision - limit)
    }
  }

  package func note(revision: Int64, at time: Time) throws(JournalError) {
    try transaction(durably: false) { () throws(JournalError) in
      try putPosition.run([.integer(revision), .integer(time.nanoseconds)])
    }
  }

  func transaction(durably: Bool, _ work: () throws(JournalError) -> Void) throws(JournalError) {
    if durably != isSynced {
      try database.execute("PRAGMA synchronous=\(durably ? "FULL" : "NORMAL")")
      isSynced = durably
    }
    try database.execute("BEGIN IMMEDIATE")
    do {
      try work()
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  private func write(_ change: Change) throws(JournalError) {
    let (key, cause) = (change.key, change.cause)
    try putChange.run(
      [
        .integer(change.revision), .text(change.kind.rawValue), .text(key.groupResource.group),
        .text(key.groupResource.resource), .text(key.namespace), .text(key.name), .bytes(change.object.json),
        change.previous.map { .integer($0.revision) } ?? .null, .text(cause.actor), .text(cause.request),
        cause.subject.map { .text($0.groupResource.group) } ?? .null,
        cause.subject.map { .text($0.groupResource.resource) } ?? .null,
        cause.subject.map { .text($0.namespace) } ?? .null, cause.subject.map { .text($0.name) } ?? .null,
        cause.subjectRevision.map { .integer($0) } ?? .null, .integer(change.time.nanoseconds),
      ])
  }

  /// Takes what is older than `revision` out of the history, and what no longer matters then out of the file.
  private func trim(to revision: Int64) throws(JournalError) {
    guard revision >= horizon + Self.trimStep else { return }
    let window: [Statement.Parameter] = [.integer(horizon), .integer(revision)]
    try removeFollowed.run(window)
    try removeDeletions.run(window)
    try putHorizon.run([.integer(revision)])
    horizon = revision
  }
}
