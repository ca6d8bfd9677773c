import Glibc
import Loop
import Store
import Testing
import Tree

@testable import SQLiteJournal

@Suite("The journal on SQLite") struct SQLiteJournalTests {
  private let folder = Folder()
  private let loop = Loop(now: Time(seconds: 1_000), seed: 1)
  private let key = ObjectKey(GroupResource(group: "apps", resource: "deployments"), namespace: "default", name: "web")

  private func journal() throws(JournalError) -> SQLiteJournal { try SQLiteJournal(path: folder.path + "/j.sqlite") }

  @Test("begins empty")
  func empty() throws {
    let contents = try journal().load()
    #expect(contents.snapshot.revision == 0)
    #expect(contents.time == nil)
  }

  @Test("gives back objects, the last writes with their causes, and the time")
  func roundTrip() throws {
    let store = Store(loop: loop)
    let created = store.insert(
      ["metadata": ["name": "web"], "spec": ["replicas": 1]], at: key, cause: Cause(actor: "admin", request: "create"))
    store.replace(
      ["metadata": ["name": "web"], "spec": ["replicas": 2]], at: key,
      cause: Cause(actor: "c", request: "scale", subject: created))
    let other = ObjectKey(GroupResource(resource: "nodes"), name: "n")
    store.insert(["metadata": ["name": "n"]], at: other, cause: Cause(actor: "k"))
    store.remove(other, cause: Cause(actor: "k"))
    do {
      let journal = try journal()
      try journal.commit(store.takeUncommitted(), at: loop.now, durably: true)
    }
    let contents = try journal().load()
    #expect(contents.snapshot.revision == 4)
    #expect(contents.time == Time(seconds: 1_000))
    #expect(contents.snapshot[key]?.value["spec", "replicas"]?.integer == 2)
    #expect(contents.snapshot[other] == nil)
    #expect(contents.history.map(\.revision) == [1, 2, 3, 4])
    #expect(contents.history[1].previous?.revision == 1)
    #expect(contents.history[1].cause == Cause(actor: "c", request: "scale", subject: created))
    #expect(contents.history[3].kind == .deleted)
    #expect(contents.snapshot[key]?.json == store[key]?.json)
  }

  @Test("copies of one preset share what they have in common, and differ where they differ")
  func sharing() throws {
    let store = Store(loop: loop)
    let other = ObjectKey(GroupResource(resource: "nodes"), name: "n")
    store.insert(["metadata": ["name": "web"]], at: key, cause: Cause(actor: "a"))
    store.insert(["metadata": ["name": "n"]], at: other, cause: Cause(actor: "a"))
    _ = store.takeUncommitted()
    let preset = JournalContents(snapshot: store.snapshot, history: [], time: loop.now)
    let journals = SQLiteJournalFolder(path: folder.path)
    store.replace(["metadata": ["name": "n"], "x": 1], at: other, cause: Cause(actor: "b"))
    let changes = store.takeUncommitted()
    for name in ["one", "two"] {
      let journal = try journals.open(name)
      try journal.begin(with: preset)
      if name == "two" { try journal.commit(changes, at: loop.now, durably: true) }
    }
    let loaded = try ["one", "two"].map { name throws(JournalError) in try journals.open(name).load() }
    #expect(loaded[0].snapshot[key] != nil)
    #expect(loaded[0].snapshot[key] === loaded[1].snapshot[key])
    #expect(loaded[0].snapshot[other]?.value["x"] == nil)
    #expect(loaded[1].snapshot[other]?.value["x"] == 1)
    #expect(loaded[1].history.last?.previous?.value["metadata", "name"] == "n")
    #expect(loaded[1].history.last?.previous === loaded[0].snapshot[other])
  }

  @Test("starts its history where every previous state is known")
  func horizon() throws {
    let store = Store(loop: loop)
    store.insert(["metadata": ["name": "web"]], at: key, cause: Cause(actor: "a"))
    store.replace(["metadata": ["name": "web"], "x": 1], at: key, cause: Cause(actor: "a"))
    store.replace(["metadata": ["name": "web"], "x": 2], at: key, cause: Cause(actor: "a"))
    let journal = try journal()
    try journal.commit(store.takeUncommitted(), at: loop.now, durably: false)
    try journal.database.execute("DELETE FROM changes WHERE revision = 1")
    #expect(try journal.load().history.map(\.revision) == [3])
  }

  @Test("keeps an object's only state, and forgets states that are no longer in the history")
  func trimming() throws {
    let store = Store(loop: loop)
    let quiet = ObjectKey(GroupResource(resource: "nodes"), name: "quiet")
    let gone = ObjectKey(GroupResource(resource: "nodes"), name: "gone")
    store.insert(["metadata": ["name": "quiet"]], at: quiet, cause: Cause(actor: "a"))
    store.insert(["metadata": ["name": "gone"]], at: gone, cause: Cause(actor: "a"))
    store.remove(gone, cause: Cause(actor: "a"))
    store.insert(["metadata": ["name": "web"]], at: key, cause: Cause(actor: "a"))
    let count = Int64(Feed.Limits().changes) + 1_000
    for index in 0..<count {
      store.replace(["metadata": ["name": "web"], "x": .integer(index)], at: key, cause: Cause(actor: "a"))
    }
    let journal = try journal()
    try journal.commit(store.takeUncommitted(), at: loop.now, durably: false)
    let contents = try journal.load()
    #expect(contents.snapshot[quiet]?.revision == 1)
    #expect(contents.snapshot[gone] == nil)
    #expect(contents.snapshot[key]?.value["x"]?.integer == count - 1)
    #expect(contents.history.count == Feed.Limits().changes)
    #expect(contents.history.first?.previous?.value["x"] != nil)
    var rows: Int64 = 0
    try journal.database.prepare("SELECT COUNT(*) FROM changes").run { row in rows = row.integer(0) }
    // The history, the state before its first write, and the quiet object.
    #expect(rows == Int64(Feed.Limits().changes) + 2)
  }

