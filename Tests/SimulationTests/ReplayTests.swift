import API
import Cluster
import ClusterTesting
import Kinds
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Simulation

@Suite("A recorded session") struct ReplayTests {
  /// A record in memory.
  private final class Session: SessionLog {
    private let kept = Mutex<[Value]>([])

    var lines: [Value] { kept.withLock { $0 } }

    func write(_ line: Value) { kept.withLock { $0.append(line) } }
  }

  private static let second: Int64 = 1_000_000_000
  private static let birth = Time(seconds: 1_767_225_600)

  private func cluster(_ session: Session, seed: UInt64) throws -> (Cluster, APIServer) {
    var options = ClusterOptions(nodes: 2, seed: seed)
    options.session = session
    let feed = Feed()
    let signal = TimeSignal(Pace(real: 0, cluster: Self.birth))
    let cluster = try Cluster(
      options, journal: MemoryJournal(), feed: feed, signal: signal, birth: Self.birth, real: 0)
    let api = APIServer(
      kinds: options.kinds, feed: feed, tokens: TokenTable([:]), clusterName: "default", version: "test",
      now: { Self.birth })
    try cluster.turn([], real: 0)
    return (cluster, api)
  }

  private func request(_ method: String, _ path: String, _ body: Value) -> APIRequest {
    var request = APIRequest(
      method, path,
      headers: [
        ("Authorization", "Bearer very-secret"),
        ("Content-Type", method == "PATCH" ? "application/merge-patch+json" : "application/json"),
      ], caller: .admin)
    request.body = body.json
    return request
  }

  /// A session of a seed's random commands, of requests, changes of the Clock, a bookmark and a rewind.
  private func session(seed: UInt64) throws -> [Value] {
    let session = Session()
    let (cluster, api) = try cluster(session, seed: seed)
    let random = RandomStream(seed: seed, name: "replay test")
    var real: Int64 = 0
    func turn(_ body: @escaping @Sendable (Cluster) -> Void) throws {
      try cluster.turn(
        [
          {
            body($0)
            return nil
          }
        ], real: real)
    }
    func send(_ method: String, _ path: String, _ body: Value) throws {
      let request = request(method, path, body)
      try turn { _ = api.attempt(WriteAttempt(request), with: $0.writer) }
    }
    for step in 0..<12 {
      real += Int64(random.below(20)) * Self.second + Int64(random.below(1_000_000))
      try cluster.turn([], real: real)
      let command = Command.random(in: cluster, random)
      // What a fault does later by itself is no input, nor is an eviction that no request asked for.
      if command.text.contains("is down for") || command.text.hasPrefix("evict") { continue }
      nonisolated(unsafe) let given = command
      try turn { given.run(in: $0) }
      if step == 4 {
        try send("POST", "/apis/podium.dev/v1/bookmarks", ["metadata": ["name": "b"]])
        try send(
          "PATCH", "/apis/podium.dev/v1/clocks/cluster", ["spec": ["speed": 3, "skipSeconds": 40]])
      }
      if step == 8 {
        try send("POST", "/apis/podium.dev/v1/rewinds", ["metadata": ["name": "r"], "spec": ["bookmark": "b"]])
      }
    }
    try cluster.turn([], real: real + 60 * Self.second)
    return session.lines
  }

  @Test("is run again with every write the same", arguments: [1, 2, 3] as [UInt64])
  func same(seed: UInt64) throws {
    let lines = try session(seed: seed)
    let outcome = try Replay(lines).run()
    #expect(outcome.difference == nil)
    #expect(!outcome.isUnrecorded)
    #expect(outcome.writes == lines.reduce(0) { $0 + ($1["writes"]?.array?.count ?? 0) })
    #expect(outcome.writes > 300)
    // And so it is after a way through a file.
    let read = try lines.map { try JSON.parse($0.json) }
    #expect(try Replay(read).run() == outcome)
  }

  @Test("holds no token of a caller")
  func secrets() throws {
    let lines = try session(seed: 1)
    #expect(lines.contains { $0["request"] != nil })
    #expect(!lines.contains { String(decoding: $0.json, as: UTF8.self).contains("very-secret") })
  }

  @Test("that somebody has changed names the first write that is another")
  func tampered() throws {
    var lines = try session(seed: 1)
    let index = try #require(lines.firstIndex { $0["write", "verb"] == "create" })
    let revision = lines[index...].firstNonNil { $0["writes"]?.array?.first?.array?.first?.integer } ?? 0
    lines[index]["write", "object", "metadata", "labels"] = ["tampered": "yes"]
    let outcome = try Replay(lines).run()
    #expect((outcome.difference?.revision ?? 0) >= revision)
    #expect(outcome.difference?.recorded != outcome.difference?.replayed)
    #expect(outcome.difference?.recorded.contains("by admin") == true)

    lines = try session(seed: 1)
    let writes = try #require(lines.lastIndex { $0["writes"] != nil })
    var list = lines[writes]["writes"]?.array ?? []
    let last = list.count - 1
    list[last] = .array((list[last].array?.dropLast() ?? []) + ["0"])
    lines[writes]["writes"] = .array(list)
    #expect(try Replay(lines).run().difference?.revision == list[last].array?.first?.integer)
  }

