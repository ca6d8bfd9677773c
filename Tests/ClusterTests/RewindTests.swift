import API
import ClusterTesting
import Kinds
import Loop
import Store
import Synchronization
import Testing
import Tree

@testable import Cluster

@Suite("Going back") struct RewindTests {
  private let lab: Lab

  init() throws {
    lab = try Lab()
    lab.advance(bySeconds: 20)
  }

  private func rewind(_ name: String, _ spec: Value, as user: String = "admin") -> (status: Int, value: Value) {
    lab.request(
      "POST", "/apis/podium.dev/v1/rewinds",
      body: [
        "apiVersion": "podium.dev/v1", "kind": "Rewind", "metadata": ["name": .string(name)], "spec": spec,
      ], as: user)
  }

  private func status(_ name: String) throws -> MomentStatus { Rewind(try #require(lab.object(.rewind, name))).status }

  /// Everything but what is about the world, without revisions.
  private func world() -> [String: Value] {
    var world: [String: Value] = [:]
    for object in lab.cluster.store.snapshot.objects where object.key.groupResource.group != "podium.dev" {
      var value = object.value
      value["metadata", "resourceVersion"] = nil
      world[object.key.description] = value
    }
    return world
  }

  @Test("makes every object what it was, by new writes, at the time that it was then")
  func back() throws {
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
    lab.kubectl("create configmap settings --from-literal=a=1")
    lab.advance(bySeconds: 60)
    let (revision, then) = (lab.cluster.store.revision, world())
    let time = try #require(lab.cluster.feed.changes(after: revision - 1)?.first?.time)
    lab.kubectl("set image deployment/web nginx=nginx:1.28")
    lab.kubectl("delete configmap settings")
    lab.kubectl("create namespace other")
    lab.kubectl("create configmap settings --from-literal=a=2")
    lab.advance(bySeconds: 600)
    #expect(world() != then)
    let before = lab.cluster.store.revision

    #expect(rewind("r", ["revision": .integer(revision)]).status == 201)
    #expect(world() == then)
    #expect(lab.now == time)
    let status = try status("r")
    #expect(status.phase == "Complete")
    #expect(status.revision == revision)
    #expect(status.previousRevision == before + 1)
    #expect((status.writes ?? 0) > 10)
    #expect(lab.cluster.store.revision > before)
    let changes = try #require(lab.cluster.feed.changes(after: before))
    #expect(changes.map(\.revision) == Array((before + 1)...lab.cluster.store.revision))
  }

  @Test("has the world go on from there: pods keep running, and a new rollout goes through")
  func goesOn() throws {
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
    lab.advance(bySeconds: 60)
    let revision = lab.cluster.store.revision
    let pods = lab.objects(.pod).compactMap { $0["metadata", "uid"]?.string }
    lab.kubectl("scale deployment/web --replicas=0")
    lab.advance(bySeconds: 3_600)
    #expect(lab.objects(.pod).isEmpty)
    #expect(rewind("r", ["revision": .integer(revision)]).status == 201)
    lab.advance(bySeconds: 60)
    #expect(lab.objects(.pod).compactMap { $0["metadata", "uid"]?.string } == pods)
    #expect(lab.objects(.pod).allSatisfy { Pod($0).status.containerStatuses.allSatisfy { $0.restartCount == 0 } })
    let ready = lab.objects(.node).map { Node($0).status.conditions.first { $0.type == "Ready" }?.isTrue }
    #expect(ready == [true, true, true])
    #expect(lab.kubectl("exec deploy/web -- hostname").output.hasPrefix("web-"))
    lab.kubectl("set image deployment/web nginx=nginx:1.28")
    #expect(lab.kubectl("rollout status deployment/web --timeout=120s").status == 0)
  }

  @Test("lets back-offs and deadlines go on as they stood")
  func backoff() throws {
    lab.kubectl("create job slow --image=busybox:1.36 -- sleep 100")
    lab.advance(bySeconds: 50)
    let revision = lab.cluster.store.revision
    lab.advance(bySeconds: 500)
    #expect(lab.object(.job, "slow")?["status", "succeeded"] == 1)
    #expect(rewind("r", ["revision": .integer(revision)]).status == 201)
    lab.advance(bySeconds: 20)
    #expect(lab.object(.job, "slow")?["status", "succeeded"] == nil)
    #expect(lab.objects(.pod).first?["status", "phase"] == "Running")
    lab.advance(bySeconds: 100)
    #expect(lab.object(.job, "slow")?["status", "succeeded"] == 1)
  }

  @Test("is undone by going back to the revision before it")
  func undo() throws {
    let revision = lab.cluster.store.revision
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.advance(bySeconds: 60)
    let (after, now) = (world(), lab.now)
    #expect(rewind("back", ["revision": .integer(revision)]).status == 201)
    #expect(lab.object(.deployment, "web") == nil)
    #expect(rewind("forth", ["revision": .integer(try #require(try status("back").previousRevision))]).status == 201)
    #expect(world() == after)
    #expect(lab.now == now)
  }

  @Test("leaves rewinds, bookmarks and the clock as they are")
  func stays() throws {
    let revision = lab.cluster.store.revision
    lab.kubectl("patch clock cluster --type=merge -p '{\"spec\":{\"speed\":10}}'")
    lab.kubectl("create -f f", files: ["f": "{apiVersion: podium.dev/v1, kind: Bookmark, metadata: {name: late}}"])
    lab.kubectl(
      "create -f f",
      files: [
        "f": "{apiVersion: podium.dev/v1, kind: Fault, metadata: {name: f}, spec: {type: NodeDown, node: node-1}}"
      ])
    #expect(rewind("r", ["revision": .integer(revision)]).status == 201)
    #expect(lab.object(.clock, "cluster")?["spec", "speed"] == 10)
    #expect(lab.object(.bookmark, "late")?["status", "available"] == true)
    #expect(lab.object(.fault, "f") == nil)
  }

  @Test("gives nobody rights back whom they were taken from, unless he could give them himself")
  func access() throws {
    lab.kubectl("create role reader --verb=get --resource=secrets -n kube-system")
    lab.kubectl("create rolebinding reader --role=reader --user=learner -n kube-system")
    let revision = lab.cluster.store.revision
    lab.kubectl("delete rolebinding reader -n kube-system")
    lab.kubectl("create configmap late")
    #expect(rewind("theirs", ["revision": .integer(revision), "access": "Restore"], as: "learner").status == 403)
    #expect(rewind("theirs", ["revision": .integer(revision)], as: "learner").status == 201)
    #expect(lab.object(.configMap, "late") == nil)
    #expect(lab.kubectl("auth can-i get secrets -n kube-system", as: "learner").output == "no\n")
    #expect(rewind("ours", ["revision": .integer(revision)]).status == 201)
    #expect(lab.kubectl("auth can-i get secrets -n kube-system", as: "learner").output == "yes\n")
  }

  @Test("ends conversations with containers, which are others now")
  func conversations() throws {
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.advance(bySeconds: 60)
    let revision = lab.cluster.store.revision
    let pod = try #require(lab.objects(.pod).first?["metadata", "name"]?.string)
    let isEnded = Mutex(false)
    let id = lab.cluster.logs.follow(namespace: "default", pod: pod, container: "nginx") { line in
      if line == nil { isEnded.withLock { $0 = true } }
    }
    #expect(!isEnded.withLock { $0 })
    lab.kubectl("create configmap late")
    #expect(rewind("r", ["revision": .integer(revision)]).status == 201)
    #expect(isEnded.withLock { $0 })
    #expect(lab.cluster.logs.follow(namespace: "default", pod: pod, container: "nginx") { _ in } > id)
  }

  @Test("refuses what is no longer there, what is still to come, and what is named in no way or in two")
  func refusals() throws {
    #expect(rewind("r", [:]).status == 422)
    #expect(rewind("r", ["revision": 3, "bookmark": "b"]).status == 422)
    #expect(rewind("r", ["bookmark": "b"]).status == 422)
    #expect(rewind("r", ["revision": 1_000_000]).status == 422)
    let small = try Lab(ClusterOptions(nodes: 1, seed: 7), journal: MemoryJournal(), history: Feed.Limits(changes: 20))
    small.advance(bySeconds: 300)
    let answer = small.request(
      "POST", "/apis/podium.dev/v1/rewinds", body: ["metadata": ["name": "r"], "spec": ["revision": 5]])
    #expect(answer.status == 410)
    #expect(answer.value["reason"] == "Expired")
    let oldest = small.cluster.feed.oldestRevision
    #expect(answer.value["message"]?.string?.contains("oldest that can be read is \(oldest)") == true)
    #expect(answer.value["details", "causes"]?.array?.first?["message"]?.string == String(oldest))
  }

  @Test("goes the same way twice from the same seed")
  func determinism() throws {
    func run() throws -> [[UInt8]] {
      let lab = try Lab(seed: 3)
      lab.kubectl("create deployment web --image=nginx:1.27 --replicas=2")
      lab.advance(bySeconds: 30)
      let revision = lab.cluster.store.revision
      lab.kubectl("scale deployment web --replicas=5")
      lab.advance(bySeconds: 30)
      _ = lab.request(
        "POST", "/apis/podium.dev/v1/rewinds",
        body: ["metadata": ["name": "r"], "spec": ["revision": .integer(revision)]])
      lab.advance(bySeconds: 30)
      lab.kubectl("scale deployment web --replicas=4")
      lab.advance(bySeconds: 30)
      return lab.cluster.feed.changes(after: 0)?.map(\.object.json) ?? []
    }
    #expect(try run() == run())
  }

  @Test("goes on at the Clock's pace from the moment that it went back to")
  func pace() throws {
    let second: Int64 = 1_000_000_000
    try lab.cluster.turn([], real: 0)
    let revision = lab.cluster.store.revision
    let then = try #require(lab.cluster.feed.moment(at: revision)?.time)
    try lab.cluster.turn([], real: 100 * second)
    try lab.cluster.turn(
      [
        { cluster in
          _ = try? cluster.client.create(
            .rewind, ["metadata": ["name": "r"], "spec": ["revision": .integer(revision)]],
            cause: Cause(actor: "test"))
          return nil
        }
      ], real: 100 * second)
    #expect(lab.now == then)
    try lab.cluster.turn([], real: 110 * second)
    #expect(lab.now == then + .seconds(10))
  }
}
