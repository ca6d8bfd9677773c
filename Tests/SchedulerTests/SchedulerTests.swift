import API
import Kinds
import Loop
import Scheduler
import Store
import Testing
import Tree

@Suite("The scheduler")
struct SchedulerTests {
  private func sentence(_ nodes: Int, _ reasons: String, _ preemption: String) -> String {
    "0/\(nodes) nodes are available: \(reasons). no new claims to deallocate, preemption: 0/\(nodes) nodes are available: "
      + "\(preemption)."
  }

  @Test func aPodIsBoundToAReadyNode() throws {
    let world = World()
    try world.node("node-1")
    let pod = try world.pod("web")
    world.loop.runDue()
    #expect(world.nodeName("web") == "node-1")
    #expect(world.events("web") == ["Scheduled: Successfully assigned default/web to node-1"])
    #expect(world.scheduler.decision(for: pod.uid)?.chosen == "node-1")
    let writes = world.writes.filter { $0.cause.actor == "kube-scheduler" }
    #expect(writes.first?.cause.request == "bind pods default/web to node-1")
  }

  @Test func withoutNodesThePodWaits() throws {
    let world = World()
    try world.pod("web")
    world.loop.runDue()
    #expect(world.message("web") == "no nodes available to schedule pods")
    try world.node("node-1")
    world.advance(.seconds(2))
    #expect(world.nodeName("web") == "node-1")
  }

