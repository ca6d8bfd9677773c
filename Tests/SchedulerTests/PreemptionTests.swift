import API
import Kinds
import Loop
import Scheduler
import Store
import Testing
import Tree

@Suite("Preemption")
struct PreemptionTests {
  let world = World()

  init() throws {
    for (name, value) in [("low", Int64(10)), ("high", 1_000)] {
      try world.create(.priorityClass, ["metadata": ["name": .string(name)], "value": .integer(value)])
    }
    try world.create(
      .priorityClass, ["metadata": ["name": "polite"], "value": 1_000, "preemptionPolicy": "Never"])
  }

  @discardableResult
  private func pod(_ name: String, _ priority: String, cpu: String = "600m", labels: Value = [:]) throws -> StoredObject
  {
    try world.pod(
      name, labels: labels, container: ["resources": ["requests": ["cpu": .string(cpu)]]],
      spec: ["priorityClassName": .string(priority)])
  }

  private func status(_ name: String) -> Value? {
    world.client.get(.pod, namespace: "default", name: name)?.value["status"]
  }

  private func leave(_ name: String) throws {
    try world.client.delete(
      .pod, namespace: "default", name: name, options: DeleteOptions(gracePeriodSeconds: 0), cause: World.cause)
  }

  @Test("A pod of lower priority makes room: it is marked, deleted, told of, and the other goes there when it has left")
  func victims() throws {
    try world.node("node-1", cpu: "1")
    try pod("old", "low")
    world.loop.runDue()
    let urgent = try pod("urgent", "high")
    world.loop.runDue()
    #expect(world.message("urgent") == "0/1 nodes are available: 1 Insufficient cpu.")
    #expect(status("urgent")?["nominatedNodeName"] == "node-1")
    #expect(world.events("old").last == "Preempted: Preempted by pod \(urgent.uid) on node node-1")
    let condition = status("old")?["conditions"]?.array?.last
    #expect(condition?["type"] == "DisruptionTarget" && condition?["reason"] == "PreemptionByScheduler")
    #expect(condition?["message"] == "default-scheduler: preempting to accommodate a higher priority pod")
    let requests = world.writes.filter { $0.cause.actor == "kube-scheduler" && $0.revision > urgent.revision }
      .map(\.cause.request)
    #expect(
      requests == [
        "update pods/status default/old: DisruptionTarget", "preempt pods default/old for default/urgent",
        "update pods/status default/urgent: Unschedulable",
      ])
    let decision = try #require(world.scheduler.decision(for: urgent.uid))
    #expect(decision.nominated == "node-1" && decision.victims.map(\.pod.name) == ["old"])
    try leave("old")
    world.advance(.seconds(1))
    #expect(world.nodeName("urgent") == "node-1" && status("urgent")?["nominatedNodeName"] == nil)
  }

  @Test("While its victims leave, a pod waits for them and takes no others")
  func waiting() throws {
    try world.node("node-1", cpu: "1")
    try pod("old", "low")
    world.loop.runDue()
    try pod("urgent", "high")
    world.loop.runDue()
    world.advance(.seconds(400))
    #expect(
      world.message("urgent")
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: "
        + "not eligible due to a terminating pod on the nominated node.")
    #expect(status("urgent")?["nominatedNodeName"] == "node-1")
  }

  @Test("The room that is made for a pod goes to none of lower priority")
  func nominatedRoom() throws {
    try world.node("node-1", cpu: "1")
    try pod("old", "low")
    world.loop.runDue()
    try pod("urgent", "high")
    world.loop.runDue()
    try pod("sneaky", "low")
    try leave("old")
    world.advance(.seconds(30))
    #expect(world.nodeName("urgent") == "node-1" && world.nodeName("sneaky") == nil)
  }

  @Test("A pod whose policy is Never waits, and says so")
  func never() throws {
    try world.node("node-1", cpu: "1")
    try pod("old", "low")
    world.loop.runDue()
    try pod("polite", "polite")
    world.loop.runDue()
    #expect(
      world.message("polite")
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: "
        + "not eligible due to preemptionPolicy=Never.")
    #expect(world.nodeName("old") == "node-1" && status("old")?["conditions"]?.array?.count == 1)
  }

  @Test("Where others of lower priority are too small to help, the message says what is short")
  func tooSmall() throws {
    try world.node("node-1", cpu: "1")
    try world.node("node-2", cpu: "500m")
    try pod("vip", "high", cpu: "500m")
    world.loop.runDue()
    try world.pod("bystander", container: ["resources": ["requests": ["cpu": "400m"]]])
    world.loop.runDue()
    try pod("urgent", "high", cpu: "900m")
    world.loop.runDue()
    let message = try #require(world.message("urgent"))
    #expect(
      message.hasPrefix("0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2"))
    #expect(message.contains("1 Preemption is not helpful for scheduling"))
  }

  @Test("Victims are sought where no disruption budget keeps them, and as few and unimportant as will do")
  func bestVictims() throws {
    try world.node("a", cpu: "1")
    try world.node("b", cpu: "1")
    try pod("kept", "low", labels: ["app": "kept"])
    try pod("free", "low", labels: ["app": "free"])
    world.loop.runDue()
    try world.create(
      .podDisruptionBudget,
      [
        "metadata": ["name": "budget", "namespace": "default"],
        "spec": ["minAvailable": 1, "selector": ["matchLabels": ["app": "kept"]]],
      ])
    try pod("urgent", "high")
    world.loop.runDue()
    #expect(status("urgent")?["nominatedNodeName"]?.string == world.nodeName("free"))
    #expect(world.client.get(.pod, namespace: "default", name: "kept")?.value["metadata", "deletionTimestamp"] == nil)
  }

  @Test("Of a node's pods only those go that have to")
  func fewVictims() throws {
    try world.node("node-1", cpu: "1")
    for name in ["one", "two", "three"] { try pod(name, "low", cpu: "300m") }
    world.loop.runDue()
    try pod("urgent", "high", cpu: "300m")
    world.loop.runDue()
    let gone = ["one", "two", "three"].filter {
      world.client.get(.pod, namespace: "default", name: $0)?.value["metadata", "deletionTimestamp"] != nil
    }
    #expect(gone.count == 1)
  }
}
