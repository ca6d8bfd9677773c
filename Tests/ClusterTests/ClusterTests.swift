import API
import ClusterTesting
import Kinds
import Loop
import SQLiteJournal
import Store
import Synchronization
import Testing
import Tree

@testable import Cluster

@Suite("A cluster") struct ClusterTests {
  @Test("is born with its namespaces, its machines ready, and the learner's rights")
  func birth() throws {
    let lab = try Lab()
    lab.settle()
    #expect(
      lab.objects(.namespace).compactMap { $0["metadata", "name"]?.string }
        == ["default", "kube-node-lease", "kube-public", "kube-system"])
    let ready = lab.objects(.node).map { Node($0).status.conditions.first { $0.type == "Ready" }?.isTrue }
    #expect(ready == [true, true, true])
    #expect(lab.kubectl("auth can-i create pods", as: "learner").output == "yes\n")
    #expect(lab.kubectl("auth can-i create pods -n kube-system", as: "learner").output == "no\n")
    #expect(lab.kubectl("get nodes -o name", as: "learner").output.split(separator: "\n").count == 3)
  }

  @Test("runs the same way twice from the same seed, byte for byte, and another way from another")
  func determinism() throws {
    func run(seed: UInt64) throws -> [[UInt8]] {
      let lab = try Lab(seed: seed)
      lab.kubectl("create deployment web --image=nginx:1.27 --replicas=4")
      lab.advance(bySeconds: 60)
      lab.kubectl("set image deployment/web nginx=nginx:1.28")
      lab.advance(bySeconds: 60)
      return lab.cluster.feed.changes(after: 0)?.map(\.object.json) ?? []
    }
    let first = try run(seed: 7)
    #expect(first.count > 100)
    #expect(try run(seed: 7) == first)
    #expect(try run(seed: 8) != first)
  }

  @Test("comes to rest: a quiet cluster writes nothing but its heartbeats")
  func quiet() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
    lab.advance(bySeconds: 120)
    let before = lab.cluster.store.revision
    lab.advance(bySeconds: 60)
    let writes = lab.cluster.feed.changes(after: before) ?? []
    #expect(writes.allSatisfy { $0.key.groupResource == Kind.lease.groupResource })
  }

  @Test("goes on where it was when it is started again, with names and times of its own")
  func restart() throws {
    let journal = KeepingJournal()
    let options = ClusterOptions(nodes: 2, seed: 7)
    var lab = try Lab(options, journal: journal)
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=2")
    lab.advance(bySeconds: 30)
    let (revision, now) = (lab.cluster.store.revision, lab.now)
    let uids = lab.objects(.pod).compactMap { $0["metadata", "uid"]?.string }

    lab = try Lab(options, journal: journal)
    #expect(lab.cluster.store.revision >= revision)
    #expect(lab.now >= now - .seconds(30))
    lab.advance(bySeconds: 30)
    #expect(lab.objects(.pod).compactMap { $0["metadata", "uid"]?.string } == uids)
    lab.kubectl("scale deployment/web --replicas=4")
    lab.advance(bySeconds: 30)
    #expect(Deployment(try #require(lab.object(.deployment, "web"))).status.readyReplicas == 4)
    #expect(Set(lab.objects(.pod).compactMap { $0["metadata", "uid"]?.string }).count == 4)
  }

  @Test("stops rather than answers when its journal fails")
  func failingJournal() throws {
    let journal = KeepingJournal()
    let lab = try Lab(ClusterOptions(nodes: 0, seed: 7), journal: journal)
    journal.fails = true
    let answered = Mutex(false)
    #expect(throws: JournalError.self) {
      try lab.cluster.turn(
        [
          { cluster in
            _ = try? cluster.client.create(
              .configMap, ["metadata": ["name": "a", "namespace": "default"]], cause: Cause(actor: "t"))
            return { answered.withLock { $0 = true } }
          }
        ], real: 0)
    }
    #expect(!answered.withLock { $0 })
    #expect(
      lab.cluster.feed.snapshot.list(Kind.configMap.groupResource, namespace: "default").allSatisfy { $0.name != "a" })
    journal.fails = false
    #expect(throws: JournalError.self) { try lab.cluster.turn([], real: 1) }
  }
}

/// A journal in memory that outlives its cluster, and fails when told to.
final class KeepingJournal: Journal {
  private var objects: [ObjectKey: StoredObject] = [:]
  private var history: [Change] = []
  private var time: Time?
  private var revision: Int64 = 0
  var fails = false

  func load() throws(JournalError) -> JournalContents {
    let sorted = objects.values.sorted { $0.revision < $1.revision }
    return JournalContents(objects: sorted, revision: revision, history: history, time: time)
  }

  func begin(with contents: JournalContents) throws(JournalError) {
    for groupResource in contents.snapshot.collections {
      for object in contents.snapshot.list(groupResource) { objects[object.key] = object }
    }
    history = contents.history
    time = contents.time
  }

  func commit(_ changes: [Change], at time: Time, durably: Bool) throws(JournalError) {
    if fails { throw JournalError("the disk is full") }
    for change in changes { objects[change.key] = change.kind == .deleted ? nil : change.object }
    history += changes
    revision = history.last?.revision ?? revision
    self.time = time
  }

  func note(revision: Int64, at time: Time) throws(JournalError) {
    if fails { throw JournalError("the disk is full") }
    self.revision = revision
    self.time = time
  }
}
