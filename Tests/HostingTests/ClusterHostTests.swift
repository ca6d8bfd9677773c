import API
import Cluster
import ClusterTesting
import Kinds
import SQLiteJournal
import Store
import Testing
import Tree

@testable import Hosting

@Suite("A host of many clusters") struct ClusterHostTests {
  private let folder = TemporaryFolder()

  private func host(_ limits: ClusterHost.Limits = ClusterHost.Limits()) -> ClusterHost {
    let blueprint = ClusterBlueprint(
      options: ClusterOptions(identity: .paper), seed: 7, tokens: TokenTable([:]), version: "test")
    return ClusterHost(blueprint, journals: SQLiteJournalFolder(path: folder.path), lanes: 2, limits: limits)
  }

  /// Creates a ConfigMap through the door, as a request does, and answers its revision once it is durable.
  private func note(_ name: String, in cluster: HostedCluster) -> Int64 {
    let answer = Mailbox<Int64>()
    _ = cluster.door.submit { world in
      let made = try? world.client.create(
        .configMap, ["metadata": ["name": .string(name), "namespace": "default"]], cause: Cause(actor: "test"))
      return { answer.put(made?.revision ?? 0) }
    }
    return answer.takeAll(until: nil)?.first ?? 0
  }

  private func hasNote(_ name: String, in cluster: HostedCluster) -> Bool {
    cluster.feed.snapshot[ObjectKey(Kind.configMap.groupResource, namespace: "default", name: name)] != nil
  }

  @Test("makes clusters that know nothing of each other")
  func isolation() throws {
    let host = host()
    let (a, b) = (try host.create("a", from: .new(nodes: 1)), try host.create("b", from: .preset(nodes: 2)))
    #expect(note("mine", in: a) > 0)
    #expect(hasNote("mine", in: a))
    #expect(!hasNote("mine", in: b))
    #expect(host.names == ["a", "b"])
    host.stop()
  }

  @Test("a cluster of a preset has machines that are ready, and goes on by itself")
  func preset() throws {
    let host = host()
    let cluster = try host.create("a", from: .preset(nodes: 3))
    let nodes = cluster.feed.snapshot.list(Kind.node.groupResource).map { Node($0.value) }
    #expect(nodes.count == 3)
    #expect(nodes.allSatisfy { $0.status.conditions.contains { $0.type == "Ready" && $0.status == "True" } })
    #expect(note("first", in: cluster) > 0)
    host.stop()
  }

  @Test("puts a cluster to sleep that nobody holds or watches, and wakes it as it was")
  func sleep() throws {
    let host = host()
    do {
      let cluster = try host.create("a", from: .preset(nodes: 1))
      #expect(note("kept", in: cluster) > 0)
      #expect(!host.sleep("a"))
    }
    let feed = try #require(try host.cluster("a")).feed
    let watch = feed.watch(after: nil) { _ in }
    #expect(!host.sleep("a"))
    feed.unwatch(watch.id)
    #expect(host.sleep("a"))
    let woken = try #require(try host.cluster("a"))
    #expect(hasNote("kept", in: woken))
    #expect(note("later", in: woken) > 0)
    host.stop()
  }

  @Test("a journal is closed when its cluster has fallen asleep, however busy others on its lane are")
  func journalIsClosed() throws {
    let host = host()
    let busy = ["b", "half"]
    for name in busy + ["a"] { try host.create(name, from: .preset(nodes: 1)) }
    let awake = try busy.compactMap { try host.cluster($0) }
    for round in 0..<60 {
      for cluster in awake { for _ in 0..<20 { _ = cluster.door.submit { _ in nil } } }
      #expect(host.sleep("a"))
      #expect(throws: Never.self, "round \(round)") { _ = try host.cluster("a") }
    }
    host.stop()
  }

  @Test("finds its clusters again after a restart, asleep, and not one that was never made whole")
  func restart() throws {
    let first = host()
    try first.create("a", from: .preset(nodes: 1))
    first.stop()
    _ = try SQLiteJournalFolder(path: folder.path).open("half")
    let second = host()
    #expect(second.names == ["a", "half"])
    #expect(second.isAsleep("a"))
    #expect(try second.cluster("a") != nil)
    #expect(try second.cluster("half") == nil)
    #expect(second.names == ["a"])
    second.stop()
  }

  @Test("a fork holds what the other held, past and all, and goes its own way")
  func fork() throws {
    let host = host()
    let origin = try host.create("a", from: .preset(nodes: 1))
    let revision = note("before", in: origin)
    _ = note("after", in: origin)
    let snapshot = try #require(origin.feed.snapshot(at: revision))
    let fork = try host.create(
      "b", from: .contents(JournalContents(snapshot: snapshot, history: [], time: origin.now())))
    #expect(hasNote("before", in: fork))
    #expect(!hasNote("after", in: fork))
    #expect(note("own", in: fork) > 0)
    #expect(!hasNote("own", in: origin))
    host.stop()
  }

  @Test("takes no token of a service account of another cluster, be it the same account with the same uid")
  func foreignToken() throws {
    let host = host()
    let origin = try host.create("a", from: .preset(nodes: 1))
    let twin = try host.create("b", from: .preset(nodes: 1))
    let answer = Mailbox<String>()
    var request = APIRequest(
      method: "POST", path: ["api", "v1", "namespaces", "default", "serviceaccounts", "default", "token"],
      caller: .admin)
    request.body = (["spec": [:]] as Value).json
    origin.write(request) { response in
      let body = try? JSON.parse(response.pieces.flatMap { $0 })
      answer.put(body?["status", "token"]?.string ?? "")
    }
    let token = try #require(answer.takeAll(until: nil)?.first)
    let credentials = Credentials(bearerToken: token)
    #expect(try origin.api.authenticate(credentials, headers: []).name == "system:serviceaccount:default:default")
    #expect(#expect(throws: Status.self) { try twin.api.authenticate(credentials, headers: []) }?.code == 401)
    host.stop()
  }

  @Test("ends the streams of a cluster that is deleted, and forgets it")
  func deletion() throws {
    let host = host()
    let feed = try host.create("a", from: .preset(nodes: 1)).feed
    try host.delete("a")
    #expect(feed.isEnded)
    #expect(try host.cluster("a") == nil)
    #expect(SQLiteJournalFolder(path: folder.path).names.isEmpty)
    try host.create("a", from: .preset(nodes: 1))
    host.stop()
  }

  @Test("refuses names that are taken or no labels, and more clusters than it keeps, by name")
  func refusals() throws {
    let host = host(ClusterHost.Limits(clusters: 1))
    #expect(#expect(throws: Status.self) { try host.create("A_1", from: .preset(nodes: 1)) }?.code == 422)
    try host.create("a", from: .preset(nodes: 1))
    #expect(#expect(throws: Status.self) { try host.create("a", from: .preset(nodes: 1)) }?.reason == "AlreadyExists")
    let full = #expect(throws: Status.self) { try host.create("b", from: .preset(nodes: 1)) }
    #expect(full?.message == "cluster \"b\" is forbidden: this server keeps at most 1 clusters")
    #expect(host.names == ["a"])
    host.stop()
  }
}
