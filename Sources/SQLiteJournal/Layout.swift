import Store

/// The tables of the journal's file.
enum Layout {
  /// A file of a later layout is refused, of an earlier one brought up to date.
  static let version: Int64 = 2

  static func prepare(_ database: Database, path: String) throws(JournalError) {
    var found: Int64 = 0
    try database.prepare("PRAGMA user_version").run { row in found = row.integer(0) }
    guard found <= version else {
      throw JournalError(
        "the journal \(path) is of version \(found), this podium reads up to \(version): use a newer podium, "
          + "or another data directory")
    }
    guard found < version else { return }
    try database.execute("BEGIN; \(found == 1 ? fromFirst : new) PRAGMA user_version=\(version); COMMIT;")
  }

  /// `horizon` is the revision up to which the rows of `changes` are objects' states and no longer history.
  private static let new = """
    CREATE TABLE cluster (revision INTEGER NOT NULL, time INTEGER NOT NULL, horizon INTEGER NOT NULL);
    INSERT INTO cluster VALUES (0, 0, 0);
    CREATE TABLE changes (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL, api_group TEXT NOT NULL,
      resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL, previous INTEGER,
      actor TEXT NOT NULL, request TEXT NOT NULL, subject_group TEXT, subject_resource TEXT, subject_namespace TEXT,
      subject_name TEXT, subject_revision INTEGER, time INTEGER NOT NULL);
    \(kept)
    """

  /// The moments that are kept for themselves, and the object states in them, each once.
  private static let kept = """
    CREATE TABLE moments (revision INTEGER PRIMARY KEY, time INTEGER NOT NULL);
    CREATE TABLE kept (moment INTEGER, revision INTEGER, PRIMARY KEY (moment, revision)) WITHOUT ROWID;
    CREATE TABLE kept_objects (revision INTEGER PRIMARY KEY, api_group TEXT NOT NULL, resource TEXT NOT NULL,
      namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL);
    """

  /// The first layout kept the objects in a table of their own beside the history.
  private static let fromFirst = """
    ALTER TABLE cluster ADD COLUMN horizon INTEGER NOT NULL DEFAULT 0;
    UPDATE cluster SET horizon = COALESCE((SELECT MIN(revision) - 1 FROM changes), revision);
    INSERT INTO changes (revision, kind, api_group, resource, namespace, name, json, actor, request, time)
      SELECT revision, 'created', api_group, resource, namespace, name, json, '', '', 0 FROM objects
      WHERE revision NOT IN (SELECT revision FROM changes);
    DROP TABLE objects;
    \(kept)
    """
}
