import Kinds
import Loop
import Store
import Tree

/// A journal's contents as a value: each object state once, by its revision, and then who refers to it.
enum ContentsRecord {
  static func record(_ contents: JournalContents) -> Value {
    var states: [Int64: StoredObject] = [:]
    for object in contents.snapshot.objects + contents.kept.flatMap(\.snapshot.objects) {
      states[object.revision] = object
    }
    for change in contents.history {
      states[change.revision] = change.object
      if let previous = change.previous { states[previous.revision] = previous }
    }
    var record: Value = [
      "states": .array(states.values.sorted { $0.revision < $1.revision }.map(state)),
      "revision": .integer(contents.snapshot.revision), "objects": revisions(contents.snapshot),
      "history": .array(contents.history.map(change)),
      "kept": .array(
        contents.kept.map { [.integer($0.revision), .integer($0.time.nanoseconds), revisions($0.snapshot)] }),
    ]
    record["time"] = contents.time.map { .integer($0.nanoseconds) }
    return record
  }

  private static func revisions(_ snapshot: Snapshot) -> Value {
    .array(snapshot.objects.map { .integer($0.revision) })
  }

  private static func state(_ object: StoredObject) -> Value {
    [.integer(object.revision), key(object.key), object.value]
  }

  private static func key(_ key: ObjectKey) -> Value {
    .array([key.groupResource.group, key.groupResource.resource, key.namespace, key.name].map(Value.string))
  }

  private static func change(_ change: Change) -> Value {
    [
      .integer(change.revision), .string(change.kind.rawValue), change.previous.map { .integer($0.revision) } ?? .null,
      .integer(change.time.nanoseconds), .string(change.cause.actor), .string(change.cause.request),
      change.cause.subject.map(key) ?? .null, change.cause.subjectRevision.map(Value.integer) ?? .null,
    ]
  }

  // MARK: Reading

  static func contents(_ record: Value) -> JournalContents? {
    var states: [Int64: StoredObject] = [:]
    for state in record["states"]?.array ?? [] {
      guard let parts = state.array, parts.count == 3, let revision = parts[0].integer, let key = key(parts[1]) else {
        return nil
      }
      states[revision] = StoredObject(parts[2], at: key, revision: revision)
    }
    func snapshot(_ revisions: Value?, at revision: Int64) -> Snapshot {
      Snapshot((revisions?.array ?? []).compactMap { $0.integer.flatMap { states[$0] } }, revision: revision)
    }
    guard let revision = record["revision"]?.integer else { return nil }
    var kept: [Moment] = []
    for moment in record["kept"]?.array ?? [] {
      guard let parts = moment.array, parts.count == 3, let revision = parts[0].integer, let time = parts[1].integer
      else { return nil }
      kept.append(Moment(snapshot: snapshot(parts[2], at: revision), time: Time(nanoseconds: time)))
    }
    let history = (record["history"]?.array ?? []).compactMap { change($0, states) }
    return JournalContents(
      snapshot: snapshot(record["objects"], at: revision), history: history,
      time: record["time"]?.integer.map { Time(nanoseconds: $0) }, kept: kept)
  }

  private static func key(_ value: Value) -> ObjectKey? {
    guard let texts = value.array?.compactMap(\.string), texts.count == 4 else { return nil }
    return ObjectKey(GroupResource(group: texts[0], resource: texts[1]), namespace: texts[2], name: texts[3])
  }

  private static func change(_ value: Value, _ states: [Int64: StoredObject]) -> Change? {
    guard let parts = value.array, parts.count == 8, let object = parts[0].integer.flatMap({ states[$0] }),
      let kind = parts[1].string.flatMap({ Change.Kind(rawValue: $0) }), let time = parts[3].integer
    else { return nil }
    let cause = Cause(
      actor: parts[4].string ?? "", request: parts[5].string ?? "", subject: key(parts[6]),
      subjectRevision: parts[7].integer)
    return Change(
      kind, object: object, previous: parts[2].integer.flatMap { states[$0] }, cause: cause,
      time: Time(nanoseconds: time))
  }
}
