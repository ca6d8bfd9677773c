import Loop
import Testing
import Tree

@testable import Store

private let pods = GroupResource(resource: "pods")
private let cause = Cause(actor: "test")

private func key(_ name: String, _ namespace: String = "default") -> ObjectKey {
  ObjectKey(pods, namespace: namespace, name: name)
}

private func pod(_ name: String, owner: String? = nil, node: String? = nil) -> Value {
  var value: Value = ["metadata": ["name": .string(name), "uid": .string("uid-" + name)]]
  if let owner { value["metadata", "ownerReferences"] = [["uid": .string(owner)]] }
  value["spec", "nodeName"] = node.map(Value.string)
  return value
}

@Suite("The store") struct StoreTests {
  private let loop = Loop(now: Time(seconds: 50), seed: 1)
  private var store: Store { makeStore }
  private let makeStore: Store

  init() { makeStore = Store(loop: loop) }

  @Test("gives every write the next revision, and the object that revision")
  func revisions() {
    let first = store.insert(pod("a"), at: key("a"), cause: cause)
    let second = store.replace(pod("a", node: "n"), at: key("a"), cause: cause)
    let last = store.remove(key("a"), cause: cause)
    #expect([first.revision, second.revision, last.revision] == [1, 2, 3])
    #expect(last.value["metadata", "resourceVersion"]?.string == "3")
    #expect(store[key("a")] == nil)
    #expect(store.takeUncommitted().map(\.kind) == [.created, .updated, .deleted])
    #expect(store.takeUncommitted().isEmpty)
  }

  @Test("lists in the order of namespace/name, byte by byte")
  func order() {
    for (namespace, name) in [("b", "x"), ("a", "z"), ("a-b", "y"), ("a", "b")] {
      store.insert(pod(name), at: key(name, namespace), cause: cause)
    }
    #expect(store.list(pods).map(\.key.path) == ["a-b/y", "a/b", "a/z", "b/x"])
    #expect(store.list(pods, namespace: "a").map(\.name) == ["b", "z"])
    #expect(store.snapshot.list(pods, after: "a/b").map(\.key.path) == ["a/z", "b/x"])
  }

  @Test("keeps order and count through thousands of inserts and removals")
  func manyObjects() {
    let random = RandomStream(seed: 3, name: "names")
    var names: Set<String> = []
    for _ in 0..<3_000 {
      let name = "p\(random.below(2_000))"
      if names.insert(name).inserted {
        store.insert(pod(name), at: key(name), cause: cause)
      } else {
        names.remove(name)
        store.remove(key(name), cause: cause)
      }
    }
    #expect(store.list(pods).map(\.name) == names.sorted())
    #expect(store.snapshot.count(pods) == names.count)
  }

  @Test("leaves a snapshot as it was")
  func snapshots() {
    store.insert(pod("a"), at: key("a"), cause: cause)
    let before = store.snapshot
    store.insert(pod("b"), at: key("b"), cause: cause)
    store.remove(key("a"), cause: cause)
    #expect(before.list(pods).map(\.name) == ["a"])
    #expect(store.list(pods).map(\.name) == ["b"])
  }

  @Test("finds objects by owner and by an index, as they change")
  func indexes() {
    store.insert(pod("old", node: "n1"), at: key("old"), cause: cause)
    store.addIndex("node", on: pods) { [$0["spec", "nodeName"]?.string].compactMap(\.self) }
    store.insert(pod("a", owner: "o"), at: key("a"), cause: cause)
    store.replace(pod("a", owner: "o", node: "n1"), at: key("a"), cause: cause)
    #expect(store.lookup("node", "n1").map(\.name) == ["a", "old"])
    #expect(store.owned(by: "o").map(\.name) == ["a"])
    store.remove(key("a"), cause: cause)
    #expect(store.owned(by: "o").isEmpty)
    #expect(store.lookup("node", "n1").map(\.name) == ["old"])
  }

  @Test("tells observers every write at once")
  func observers() {
    var seen: [Int64] = []
    store.observe { seen.append($0.revision) }
    store.insert(pod("a"), at: key("a"), cause: cause)
    store.remove(key("a"), cause: cause)
    #expect(seen == [1, 2])
  }

