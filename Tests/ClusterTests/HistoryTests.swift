import API
import ClusterTesting
import Kinds
import Loop
import Store
import Testing
import Tree

@testable import Cluster

@Suite("A cluster's history") struct HistoryTests {
  private let lab: Lab

  init() throws {
    lab = try Lab(seed: 7, nodes: 1)
    lab.advance(bySeconds: 20)
  }

  private func items(_ query: String, as user: String = "admin") throws -> [Value] {
    try #require(try answer(query, as: user)["items"]?.array)
  }

  private func answer(_ query: String, as user: String = "admin") throws(Status) -> Value {
    let parameters = query.split(separator: "&").map { pair -> (name: String, value: String) in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
    let caller = user == "admin" ? Caller.admin : Caller(name: user, groups: ["system:authenticated"])
    return try HistoryQuery(parameters).answer(from: lab.api, to: caller)
  }

  @Test("tells each write with its time, its cause and what was before")
  func items() throws {
    lab.kubectl("create configmap a --from-literal=x=1")
    lab.kubectl("label configmap a y=2")
    lab.kubectl("delete configmap a")
    let items = try items("resources=configmaps&name=a&objects=true")
    #expect(items.map { $0["type"] } == ["ADDED", "MODIFIED", "DELETED"])
    #expect(items.map { $0["actor"] } == ["admin", "admin", "admin"])
    #expect(items[0]["request"] == "create configmaps default")
    #expect(items[0]["time"] == "2026-01-01T00:00:20.000000Z")
    #expect(items[0]["previous"] == nil)
    #expect(items[1]["previous"] == items[0]["revision"])
    #expect(items[1]["object", "metadata", "labels", "y"] == "2")
    #expect(items[0]["kind"] == "ConfigMap")
  }

  @Test("goes on page by page, from the first or from the last")
  func pages() throws {
    let start = lab.cluster.store.revision
    for number in 1...5 { lab.kubectl("create configmap c\(number)") }
    let first = try answer("resources=configmaps&limit=2&after=\(start)")
    #expect(first["items"]?.array?.map { $0["name"] } == ["c1", "c2"])
    #expect(first["more"] == true)
    let next = first["items"]?.array?.last?["revision"]?.integer ?? 0
    #expect(try items("resources=configmaps&limit=2&after=\(next)").map { $0["name"] } == ["c3", "c4"])
    let last = try answer("resources=configmaps&limit=2&last=true")
    #expect(last["items"]?.array?.map { $0["name"] } == ["c4", "c5"])
    let before = last["items"]?.array?.first?["revision"]?.integer ?? 0
    #expect(try items("resources=configmaps&limit=2&last=true&before=\(before)").map { $0["name"] } == ["c2", "c3"])
    #expect(try answer("resources=configmaps&limit=5&after=\(start)")["more"] == false)
  }

  @Test("shows a caller what he may list, and no more")
  func rights() throws {
    lab.kubectl("create configmap theirs -n kube-system")
    lab.kubectl("create configmap ours")
    let names = try items("resources=configmaps", as: "learner").map { $0["name"] }
    #expect(names.contains("ours"))
    #expect(!names.contains("theirs"))
    #expect(try items("resources=secrets", as: "nobody").isEmpty)
  }

  @Test("leaves out heartbeats, if only steps are wanted")
  func steps() throws {
    lab.advance(bySeconds: 60)
    #expect(try items("").contains { $0["resource"] == "leases" })
    #expect(try !items("steps=true").contains { $0["resource"] == "leases" || $0["resource"] == "events" })
  }

  @Test(
    "refuses what it does not know", arguments: ["limit=0", "limit=5001", "after=x", "colour=red", "resources=trees"])
  func refusals(query: String) throws {
    #expect {
      _ = try answer(query)
    } throws: {
      ($0 as? Status)?.code == 400
    }
  }
}