  @Test("says where something came that no record holds")
  func unrecorded() throws {
    let session = Session()
    let (cluster, _) = try cluster(session, seed: 1)
    try cluster.turn(
      [
        { cluster in
          cluster.loop.schedule(as: "somebody") {}
          return nil
        }
      ], real: Self.second)
    #expect(try Replay(session.lines).run().isUnrecorded)
  }

  @Test("does what commands in containers did, the API's clients among them")
  func commands() throws {
    let session = Session()
    var options = ClusterOptions(nodes: 1, seed: 3, identity: .paper)
    options.session = session
    let feed = Feed()
    let signal = TimeSignal(Pace(real: 0, cluster: Self.birth))
    let cluster = try Cluster(
      options, journal: MemoryJournal(), feed: feed, signal: signal, birth: Self.birth, real: 0)
    let api = APIServer(
      kinds: options.kinds, feed: feed, tokens: TokenTable([:]), clusterName: "default", version: "test",
      identity: options.identity, now: { Self.birth })
    try cluster.turn([], real: 0)
    func send(_ method: String, _ path: String, _ body: Value, at seconds: Int64) throws {
      let request = request(method, path, body)
      try cluster.turn(
        [
          { cluster in
            _ = api.attempt(WriteAttempt(request), with: cluster.writer)
            return nil
          }
        ], real: seconds * Self.second)
    }
    try cluster.turn([], real: 5 * Self.second)
    try send(
      "POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
      [
        "metadata": ["name": "pods"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"],
        "subjects": [["kind": "ServiceAccount", "name": "default", "namespace": "default"]],
      ], at: 6)
    try send(
      "POST", "/api/v1/namespaces/default/pods",
      ["metadata": ["name": "web"], "spec": ["containers": [["name": "c", "image": "nginx:1.27"]]]], at: 7)
    try cluster.turn([], real: 40 * Self.second)
    let script = """
      kill 1; TOKEN=$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)
      curl -sk -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
      -d '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"made"}}' \
      https://kubernetes/api/v1/namespaces/default/configmaps
      """
    try cluster.turn(
      [
        { cluster in
          let plan = ConnectionPlan(
            purpose: .exec, pod: Kind.pod.key(namespace: "default", name: "web"), container: "c",
            command: ["sh", "-c", script], hasInput: false, hasOutput: true, hasError: true, isTerminal: false)
          _ = try? cluster.commands.start(plan) { _ in }
          return nil
        }
      ], real: 41 * Self.second)
    try cluster.turn([], real: 100 * Self.second)
    #expect(cluster.client.get(.configMap, namespace: "default", name: "made") != nil)
    let outcome = try Replay(try session.lines.map { try JSON.parse($0.json) }).run()
    #expect(outcome.difference == nil)
    #expect(!outcome.isUnrecorded)
    #expect(outcome.writes == session.lines.reduce(0) { $0 + ($1["writes"]?.array?.count ?? 0) })
  }

  @Test("goes on from what the cluster held when the record began")
  func contents() throws {
    let first = Session()
    let (origin, _) = try cluster(first, seed: 5)
    try origin.turn([], real: 30 * Self.second)
    let session = Session()
    var options = ClusterOptions(nodes: 0, seed: 5)
    options.session = session
    let feed = origin.feed
    let contents = JournalContents(
      snapshot: feed.snapshot, history: feed.changes(after: feed.oldestRevision) ?? [], time: origin.loop.now)
    let signal = TimeSignal(Pace(real: 0, cluster: Self.birth))
    let cluster = try Cluster(
      options, journal: MemoryJournal(), origin: contents, feed: Feed(), signal: signal, birth: Self.birth, real: 0)
    try cluster.turn([], real: 0)
    try cluster.turn([], real: 100 * Self.second)
    let outcome = try Replay(try session.lines.map { try JSON.parse($0.json) }).run()
    #expect(outcome.difference == nil)
    #expect(outcome.writes > 10)
  }

  @Test("is refused where it is none")
  func refusals() {
    #expect(throws: (any Error).self) { try Replay([]) }
    #expect(throws: (any Error).self) { try Replay([["birth": ["format": 99]]]) }
  }
}

extension Sequence {
  /// The first result that is not nil.
  fileprivate func firstNonNil<Result>(_ body: (Element) -> Result?) -> Result? {
    for element in self { if let result = body(element) { return result } }
    return nil
  }
}
