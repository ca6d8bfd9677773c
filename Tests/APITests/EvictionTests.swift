import Kinds
import Testing
import Tree

@testable import API

@Suite("Eviction")
struct EvictionTests {
  private let world = World()
  private let budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"

  private func run(_ name: String) {
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod(name, node: "n", labels: #"{"app":"a"}"#))
    world.send(
      "PATCH", "/api/v1/namespaces/default/pods/\(name)/status",
      #"{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}"#,
      type: "application/merge-patch+json")
  }

  private func budget(allowed: Int) {
    world.send(
      "POST", budgets,
      #"{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"a"}}}}"#)
    world.send(
      "PATCH", budgets + "/b/status",
      """
      {"status":{"observedGeneration":1,"disruptionsAllowed":\(allowed),"currentHealthy":2,"desiredHealthy":2,
      "expectedPods":2}}
      """, type: "application/merge-patch+json")
  }

  private func evict(_ name: String) -> Answer {
    world.send(
      "POST", "/api/v1/namespaces/default/pods/\(name)/eviction",
      #"{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"\#(name)"}}"#)
  }

  @Test("A budget without room refuses an eviction")
  func refused() {
    run("p")
    budget(allowed: 0)
    let answer = evict("p")
    #expect(answer.status == 429)
    #expect(answer.message == "Cannot evict pod as it would violate the pod's disruption budget.")
    #expect(
      answer.value["details", "causes"] == [
        [
          "reason": "DisruptionBudget", "message": "The disruption budget b needs 2 healthy pods and has 2 currently",
        ]
      ])
  }

  @Test("An eviction takes of the budget and notes the pod")
  func taken() {
    run("p")
    run("q")
    budget(allowed: 1)
    #expect(evict("p").status == 201)
    let status = world.send("GET", budgets + "/b").value["status"]
    #expect(status?["disruptionsAllowed"] == 0)
    #expect(status?["disruptedPods", "p"] != nil)
    #expect(evict("q").status == 429)
  }

  @Test("A budget that its controller has not seen yet asks to wait")
  func unseen() {
    run("p")
    world.send("POST", budgets, #"{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{}}}"#)
    let answer = evict("p")
    #expect(answer.status == 429)
    #expect(answer.value["details", "retryAfterSeconds"] == 10)
  }

  @Test("A pod that waits, or that no budget covers, is evicted")
  func free() {
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod("w", labels: #"{"app":"a"}"#))
    budget(allowed: 0)
    #expect(evict("w").status == 201)
  }
}
