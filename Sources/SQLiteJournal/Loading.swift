import Loop
package import Store
import Tree

extension SQLiteJournal {
  package func load() throws(JournalError) -> JournalContents {
    var (revision, time, horizon) = (Int64(0), Int64(0), Int64(0))
    try database.prepare("SELECT revision, time, horizon FROM cluster").run { row in
      revision = row.integer(0)
      time = row.integer(1)
      horizon = row.integer(2)
    }
    var rows = Rows(horizon: horizon)
    try database.prepare("SELECT \(Self.columns) FROM changes ORDER BY revision").run { row throws(JournalError) in
      try rows.take(row)
    }
    return JournalContents(
      objects: rows.objects.values, revision: revision, history: rows.history,
      time: revision == 0 ? nil : Time(nanoseconds: time), kept: try rows.kept(in: database))
  }

  private static let columns = """
    api_group, resource, namespace, name, json, revision, kind, previous, actor, request, subject_group, \
    subject_resource, subject_namespace, subject_name, subject_revision, time
    """
}

/// What the rows of the table `changes` come to, in their order.
private struct Rows {
  let horizon: Int64
  /// The objects as they are after the last row.
  private(set) var objects: [ObjectKey: StoredObject] = [:]
  /// The writes after the horizon whose previous states are known: from the first on that refers to a write no longer
  /// there, it starts anew after that one.
  private(set) var history: [Change] = []
  private var known: [Int64: StoredObject] = [:]

  init(horizon: Int64) { self.horizon = horizon }

  mutating func take(_ row: borrowing Row) throws(JournalError) {
    let revision = row.integer(5)
    let object = try Self.object(row.bytes(4), at: Self.key(row, from: 0), revision: revision)
    let kind = Change.Kind(rawValue: row.text(6)) ?? .updated
    objects[object.key] = kind == .deleted ? nil : object
    known[revision] = object
    guard revision > horizon else { return }
    let previous = row.isNull(7) ? nil : known[row.integer(7)]
    if !row.isNull(7), previous == nil {
      history.removeAll()
      return
    }
    let cause = Cause(
      actor: row.text(8), request: row.text(9), subject: row.isNull(11) ? nil : Self.key(row, from: 10),
      subjectRevision: row.isNull(14) ? nil : row.integer(14))
    history.append(
      Change(kind, object: object, previous: previous, cause: cause, time: Time(nanoseconds: row.integer(15))))
  }

  /// The moments that are kept; object states that are known are shared.
  func kept(in database: Database) throws(JournalError) -> [Moment] {
    var known = known
    let columns = "revision, api_group, resource, namespace, name, json"
    try database.prepare("SELECT \(columns) FROM kept_objects").run { row throws(JournalError) in
      let revision = row.integer(0)
      if known[revision] == nil {
        known[revision] = try Self.object(row.bytes(5), at: Self.key(row, from: 1), revision: revision)
      }
    }
    var objects: [Int64: [StoredObject]] = [:]
    try database.prepare("SELECT moment, revision FROM kept").run { row in
      if let object = known[row.integer(1)] { objects[row.integer(0), default: []].append(object) }
    }
    var kept: [Moment] = []
    try database.prepare("SELECT revision, time FROM moments ORDER BY revision").run { row in
      let snapshot = Snapshot(objects[row.integer(0)] ?? [], revision: row.integer(0))
      kept.append(Moment(snapshot: snapshot, time: Time(nanoseconds: row.integer(1))))
    }
    return kept
  }

  private static func key(_ row: borrowing Row, from column: Int32) -> ObjectKey {
    ObjectKey(
      GroupResource(group: row.text(column), resource: row.text(column + 1)), namespace: row.text(column + 2),
      name: row.text(column + 3))
  }

  private static func object(_ json: [UInt8], at key: ObjectKey, revision: Int64) throws(JournalError) -> StoredObject {
    do throws(SyntaxError) {
      return StoredObject(parsed: try JSON.parse(json), json: json, at: key, revision: revision)
    } catch {
      throw JournalError("the journal holds a damaged object, \(key) at revision \(revision): \(error)")
    }
  }
}