  /// The sentences are those of a recorded v1.36 scheduler.
  @Test func refusalsAreSummedUpInKubernetesWords() throws {
    let world = World()
    try world.node("ps-1", labels: ["p-sched": "yes", "disk": "ssd", "zone": "a"], pods: "10")
    try world.node(
      "ps-2", labels: ["p-sched": "yes", "zone": "b"], pods: "10",
      taints: [["key": "gpu", "value": "yes", "effect": "NoSchedule"]])
    try world.node("ps-3", labels: ["p-sched": "yes", "zone": "b"], cpu: "1", pods: "10")
    let selector: Value = ["p-sched": "yes"]
    try world.pod("nolabel", spec: ["nodeSelector": ["p-sched": "yes", "disk": "tape"]])
    try world.pod("big", container: ["resources": ["requests": ["cpu": "8"]]], spec: ["nodeSelector": selector])
    try world.pod(
      "spread",
      spec: [
        "nodeSelector": selector,
        "topologySpreadConstraints": [
          [
            "maxSkew": 1, "topologyKey": "rack", "whenUnsatisfiable": "DoNotSchedule",
            "labelSelector": ["matchLabels": ["app": "spread"]],
          ]
        ],
      ])
    world.loop.runDue()
    let helpless = "3 Preemption is not helpful for scheduling"
    #expect(
      world.message("nolabel")
        == sentence(
          3, "1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector", helpless))
    #expect(world.message("big") == sentence(3, "1 node(s) had untolerated taint(s), 2 Insufficient cpu", helpless))
    #expect(
      world.message("spread")
        == sentence(
          3,
          "1 node(s) had untolerated taint(s), 2 node(s) didn't match pod topology spread constraints (missing required "
            + "label)", helpless))
    #expect(world.events("big") == ["FailedScheduling: " + (world.message("big") ?? "")])
  }

  @Test func aTakenHostPortCouldBeFreedByPreemptionOnly() throws {
    let world = World()
    try world.node("node-1")
    let ports: Value = ["ports": [["containerPort": 80, "hostPort": 8080]]]
    try world.pod("one", container: ports)
    try world.pod("two", container: ports)
    world.loop.runDue()
    #expect(
      world.message("two")
        == sentence(
          1, "1 node(s) didn't have free ports for the requested pod ports",
          "1 No preemption victims found for incoming pod"))
  }

  @Test func aFullNodeTakesAPodWhenAnotherLeaves() throws {
    let world = World()
    try world.node("node-1", cpu: "1")
    let half: Value = ["resources": ["requests": ["cpu": "600m"]]]
    try world.pod("one", container: half)
    try world.pod("two", container: half)
    world.loop.runDue()
    #expect(world.nodeName("one") == "node-1")
    #expect(world.nodeName("two") == nil)
    try world.client.delete(
      .pod, namespace: "default", name: "one", options: DeleteOptions(gracePeriodSeconds: 0), cause: World.cause)
    world.advance(.seconds(2))
    #expect(world.nodeName("two") == "node-1")
    #expect(world.events("two").count == 2)
  }

  @Test func aCordonedNodeTakesNothingUntilItIsUncordoned() throws {
    let world = World()
    try world.node("node-1")
    try world.change(.node, "node-1") { $0["spec", "unschedulable"] = true }
    try world.pod("web")
    world.loop.runDue()
    #expect(world.message("web")?.contains("1 node(s) were unschedulable") == true)
    try world.change(.node, "node-1") { $0["spec", "unschedulable"] = nil }
    world.advance(.seconds(2))
    #expect(world.nodeName("web") == "node-1")
  }

  @Test func aGatedPodIsNotLookedAt() throws {
    let world = World()
    try world.node("node-1")
    try world.pod("web", spec: ["schedulingGates": [["name": "example.com/wait"]]])
    world.advance(.seconds(5))
    #expect(world.nodeName("web") == nil)
    let key = Kind.pod.key(namespace: "default", name: "web")
    var value = try #require(world.store[key]?.value)
    value["spec", "schedulingGates"] = nil
    world.store.replace(value, at: key, cause: World.cause)
    world.advance(.seconds(1))
    #expect(world.nodeName("web") == "node-1")
  }

  @Test func anotherSchedulersPodIsLeftAlone() throws {
    let world = World()
    try world.node("node-1")
    try world.pod("web", spec: ["schedulerName": "mine"])
    world.advance(.seconds(5))
    #expect(world.nodeName("web") == nil)
    #expect(world.events("web").isEmpty)
  }

  @Test func aMissingClaimIsNamed() throws {
    let world = World()
    try world.node("node-1")
    try world.pod("web", spec: ["volumes": [["name": "v", "persistentVolumeClaim": ["claimName": "absent"]]]])
    world.loop.runDue()
    #expect(
      world.message("web") == "0/1 nodes are available: persistentvolumeclaim \"absent\" not found. not found")
  }

  @Test func antiAffinityKeepsPodsApart() throws {
    let world = World()
    try world.node("node-1")
    try world.node("node-2")
    let apart: Value = [
      "affinity": [
        "podAntiAffinity": [
          "requiredDuringSchedulingIgnoredDuringExecution": [
            ["topologyKey": "kubernetes.io/hostname", "labelSelector": ["matchLabels": ["app": "web"]]]
          ]
        ]
      ]
    ]
    for name in ["one", "two", "three"] { try world.pod(name, labels: ["app": "web"], spec: apart) }
    world.loop.runDue()
    #expect(Set([world.nodeName("one"), world.nodeName("two")]) == ["node-1", "node-2"])
    #expect(
      world.message("three")?.hasPrefix("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.")
        == true)
  }

  @Test func podsSpreadOverNodesByWhatIsLeft() throws {
    let world = World()
    for number in 1...3 { try world.node("node-\(number)") }
    for number in 1...6 {
      try world.pod("web-\(number)", container: ["resources": ["requests": ["cpu": "200m", "memory": "100Mi"]]])
    }
    world.loop.runDue()
    var counts: [String: Int] = [:]
    for number in 1...6 { counts[world.nodeName("web-\(number)") ?? "none", default: 0] += 1 }
    #expect(counts == ["node-1": 2, "node-2": 2, "node-3": 2])
  }

  @Test func theDecisionTellsScoresAndRefusals() throws {
    let world = World()
    try world.node("node-1")
    try world.node("node-2", cpu: "4")
    try world.node("node-3", taints: [["key": "k", "effect": "NoSchedule"]])
    let pod = try world.pod("web", container: ["resources": ["requests": ["cpu": "1", "memory": "1Gi"]]])
    world.loop.runDue()
    let decision = try #require(world.scheduler.decision(for: pod.uid))
    #expect(decision.nodes.map(\.node) == ["node-1", "node-2", "node-3"])
    #expect(
      decision.nodes[2].verdict
        == .refused(plugin: "TaintToleration", reasons: ["node(s) had untolerated taint(s)"]))
    guard case .feasible(let scores) = decision.nodes[1].verdict else {
      Issue.record("node-2 is not feasible")
      return
    }
    #expect(scores.first { $0.plugin == "NodeResourcesFit" }?.score == 75)
    #expect(scores.first { $0.plugin == "NodeResourcesBalancedAllocation" }?.score == 100)
    #expect(scores.first { $0.plugin == "TaintToleration" }?.weight == 3)
    #expect(decision.chosen == "node-2")
    #expect((decision.nodes[1].total ?? 0) > (decision.nodes[0].total ?? 0))
  }

  @Test func thePodOfHigherPriorityGoesFirst() throws {
    let world = World()
    try world.client.create(
      .priorityClass, ["metadata": ["name": "urgent"], "value": 1_000], cause: Cause(actor: "test"))
    try world.pod("low")
    try world.pod("high", spec: ["priorityClassName": "urgent"])
    world.loop.runDue()
    try world.node("node-1", pods: "1")
    world.advance(.seconds(15))
    #expect(world.nodeName("high") == "node-1")
    #expect(world.nodeName("low") == nil)
  }

  @Test func aHardSpreadConstraintLimitsTheSkew() throws {
    let world = World()
    try world.node("a-1", labels: ["zone": "a"])
    try world.node("b-1", labels: ["zone": "b"], taints: [["key": "k", "effect": "NoSchedule"]])
    let constraint: Value = [
      "topologySpreadConstraints": [
        [
          "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule",
          "labelSelector": ["matchLabels": ["app": "web"]],
        ]
      ]
    ]
    try world.pod("one", labels: ["app": "web"], spec: constraint)
    try world.pod("two", labels: ["app": "web"], spec: constraint)
    world.loop.runDue()
    #expect(world.nodeName("one") == "a-1")
    #expect(world.nodeName("two") == nil)
    #expect(world.message("two")?.contains("1 node(s) didn't match pod topology spread constraints") == true)
    #expect(world.message("two")?.contains("1 No preemption victims found for incoming pod") == true)
  }

  @Test func theSameSeedPlacesAlike() throws {
    func run(_ seed: UInt64) throws -> [String?] {
      let world = World(seed: seed)
      for number in 1...5 { try world.node("node-\(number)") }
      for number in 1...20 { try world.pod("web-\(number)") }
      world.loop.runDue()
      return (1...20).map { world.nodeName("web-\($0)") }
    }
    #expect(try run(3) == run(3))
    #expect(try run(3) != run(4))
  }
}