  @Test("tells observers of some collections no others' writes, all in the order in which they came")
  func observersOfCollections() {
    var seen: [String] = []
    let nodes = GroupResource(resource: "nodes")
    store.insert(pod("before"), at: key("before"), cause: cause)
    store.observe([pods]) { seen.append("pods " + $0.key.name) }
    store.observe { seen.append("all " + $0.key.name) }
    store.insert(pod("a"), at: key("a"), cause: cause)
    store.grouping(.parts) { store.observe([nodes, pods]) { seen.append("both " + $0.key.name) } }
    store.insert(pod("b"), at: key("b"), cause: cause)
    store.insert(["metadata": ["name": "n"]], at: ObjectKey(nodes, name: "n"), cause: cause)
    #expect(seen == ["pods a", "all a", "pods b", "all b", "both b", "all n", "both n"])
    seen = []
    store.removeObservers(of: .parts)
    store.remove(key("a"), cause: cause)
    #expect(seen == ["pods a", "all a"])
  }

  @Test("tells collections of the same name in two groups apart")
  func groups() {
    let others = GroupResource(group: "metrics.k8s.io", resource: "pods")
    store.insert(pod("a"), at: key("a"), cause: cause)
    store.insert(["metadata": ["name": "m"]], at: ObjectKey(others, name: "m"), cause: cause)
    #expect(store.list(pods).map(\.name) == ["a"])
    #expect(store.list(others).map(\.name) == ["m"])
  }
}

@Suite("The feed") struct FeedTests {
  private let store = Store(loop: Loop(now: Time(seconds: 0), seed: 1))

  private func publish(_ feed: Feed) { feed.publish(store.snapshot, store.takeUncommitted()) }

  @Test("shows the past as it was, until it is forgotten")
  func past() {
    let feed = Feed(limits: Feed.Limits(changes: 10))
    store.insert(pod("a"), at: key("a"), cause: cause)
    store.replace(pod("a", node: "n"), at: key("a"), cause: cause)
    store.insert(pod("b"), at: key("b"), cause: cause)
    store.remove(key("a"), cause: cause)
    publish(feed)
    #expect(feed.snapshot(at: 1)?[key("a")]?.value["spec"] == nil)
    #expect(feed.snapshot(at: 3)?.list(pods).map(\.name) == ["a", "b"])
    #expect(feed.snapshot(at: 3)?.revision == 3)
    #expect(feed.snapshot(at: 5) == nil)
    for index in 0..<30 {
      store.insert(pod("n\(index)"), at: key("n\(index)"), cause: cause)
      publish(feed)
    }
    #expect(feed.snapshot(at: 3) == nil)
    #expect(feed.oldestRevision > 3)
    #expect(feed.snapshot(at: feed.oldestRevision) != nil)
  }

  @Test("gives a watcher what it missed, then every batch, then nothing more")
  func watching() {
    let feed = Feed()
    store.insert(pod("a"), at: key("a"), cause: cause)
    store.insert(pod("b"), at: key("b"), cause: cause)
    publish(feed)
    let seen = Seen()
    let start = feed.watch(after: 1) { changes in seen.add(changes.map(\.revision)) }
    #expect(start.missed?.map(\.revision) == [2])
    store.insert(pod("c"), at: key("c"), cause: cause)
    publish(feed)
    #expect(seen.revisions == [3])
    feed.unwatch(start.id)
    store.remove(key("c"), cause: cause)
    publish(feed)
    #expect(seen.revisions == [3])
    #expect(feed.watcherCount == 0)
  }

  @Test("does not register a watcher that comes from too long ago")
  func tooOld() {
    let feed = Feed()
    feed.restore(JournalContents(snapshot: Snapshot(revision: 100)))
    #expect(feed.watch(after: 99) { _ in }.missed == nil)
    #expect(feed.watch(after: 100) { _ in }.missed?.isEmpty == true)
    #expect(feed.watcherCount == 1)
  }
}

private final class Seen: @unchecked Sendable {
  private(set) var revisions: [Int64] = []
  func add(_ more: [Int64]) { revisions += more }
}