  @Test("begins with what another cluster held, its history too")
  func beginning() throws {
    let store = Store(loop: loop)
    let other = ObjectKey(GroupResource(resource: "nodes"), name: "n")
    store.insert(["metadata": ["name": "n"]], at: other, cause: Cause(actor: "a"))
    let first = store.insert(["metadata": ["name": "web"]], at: key, cause: Cause(actor: "a"))
    _ = store.takeUncommitted()
    store.replace(["metadata": ["name": "web"], "x": 1], at: key, cause: Cause(actor: "b"))
    let history = store.takeUncommitted()
    do {
      let contents = JournalContents(snapshot: store.snapshot, history: history, time: loop.now)
      try journal().begin(with: contents)
    }
    let contents = try journal().load()
    #expect(contents.snapshot.revision == 3)
    #expect(contents.snapshot[other]?.revision == 1)
    #expect(contents.snapshot[key]?.value["x"] == 1)
    #expect(contents.history.map(\.revision) == [3])
    #expect(contents.history.first?.previous?.json == first.json)
  }

  @Test("keeps how far revisions and time have come where nothing else was written")
  func position() throws {
    let store = Store(loop: loop)
    store.insert(["metadata": ["name": "web"]], at: key, cause: Cause(actor: "a"))
    let journal = try journal()
    try journal.commit(store.takeUncommitted(), at: loop.now, durably: true)
    try journal.note(revision: 9, at: Time(seconds: 2_000))
    let contents = try journal.load()
    #expect(contents.snapshot.revision == 9)
    #expect(contents.time == Time(seconds: 2_000))
    #expect(contents.snapshot[key]?.revision == 1)
  }

  @Test("brings a file of the first layout up to date")
  func firstLayout() throws {
    let path = folder.path + "/j.sqlite"
    let database = try Database(path: path)
    try database.execute(
      """
      CREATE TABLE cluster (revision INTEGER NOT NULL, time INTEGER NOT NULL);
      INSERT INTO cluster VALUES (3, 5000);
      CREATE TABLE objects (api_group TEXT, resource TEXT, namespace TEXT, name TEXT, revision INTEGER NOT NULL,
        json BLOB NOT NULL, PRIMARY KEY (api_group, resource, namespace, name)) WITHOUT ROWID;
      CREATE TABLE changes (revision INTEGER PRIMARY KEY, kind TEXT NOT NULL, api_group TEXT NOT NULL,
        resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, json BLOB NOT NULL, previous INTEGER,
        actor TEXT NOT NULL, request TEXT NOT NULL, subject_group TEXT, subject_resource TEXT, subject_namespace TEXT,
        subject_name TEXT, subject_revision INTEGER, time INTEGER NOT NULL);
      INSERT INTO objects VALUES ('', 'nodes', '', 'n', 1, CAST('{"metadata":{"name":"n"}}' AS BLOB));
      INSERT INTO objects VALUES ('', 'nodes', '', 'm', 3, CAST('{"metadata":{"name":"m"},"x":2}' AS BLOB));
      INSERT INTO changes VALUES (2, 'created', '', 'nodes', '', 'm', CAST('{"metadata":{"name":"m"}}' AS BLOB), NULL,
        'a', '', NULL, NULL, NULL, NULL, NULL, 7);
      INSERT INTO changes VALUES (3, 'updated', '', 'nodes', '', 'm', CAST('{"metadata":{"name":"m"},"x":2}' AS BLOB), 2,
        'a', '', NULL, NULL, NULL, NULL, NULL, 8);
      PRAGMA user_version=1;
      """)
    let contents = try SQLiteJournal(path: path).load()
    #expect(contents.snapshot.revision == 3)
    #expect(contents.snapshot.list(GroupResource(resource: "nodes")).map(\.revision) == [3, 1])
    #expect(contents.history.map(\.revision) == [2, 3])
    #expect(contents.history.last?.previous?.revision == 2)
  }

  @Test("refuses a file of a later version, and says what to do")
  func laterVersion() throws {
    try journal().database.execute("PRAGMA user_version=99")
    #expect {
      _ = try journal()
    } throws: {
      "\($0)".contains("is of version 99") && "\($0)".contains("use a newer podium")
    }
  }

  @Test("says which file cannot be opened")
  func unreadable() {
    #expect {
      _ = try SQLiteJournal(path: folder.path + "/missing/j.sqlite")
    } throws: {
      "\($0)".contains("missing/j.sqlite")
    }
  }
}

/// A folder that is gone when the test is.
private final class Folder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/journal.XXXXXX".utf8CString)
    path =
      mkdtemp(&template) == nil
      ? "." : String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in ["j.sqlite", "j.sqlite-wal", "j.sqlite-shm"] { unlink(path + "/" + name) }
    rmdir(path)
  }
}
