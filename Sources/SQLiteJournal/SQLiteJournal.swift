package import Loop
package import Store
import Tree

/// The durable journal: one SQLite file in WAL mode, which holds the objects and the last writes.
///
/// A commit is one transaction. A durable one has been synced to the disk when it returns (`synchronous=FULL`, SQLite
/// documentation, "PRAGMA synchronous"); another survives the end of the process, and a power cut from the next
/// durable commit on.
package final class SQLiteJournal: Journal {
  /// The layout of the file. A file of a later one is refused, of an earlier one brought up to date.
  static let version: Int64 = 1
  /// How many writes the file keeps, so that watches resume and the past can be read after a restart.
  package static let historyLimit: Int64 = 10_000

  private let path: String
  let database: Database
  private let putObject: Statement
  private let removeObject: Statement
  private let putChange: Statement
  private let trimChanges: Statement
  private let putTime: Statement
  private var isSynced = true

  package init(path: String) throws(JournalError) {
    self.path = path
    database = try Database(path: path)
    try database.execute("PRAGMA journal_mode=WAL")
    try database.execute("PRAGMA synchronous=FULL")
    try Self.prepare(database, path: path)
    putObject = try database.prepare(
      "INSERT OR REPLACE INTO objects (api_group, resource, namespace, name, revision, json) VALUES (?,?,?,?,?,?)")
    removeObject = try database.prepare(
      "DELETE FROM objects WHERE api_group=? AND resource=? AND namespace=? AND name=?")
    putChange = try database.prepare(
      """
      INSERT INTO changes (revision, kind, api_group, resource, namespace, name, json, previous, actor, request, \
      subject_group, subject_resource, subject_namespace, subject_name, subject_revision, time) \
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      """)
    trimChanges = try database.prepare("DELETE FROM changes WHERE revision <= ?")
    putTime = try database.prepare("UPDATE cluster SET revision=?, time=?")
  }

  private static func prepare(_ database: Database, path: String) throws(JournalError) {
    var found: Int64 = 0
    try database.prepare("PRAGMA user_version").run { row in found = row.integer(0) }
    guard found <= version else {
      throw JournalError(
        "the journal \(path) is of version \(found), this podium reads up to \(version): use a newer podium, "
          + "or another data directory")
    }
    guard found < version else { return }
    try database.execute(
      """
      BEGIN;
      CREATE TABLE cluster (revision INTEGER NOT NULL, time INTEGER NOT NULL);
      INSERT INTO cluster VALUES (0, 0);
      CREATE TABLE objects (api_group TEXT, resource TEXT, namespace TEXT, name TEXT, revision INTEGER NOT NULL,
        json BLOB NOT NULL, PRIMARY KEY (api_group, resource, namespace, name)) WITHOUT ROWID;
      CREATE TABLE changes (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL, api_group TEXT NOT NULL,
        resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL, previous INTEGER,
        actor TEXT NOT NULL, request TEXT NOT NULL, subject_group TEXT, subject_resource TEXT, subject_namespace TEXT,
        subject_name TEXT, subject_revision INTEGER, time INTEGER NOT NULL);
      PRAGMA user_version=\(version);
      COMMIT;
      """)
  }

  package func begin(with contents: JournalContents) throws(JournalError) {
    try database.execute("BEGIN IMMEDIATE")
    do {
      for groupResource in contents.snapshot.collections {
        for object in contents.snapshot.list(groupResource) { try put(object) }
      }
      for change in contents.history.suffix(Int(Self.historyLimit)) { try note(change) }
      try putTime.run([.integer(contents.snapshot.revision), .integer(contents.time?.nanoseconds ?? 0)])
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  package func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {
    guard let last = changes.last else { return }
    if durably != isSynced {
      try database.execute("PRAGMA synchronous=\(durably ? "FULL" : "NORMAL")")
      isSynced = durably
    }
    try database.execute("BEGIN IMMEDIATE")
    do {
      for change in changes { try write(change) }
      try putTime.run([.integer(last.revision), .integer(time.nanoseconds)])
      // Trimmed in steps, because each is a search.
      if last.revision / 256 != (last.revision - Int64(changes.count)) / 256 {
        try trimChanges.run([.integer(last.revision - Self.historyLimit)])
      }
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  private func write(_ change: Change) throws(JournalError) {
    if change.kind == .deleted { try removeObject.run(Self.address(change.key)) } else { try put(change.object) }
    try note(change)
  }

  private func put(_ object: StoredObject) throws(JournalError) {
    try putObject.run(Self.address(object.key) + [.integer(object.revision), .bytes(object.json)])
  }

  private func note(_ change: Change) throws(JournalError) {
    let cause = change.cause
    let subject = cause.subject.map(Self.address) ?? [.null, .null, .null, .null]
    try putChange.run(
      [.integer(change.revision), .text(change.kind.rawValue)] + Self.address(change.key) + [
        .bytes(change.object.json), change.previous.map { .integer($0.revision) } ?? .null, .text(cause.actor),
        .text(cause.request),
      ] + subject + [cause.subjectRevision.map { .integer($0) } ?? .null, .integer(change.time.nanoseconds)])
  }

  private static func address(_ key: ObjectKey) -> [Statement.Parameter] {
    [
      .text(key.groupResource.group), .text(key.groupResource.resource), .text(key.namespace), .text(key.name),
    ]
  }
}
