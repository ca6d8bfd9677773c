import API
import ClusterTesting
import Kinds
import Loop
import Store
import Testing
import Tree

@testable import Cluster

@Suite("Nodes' signs of life") struct LeaseTests {
  private func lease(_ lab: Lab, _ name: String = "node-1") -> Value? {
    lab.object(.lease, name, namespace: "kube-node-lease")
  }

  private func renewals(_ lab: Lab, after revision: Int64 = 0) -> [Change] {
    lab.cluster.feed.changes(after: revision)?.filter(\.isRenewal) ?? []
  }

  @Test("leave what an update of the Lease would have left, to the byte")
  func sameAsUpdate() throws {
    let (renewed, updated) = (try Lab(nodes: 1), try Lab(nodes: 1))
    for lab in [renewed, updated] { lab.settle() }
    renewed.advance(bySeconds: 10)
    let object = try #require(renewed.cluster.store[Kind.lease.key(namespace: "kube-node-lease", name: "node-1")])
    #expect(object.renewal != nil)
    // Just before the kubelet renews the Lease itself.
    updated.advance(by: .seconds(10) - .nanoseconds(1))
    var value = try #require(lease(updated))
    value["spec", "renewTime"] = .string(renewed.now.microTimestamp)
    try updated.cluster.client.update(.lease, value, cause: Cause(actor: "kubelet/node-1"))
    var expected = try #require(lease(updated))
    expected["metadata", "resourceVersion"] = .string(String(object.revision))
    var entry = try #require(expected["metadata", "managedFields"]?.array?.first)
    entry["time"] = .string(renewed.now.timestamp)
    expected["metadata", "managedFields"] = [entry]
    #expect(String(decoding: object.json, as: UTF8.self) == expected.jsonText)
  }

  @Test("are seen one by one by who watches, each at a revision of its own")
  func watched() throws {
    let lab = try Lab()
    lab.settle()
    let start = lab.cluster.feed.snapshot.revision
    lab.advance(bySeconds: 30)
    let seen = renewals(lab, after: start).filter { $0.key.name == "node-2" }
    let times = seen.map { $0.object.value["spec", "renewTime"]?.string }
    #expect(times == [10, 20, 30].map { (Lab.birth + .seconds($0)).microTimestamp })
    let revisions = lab.cluster.feed.changes(after: start)?.map(\.revision) ?? []
    #expect(revisions == Array((start + 1)...(start + Int64(revisions.count))))
    #expect(lease(lab, "node-2")?["spec", "renewTime"]?.string == times.last)
    #expect(lab.kubectl("get lease node-2 -n kube-node-lease -o jsonpath={.spec.renewTime}").output == times.last)
  }

  @Test("stay right after somebody else has written to the Lease")
  func shared() throws {
    let lab = try Lab()
    lab.advance(bySeconds: 10)
    lab.kubectl("label lease node-1 -n kube-node-lease seen=yes")
    lab.advance(bySeconds: 20)
    let value = try #require(lease(lab))
    #expect(value["metadata", "labels", "seen"] == "yes")
    #expect(value["spec", "renewTime"]?.string == lab.now.microTimestamp)
    #expect(value["metadata", "managedFields"]?.array?.count == 2)
  }

  @Test("go into the journal with the next other write, the last of each node's")
  func journalled() throws {
    let journal = KeepingJournal()
    let options = ClusterOptions(nodes: 2, seed: 7, identity: .paper)
    let revision: Int64
    do {
      let lab = try Lab(options, journal: journal)
      lab.advance(bySeconds: 5)
      let writes = lab.cluster.journalled.writes
      for _ in 0..<6 { lab.advance(bySeconds: 10) }
      #expect(lab.cluster.journalled.writes == writes)
      revision = lab.cluster.store.revision
      #expect(try journal.load().snapshot.revision == revision)
      lab.kubectl("create configmap a")
      #expect(lab.cluster.journalled.writes == writes + 3)
    }
    let again = try Lab(options, journal: journal)
    let renewed = again.object(.lease, "node-1", namespace: "kube-node-lease")?["spec", "renewTime"]?.string
    #expect(renewed == (Lab.birth + .seconds(60)).microTimestamp)
    #expect(again.cluster.store.revision > revision)
  }

  @Test("do not push other writes out of the history")
  func history() throws {
    let store = Store(loop: Loop(now: Lab.birth, seed: 1))
    let feed = Feed(limits: Feed.Limits(changes: 10))
    let key = Kind.lease.key(namespace: "kube-node-lease", name: "n")
    let cause = Cause(actor: "test")
    let base = store.insert(["metadata": ["name": "n"], "spec": [:]], at: key, cause: cause).value
    for index in 0..<18 { store.renew(key, from: base, by: Mark(number: Int64(index)), cause: cause) }
    feed.publish(store.snapshot, store.takeUncommitted())
    #expect(feed.changes(after: 0)?.count == 19)
    #expect(store[key]?.value["spec", "mark"] == 17)
    #expect(feed.snapshot(at: 10)?[key]?.value["spec", "mark"] == 8)
  }

  private struct Mark: Renewal {
    let number: Int64

    func applied(to base: Value) -> Value {
      var value = base
      value["spec", "mark"] = .integer(number)
      return value
    }
  }
}
