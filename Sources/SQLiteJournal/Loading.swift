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
      time: revision == 0 ? nil : Time(nanoseconds: time))
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
