import API
import Cluster
import ClusterTesting
import Kinds
import SQLiteJournal
import Store
import Testing
import Tree

@testable import Hosting

@Suite("Forks of clusters") struct ForkTests {
  private let folder = TemporaryFolder()

  private func host() -> ClusterHost {
    let blueprint = ClusterBlueprint(
      options: ClusterOptions(identity: .paper), seed: 7, tokens: TokenTable([:]), version: "test")
    return ClusterHost(blueprint, journals: SQLiteJournalFolder(path: folder.path), lanes: 2)
  }

  private func send(_ method: String, _ path: String, _ body: Value? = nil, to cluster: HostedCluster) -> Value {
    let answer = Mailbox<Value>()
    var request = APIRequest(method: method, path: path.split(separator: "/").map(String.init), caller: .admin)
    request.body = body?.json ?? []
    cluster.write(request) { response in
      answer.put((try? JSON.parse(response.pieces.flatMap { $0 })) ?? .null)
    }
    return answer.takeAll(until: nil)?.first ?? .null
  }

  private func fork(_ name: String, _ spec: Value = [:], of cluster: HostedCluster) -> Value {
    send("POST", "apis/podium.dev/v1/forks", ["metadata": ["name": .string(name)], "spec": spec], to: cluster)
  }

  private func object(_ kind: Kind, _ name: String, in cluster: HostedCluster) -> Value? {
    let namespace = kind.isNamespaced ? "default" : ""
    return cluster.feed.snapshot[kind.key(namespace: namespace, name: name)]?.value
  }

  /// Waits, at most ten seconds, until the condition holds.
  private func wait(in cluster: HostedCluster, until isTrue: () -> Bool) -> Bool {
    let news = Mailbox<Void>()
    let start = cluster.feed.watch(after: nil) { _ in news.put(()) }
    defer { cluster.feed.unwatch(start.id) }
    let end = MonotonicClock.now + 10_000_000_000
    while !isTrue(), MonotonicClock.now < end { _ = news.takeAll(until: end) }
    return isTrue()
  }

  private func phase(_ name: String, in cluster: HostedCluster) -> String? {
    object(.fork, name, in: cluster).flatMap { Fork($0).status.phase }
  }

  private func configMap(_ name: String, in cluster: HostedCluster) -> Int64 {
    let made = send(
      "POST", "api/v1/namespaces/default/configmaps", ["metadata": ["name": .string(name)]], to: cluster)
    return made["metadata", "resourceVersion"]?.string.flatMap { Int64($0) } ?? 0
  }

  @Test("go on from a moment of their own, with the history that led there, and leave the first as it is")
  func fork() throws {
    let host = host()
    let origin = try host.create("a", from: .preset(nodes: 1))
    _ = configMap("earlier", in: origin)
    let revision = configMap("before", in: origin)
    _ = configMap("after", in: origin)
    #expect(fork("what-if", ["revision": .integer(revision)], of: origin)["kind"] == "Fork")
    #expect(wait(in: origin) { phase("what-if", in: origin) == "Ready" })
    let status = Fork(try #require(object(.fork, "what-if", in: origin))).status
    #expect(status.cluster == "a--what-if")
    #expect(status.address == "/clusters/a--what-if")
    #expect(status.revision == revision)
    let other = try #require(try host.cluster("a--what-if"))
    #expect(object(.configMap, "before", in: other) != nil)
    #expect(object(.configMap, "after", in: other) == nil)
    #expect(other.feed.changes(after: revision - 2)?.first { $0.key.name == "before" }?.cause.actor == "admin")
    _ = configMap("own", in: other)
    #expect(object(.configMap, "own", in: origin) == nil)
    #expect(other.feed.snapshot.list(Kind.fork.groupResource).isEmpty)
    host.stop()
  }

  @Test("come back with their history after a restart")
  func restart() throws {
    var host = host()
    let origin = try host.create("a", from: .preset(nodes: 1))
    let bookmark = send("POST", "apis/podium.dev/v1/bookmarks", ["metadata": ["name": "b"]], to: origin)
    _ = send(
      "PUT", "api/v1/namespaces/default/configmaps/kube-root-ca.crt",
      ["metadata": ["name": "kube-root-ca.crt"], "data": ["ca.crt": "x"]], to: origin)
    #expect(fork("f", of: origin)["kind"] == "Fork")
    #expect(wait(in: origin) { phase("f", in: origin) == "Ready" })
    let oldest = try #require(try host.cluster("a--f")).feed.oldestRevision
    host.stop()
    host = self.host()
    let again = try #require(try host.cluster("a--f"))
    #expect(again.feed.oldestRevision == oldest)
    #expect(again.feed.keptRevisions == [bookmark["spec", "revision"]?.integer])
    host.stop()
  }

  @Test("go with their object, unless it says that they are to be kept")
  func deletion() throws {
    let host = host()
    let origin = try host.create("a", from: .preset(nodes: 1))
    _ = fork("goes", of: origin)
    _ = fork("stays", ["keep": true, "name": "mine"], of: origin)
    #expect(wait(in: origin) { ["goes", "stays"].allSatisfy { phase($0, in: origin) == "Ready" } })
    #expect(host.names == ["a", "a--goes", "a--mine"])
    for name in ["goes", "stays"] { _ = send("DELETE", "apis/podium.dev/v1/forks/\(name)", to: origin) }
    #expect(wait(in: origin) { origin.feed.snapshot.list(Kind.fork.groupResource).isEmpty })
    #expect(host.names == ["a", "a--mine"])
    host.stop()
  }

  @Test("are refused where the name is bad or taken, or where there are too many")
  func refusals() throws {
    let host = host()
    let origin = try host.create("a", from: .preset(nodes: 0))
    _ = try host.create("a--taken", from: .preset(nodes: 0))
    #expect(fork("Bad_Name", of: origin)["code"] == 422)
    #expect(fork("a--b", of: origin)["code"] == 422)
    #expect(fork("both", ["revision": 1, "bookmark": "b"], of: origin)["code"] == 422)
    _ = fork("taken", of: origin)
    #expect(wait(in: origin) { phase("taken", in: origin) == "Failed" })
    #expect(object(.fork, "taken", in: origin)?["status", "message"]?.string?.contains("already exists") == true)
    _ = send("DELETE", "apis/podium.dev/v1/forks/taken", to: origin)
    #expect(host.names == ["a", "a--taken"])
    for number in 0..<10 { #expect(fork("f\(number)", ["keep": true], of: origin)["kind"] == "Fork") }
    #expect(fork("more", of: origin)["message"]?.string?.contains("at most 10 forks") == true)
    host.stop()
  }
}
