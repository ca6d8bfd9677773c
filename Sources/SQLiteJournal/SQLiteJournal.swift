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
  static let version: Int64 = 2
  /// How many writes the file keeps, so that watches resume and the past can be read after a restart.
  private let historyLimit: Int64

  private let path: String
  let database: Database
  private let putObject: Statement
  private let removeObject: Statement
  private let putChange: Statement
  private let trimChanges: Statement
  private let putState: Statement
  private let putTime: Statement
  private let putKeptObject: Statement
  private let putKept: Statement
  private var isSynced = true
  /// The writes up to this revision may be in the file no more, or never were; those after it are.
  private var horizon: Int64 = 0

  /// - Parameter history: how many of the last writes the file keeps.
  package init(path: String, history: Int = Feed.Limits().changes) throws(JournalError) {
    self.path = path
    historyLimit = Int64(history)
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
    // What an object was before, where that was written long ago: of use as the state that a kept write changed.
    putState = try database.prepare(
      """
      INSERT OR IGNORE INTO changes (revision, kind, api_group, resource, namespace, name, json, actor, request, time) \
      VALUES (?,'updated',?,?,?,?,?,'','',0)
      """)
    // A write stays as long as a later one that is kept changed what it made: that is the state before.
    trimChanges = try database.prepare(
      """
      DELETE FROM changes WHERE revision <= ?1 \
      AND revision NOT IN (SELECT previous FROM changes WHERE revision > ?1 AND previous IS NOT NULL)
      """)
    putTime = try database.prepare("UPDATE cluster SET revision=?, time=?")
    putKeptObject = try database.prepare(
      """
      INSERT OR IGNORE INTO kept_objects (revision, api_group, resource, namespace, name, json) VALUES (?,?,?,?,?,?)
      """)
    putKept = try database.prepare("INSERT OR IGNORE INTO kept (moment, revision) VALUES (?,?)")
    try database.prepare("SELECT revision FROM cluster").run { row in horizon = row.integer(0) }
  }

  private static func prepare(_ database: Database, path: String) throws(JournalError) {
    var found: Int64 = 0
    try database.prepare("PRAGMA user_version").run { row in found = row.integer(0) }
    guard found <= version else {
      throw JournalError(
        "the journal \(path) is of version \(found), this podium reads up to \(version): use a newer podium, "
          + "or another data directory")
    }
    if found < 1 { try database.execute(firstLayout) }
    if found < 2 { try database.execute(secondLayout) }
  }

  private static let firstLayout = """
    BEGIN;
    CREATE TABLE cluster (revision INTEGER NOT NULL, time INTEGER NOT NULL);
    INSERT INTO cluster VALUES (0, 0);
    CREATE TABLE objects (api_group TEXT, resource TEXT, namespace TEXT, name TEXT, revision INTEGER NOT NULL,
      json BLOB NOT NULL, PRIMARY KEY (api_group, resource, namespace, name)) WITHOUT ROWID;
    CREATE TABLE changes (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL, api_group TEXT NOT NULL,
      resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL, previous INTEGER,
      actor TEXT NOT NULL, request TEXT NOT NULL, subject_group TEXT, subject_resource TEXT, subject_namespace TEXT,
      subject_name TEXT, subject_revision INTEGER, time INTEGER NOT NULL);
    PRAGMA user_version=1;
    COMMIT;
    """

  /// The moments that are kept for themselves, and the object states in them, each once.
  private static let secondLayout = """
    BEGIN;
    CREATE TABLE moments (revision INTEGER PRIMARY KEY, time INTEGER NOT NULL);
    CREATE TABLE kept (moment INTEGER, revision INTEGER, PRIMARY KEY (moment, revision)) WITHOUT ROWID;
    CREATE TABLE kept_objects (revision INTEGER PRIMARY KEY, api_group TEXT NOT NULL, resource TEXT NOT NULL,
      namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL);
    PRAGMA user_version=2;
    COMMIT;
    """

  package func begin(with contents: JournalContents) throws(JournalError) {
    try atomically { () throws(JournalError) in
      horizon = contents.snapshot.revision
      for object in contents.snapshot.objects { try put(object) }
      for change in contents.history.suffix(Int(historyLimit)) { try note(change) }
      for moment in contents.kept { try write(moment) }
      try putTime.run([.integer(contents.snapshot.revision), .integer(contents.time?.nanoseconds ?? 0)])
    }
  }

  package func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {
    guard let last = changes.last else { return }
    if durably != isSynced {
      try database.execute("PRAGMA synchronous=\(durably ? "FULL" : "NORMAL")")
      isSynced = durably
    }
    try atomically { () throws(JournalError) in
      for change in changes { try write(change) }
      try putTime.run([.integer(last.revision), .integer(time.nanoseconds)])
      // Trimmed in steps, because each is a search.
      if last.revision / 256 != (last.revision - Int64(changes.count)) / 256 {
        horizon = max(horizon, last.revision - historyLimit)
        try trimChanges.run([.integer(last.revision - historyLimit)])
      }
    }
  }

  // MARK: Kept moments

  package func keep(_ moment: Moment) throws(JournalError) {
    try atomically { () throws(JournalError) in try write(moment) }
  }

  private func write(_ moment: Moment) throws(JournalError) {
    try database.prepare("INSERT OR REPLACE INTO moments VALUES (?,?)")
      .run([.integer(moment.revision), .integer(moment.time.nanoseconds)])
    for object in moment.snapshot.objects {
      try putKeptObject.run([.integer(object.revision)] + Self.address(object.key) + [.bytes(object.json)])
      try putKept.run([.integer(moment.revision), .integer(object.revision)])
    }
  }

  package func letGo(_ revision: Int64) throws(JournalError) {
    try atomically { () throws(JournalError) in
      try database.prepare("DELETE FROM moments WHERE revision=?").run([.integer(revision)])
      try database.prepare("DELETE FROM kept WHERE moment=?").run([.integer(revision)])
      try database.execute("DELETE FROM kept_objects WHERE revision NOT IN (SELECT revision FROM kept)")
    }
  }

  private func atomically(_ body: () throws(JournalError) -> Void) throws(JournalError) {
    try database.execute("BEGIN IMMEDIATE")
    do {
      try body()
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
    if let previous = change.previous, previous.revision <= horizon {
      try putState.run([.integer(previous.revision)] + Self.address(previous.key) + [.bytes(previous.json)])
    }
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
