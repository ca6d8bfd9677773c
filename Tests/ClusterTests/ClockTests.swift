import API
import ClusterTesting
import Kinds
import Loop
import Store
import Testing
import Tree

@testable import Cluster

@Suite("A cluster's clock") struct ClockTests {
  private let lab: Lab
  private let second: Int64 = 1_000_000_000

  init() throws {
    lab = try Lab()
    lab.settle()
  }

  private func patch(_ spec: Value, real: Int64) throws {
    var clock = try #require(lab.object(.clock, "cluster"))
    for member in spec.object ?? Members() { clock["spec", member.key] = member.value }
    clock["metadata", "resourceVersion"] = nil
    let changed = clock
    try lab.cluster.turn(
      [
        { cluster in
          _ = try? cluster.client.update(.clock, changed, cause: Cause(actor: "test"))
          return nil
        }
      ], real: real)
  }

  private var status: ClockStatus { Clock(lab.object(.clock, "cluster") ?? .null).status }

  @Test("follows real time at its speed")
  func speed() throws {
    let start = lab.now
    try lab.cluster.turn([], real: 2 * second)
    #expect(lab.now - start == .seconds(2))
    try patch(["speed": 100], real: 2 * second)
    try lab.cluster.turn([], real: 3 * second)
    #expect(lab.now - start == .seconds(102))
    #expect(status.speed == 100)
  }

  @Test("stands still when paused: requests are answered, nobody acts")
  func pause() throws {
    try patch(["paused": true], real: 0)
    let start = lab.now
    #expect(lab.kubectl("create deployment web --image=nginx:1.27").status == 0)
    try lab.cluster.turn([], real: 60 * second)
    #expect(lab.now == start)
    #expect(lab.objects(.replicaSet).isEmpty)
    #expect(lab.cluster.nextTurn(real: 60 * second) == nil)
    try patch(["paused": false], real: 60 * second)
    try lab.cluster.turn([], real: 70 * second)
    #expect(lab.now - start == .seconds(10))
    #expect(lab.objects(.pod).count == 1)
  }

  @Test("steps from one visible piece of work to the next, each once")
  func steps() throws {
    try patch(["paused": true], real: 0)
    lab.kubectl("create deployment web --image=nginx:1.27")
    var seen: [String] = []
    for step in 1...12 {
      let before = lab.cluster.store.revision
      try patch(["steps": .integer(Int64(step))], real: 0)
      let visible = (lab.cluster.feed.changes(after: before) ?? []).filter {
        ![Kind.clock, .event, .lease].map(\.groupResource).contains($0.key.groupResource)
      }
      // One piece of work: a controller that looks at an object may write more than one thing about it.
      #expect((1...3).contains(visible.count))
      #expect(Set(visible.map(\.cause.actor)).count == 1)
      seen += visible.map { "\($0.kind) \($0.key.groupResource.name)" }
      if lab.objects(.pod).contains(where: { Pod($0).isReady }) { break }
    }
    #expect(seen.first == "created replicasets.apps" || seen.first == "updated deployments.apps")
    #expect(seen.contains("created pods"))
    #expect(lab.objects(.pod).contains { Pod($0).spec.nodeName != nil })
    #expect(status.steps > 0)
  }

  @Test("skips ahead by the seconds that its total has grown, and counts anew from 0")
  func skips() throws {
    let start = lab.now
    try patch(["skipSeconds": 300], real: 0)
    #expect(lab.now - start == .seconds(300))
    try lab.cluster.turn([], real: second)
    #expect(lab.now - start == .seconds(301))
    try patch(["skipSeconds": 0], real: second)
    #expect(lab.now - start == .seconds(301))
    try patch(["skipSeconds": 10], real: second)
    #expect(lab.now - start == .seconds(311))
    #expect(status.skippedSeconds == 10)
  }

  @Test("steps to the next write of a component")
  func componentSteps() throws {
    try patch(["paused": true], real: 0)
    lab.kubectl("create deployment web --image=nginx:1.27")
    let before = lab.cluster.store.revision
    try patch(["steps": 1, "component": "kube-scheduler"], real: 0)
    let actors = (lab.cluster.feed.changes(after: before) ?? []).filter {
      $0.key.groupResource == Kind.pod.groupResource
    }.map(\.cause.actor)
    #expect(actors.last == "kube-scheduler")
    #expect(lab.objects(.pod).first.map { Pod($0).spec.nodeName != nil } == true)
    try patch(["steps": 2, "component": "kubelet"], real: 0)
    #expect(lab.objects(.pod).first?["status", "containerStatuses"] != nil)
  }

  @Test("runs until nothing happens any more, once for each time it is asked")
  func quiet() throws {
    try patch(["paused": true], real: 0)
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=3")
    try patch(["quietRuns": 1], real: 0)
    #expect(lab.objects(.pod).count { Pod($0).isReady } == 3)
    let then = lab.now
    try lab.cluster.turn([], real: second)
    #expect(lab.now == then)
    #expect(status.quietRuns == 1)
  }

  @Test("skips ahead to a moment, and not back to one")
  func skipTo() throws {
    try patch(["paused": true], real: 0)
    let target = lab.now + .seconds(3_600)
    try patch(["skipTo": .string(target.timestamp)], real: 0)
    #expect(lab.now.timestamp == target.timestamp)
    try patch(["skipTo": "2020-01-01T00:00:00Z"], real: 0)
    #expect(lab.now.timestamp == target.timestamp)
  }

  @Test("does not run after real time when there is too much to do")
  func overload() throws {
    try patch(["speed": 1_000], real: 0)
    let options = ClusterOptions(nodes: 3, seed: 7, workPerTurn: 50)
    let small = try Lab(options, journal: MemoryJournal())
    let start = small.now
    try small.cluster.turn([], real: 3_600 * second)
    #expect(small.now - start < .seconds(3_600))
    #expect(try #require(small.cluster.nextTurn(real: 3_600 * second)) >= 3_600 * second)
  }
}

@Suite("A pace") struct PaceTests {
  @Test("maps real readings to moments, and back")
  func mapping() {
    var pace = Pace(real: 1_000, cluster: Time(nanoseconds: 5_000), speed: 10)
    #expect(pace.moment(at: 1_100) == Time(nanoseconds: 6_000))
    #expect(pace.real(of: Time(nanoseconds: 6_000)) == 1_100)
    pace.turn(at: 1_100, cluster: Time(nanoseconds: 6_000), isPaused: true)
    #expect(pace.moment(at: 9_999) == Time(nanoseconds: 6_000))
    #expect(pace.real(of: Time(nanoseconds: 7_000)) == nil)
  }
}
