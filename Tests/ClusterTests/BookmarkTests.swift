import API
import ClusterTesting
import Glibc
import Kinds
import Loop
import SQLiteJournal
import Store
import Testing
import Tree

@testable import Cluster

@Suite("Bookmarks") struct BookmarkTests {
  private func bookmark(_ lab: Lab, _ name: String, _ spec: Value = [:]) -> (status: Int, value: Value) {
    lab.request(
      "POST", "/apis/podium.dev/v1/bookmarks", body: ["metadata": ["name": .string(name)], "spec": spec])
  }

  private func status(_ lab: Lab, _ name: String) throws -> MomentStatus {
    Bookmark(try #require(lab.object(.bookmark, name))).status
  }

  @Test("name the present where they name no revision, with its time")
  func present() throws {
    let lab = try Lab()
    lab.advance(bySeconds: 30)
    let revision = lab.cluster.store.revision
    #expect(bookmark(lab, "here", ["note": "before the rollout"]).status == 201)
    let status = try status(lab, "here")
    #expect(status.revision == revision)
    #expect(status.isAvailable)
    #expect(status.time?.hasPrefix("2026-01-01T00:00:") == true)
    let table = lab.table("bookmarks")
    #expect(table.contains("NAME   REVISION"))
    #expect(table.contains("before the rollout"))
  }

  @Test("stay readable when the history has moved on, until they are deleted")
  func keep() throws {
    let lab = try Lab(
      ClusterOptions(nodes: 1, seed: 7), journal: MemoryJournal(), history: Feed.Limits(changes: 20))
    lab.kubectl("create configmap early")
    let revision = lab.cluster.store.revision
    #expect(bookmark(lab, "here").status == 201)
    lab.kubectl("delete configmap early")
    lab.advance(bySeconds: 600)
    #expect(lab.cluster.feed.oldestRevision > revision)
    let path = "/api/v1/namespaces/default/configmaps/early?resourceVersionMatch=Exact&resourceVersion="
    #expect(lab.request("GET", path + "\(revision)").value["metadata", "name"] == "early")
    #expect(lab.request("GET", path + "\(revision + 1)").status == 410)
    let list = "/api/v1/namespaces/default/configmaps?resourceVersionMatch=Exact&resourceVersion=\(revision)"
    #expect(lab.request("GET", list).value["items"]?.array?.count == 1)
    lab.kubectl(
      "create -f f",
      files: ["f": "{apiVersion: podium.dev/v1, kind: Rewind, metadata: {name: r}, spec: {bookmark: here}}"])
    #expect(lab.object(.configMap, "early") != nil)
    #expect(lab.object(.rewind, "r")?["status", "phase"] == "Complete")
    lab.kubectl("delete bookmark here")
    #expect(lab.request("GET", path + "\(revision)").status == 410)
  }

  @Test("give way to later ones when together they take too much, and say so")
  func bytes() throws {
    let lab = try Lab(
      ClusterOptions(nodes: 1, seed: 7), journal: MemoryJournal(),
      history: Feed.Limits(changes: 20, bytes: 700_000))
    #expect(bookmark(lab, "first").status == 201)
    #expect(try status(lab, "first").isAvailable)
    for number in 0..<12 {
      let text = String(repeating: "x", count: 50_000)
      lab.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c\(number)}, data: {a: \(text)}}")
    }
    lab.advance(bySeconds: 600)
    #expect(bookmark(lab, "second").status == 201)
    #expect(try status(lab, "second").isAvailable)
    #expect(try !status(lab, "first").isAvailable)
    #expect(try status(lab, "first").message?.contains("had to be let go") == true)
  }

  @Test("come back with the journal, and so do the last writes")
  func restart() throws {
    let file = TemporaryFile()
    let options = ClusterOptions(nodes: 1, seed: 7)
    let limits = Feed.Limits(changes: 300)
    var lab = try Lab(options, journal: try SQLiteJournal(path: file.path, history: 300), history: limits)
    lab.kubectl("create configmap early")
    let revision = lab.cluster.store.revision
    #expect(bookmark(lab, "here").status == 201)
    lab.kubectl("delete configmap early")
    for number in 0..<600 {
      let value: Value = ["metadata": ["name": .string("later-\(number)"), "namespace": "default"]]
      try lab.cluster.client.create(.configMap, value, cause: Cause(actor: "test"))
    }
    lab.advance(bySeconds: 1)
    let oldest = lab.cluster.feed.oldestRevision
    #expect(oldest > revision)

    lab = try Lab(options, journal: try SQLiteJournal(path: file.path, history: 300), history: limits)
    #expect(lab.cluster.feed.oldestRevision <= oldest + 300)
    #expect(lab.cluster.store.revision - lab.cluster.feed.oldestRevision >= 300)
    let path = "/api/v1/namespaces/default/configmaps/early?resourceVersionMatch=Exact&resourceVersion=\(revision)"
    #expect(lab.request("GET", path).status == 200)
    #expect(try status(lab, "here").isAvailable)
    lab.kubectl("delete bookmark here")
    lab = try Lab(options, journal: try SQLiteJournal(path: file.path, history: 300), history: limits)
    #expect(lab.request("GET", path).status == 410)
  }

  @Test("end the history otherwise: it says with which revision it begins")
  func expired() throws {
    let small = try Lab(
      ClusterOptions(nodes: 1, seed: 7), journal: MemoryJournal(), history: Feed.Limits(changes: 20))
    small.advance(bySeconds: 300)
    #expect {
      _ = try HistoryQuery([("after", "3")]).answer(from: small.api, to: .admin)
    } throws: {
      ($0 as? Status)?.code == 410
        && ($0 as? Status)?.details?.causes.first?.message == String(small.cluster.feed.oldestRevision)
    }
  }

  @Test("are so many at most")
  func limit() throws {
    let lab = try Lab(seed: 7, nodes: 0)
    for number in 0..<100 { #expect(bookmark(lab, "b\(number)").status == 201) }
    let refusal = bookmark(lab, "more")
    #expect(refusal.status == 403)
    #expect(refusal.value["message"]?.string?.contains("at most 100 bookmarks") == true)
  }
}

/// A file's place that is free, and is cleaned up.
private final class TemporaryFile: Sendable {
  let path: String

  init() { path = "/tmp/bookmarks.\(getpid()).\(UInt64.random(in: .min ... .max)).sqlite" }

  deinit { for ending in ["", "-wal", "-shm"] { unlink(path + ending) } }
}
