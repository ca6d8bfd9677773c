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
    var rows = Rows(horizon: horizon, shared: shared.known)
    try database.prepare("SELECT \(Self.columns) FROM changes ORDER BY revision").run { row in rows.take(row) }
    let objects = try rows.present()
    shared.remember(rows.shareable)
    return JournalContents(
      objects: objects, revision: revision, history: rows.history,
      time: revision == 0 ? nil : Time(nanoseconds: time), kept: try loadKept(rows.known))
  }

  /// The moments that are kept; object states that are known are shared.
  private func loadKept(_ known: [Int64: StoredObject]) throws(JournalError) -> [Moment] {
    var known = known
    let columns = "api_group, resource, namespace, name, json, revision"
    try database.prepare("SELECT \(columns) FROM kept_objects").run { row throws(JournalError) in
      let revision = row.integer(5)
      if known[revision] == nil { known[revision] = Rows.object(row, revision: revision) }
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

  private static let columns = """
    api_group, resource, namespace, name, json, revision, kind, previous, actor, request, subject_group, \
    subject_resource, subject_namespace, subject_name, subject_revision, time
    """
}

/// What the rows of the table `changes` come to, in their order. States of the past are not read before somebody asks for
/// them: there are many, and a cluster that wakes is waited for.
private struct Rows {
  let horizon: Int64
  /// States that other journals hold, too.
  let shared: [Int64: [StoredObject]]
  /// The objects as they are after the last row.
  private var objects: [ObjectKey: StoredObject] = [:]
  /// States that other journals may hold, too: those from before the history.
  private(set) var shareable: [StoredObject] = []
  /// The writes after the horizon whose previous states are known: from the first on that refers to a write no longer
  /// there, it starts anew after that one.
  private(set) var history: [Change] = []
  private(set) var known: [Int64: StoredObject] = [:]

  init(horizon: Int64, shared: [Int64: [StoredObject]]) {
    self.horizon = horizon
    self.shared = shared
  }

  /// The objects as they are after the last row, each read.
  mutating func present() throws(JournalError) -> [StoredObject] {
    var present: [StoredObject] = []
    present.reserveCapacity(objects.count)
    for object in objects.values.sorted(by: { $0.revision < $1.revision }) {
      guard object.revision <= horizon else {
        present.append(try Self.read(object))
        continue
      }
      if shared[object.revision]?.contains(where: { $0 === object }) == true {
        present.append(object)
      } else {
        let state = try Self.read(object)
        present.append(state)
        shareable.append(state)
      }
    }
    return present
  }

  private static func read(_ object: StoredObject) throws(JournalError) -> StoredObject {
    do throws(SyntaxError) {
      let json = object.json
      return StoredObject(parsed: try JSON.parse(json), json: json, at: object.key, revision: object.revision)
    } catch {
      throw JournalError("the journal holds a damaged object, \(object.key) at revision \(object.revision): \(error)")
    }
  }

  mutating func take(_ row: borrowing Row) {
    let revision = row.integer(5)
    if revision <= horizon, let state = shared[revision]?.first(where: { row.holds($0.json, in: 4) }) {
      objects[state.key] = state
      known[revision] = state
      return
    }
    let object = Self.object(row, revision: revision)
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

  /// The object in the row's first columns, not read yet.
  static func object(_ row: borrowing Row, revision: Int64) -> StoredObject {
    StoredObject(unread: row.bytes(4), at: key(row, from: 0), revision: revision)
  }

  private static func key(_ row: borrowing Row, from column: Int32) -> ObjectKey {
    ObjectKey(
      GroupResource(group: row.text(column), resource: row.text(column + 1)), namespace: row.text(column + 2),
      name: row.text(column + 3))
  }
}
