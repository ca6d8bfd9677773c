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
