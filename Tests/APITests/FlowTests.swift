import Kinds
import Testing
import Tree

@testable import API

@Suite("Priority and fairness")
struct FlowTests {
  private let world = World()

  init() {
    for object in FlowBootstrap.objects {
      let kind = object["kind"] == "FlowSchema" ? Kind.flowSchema : .priorityLevelConfiguration
      world.create(kind, object)
    }
  }

  private func level(_ target: String, _ caller: Caller, method: String = "POST") -> String? {
    FlowClassifier(feed: world.feed).classify(APIRequest(method, target, caller: caller))?.level.name
  }

  @Test("Requests are of the levels that the cluster's own schemas say")
  func classes() {
    let pods = "/api/v1/namespaces/default/pods"
    let jane = Caller(name: "jane", groups: ["system:authenticated"])
    #expect(level(pods, .admin) == "exempt")
    #expect(level(pods, jane) == "global-default")
    #expect(level("/healthz", jane, method: "GET") == "exempt")
    let node = Caller(name: "system:node:n", groups: ["system:nodes", "system:authenticated"])
    #expect(level("/api/v1/nodes/n/status", node, method: "PATCH") == "node-high")
    #expect(level(pods, node) == "system")
    let account = Caller(
      name: "system:serviceaccount:a:b", groups: ["system:serviceaccounts", "system:authenticated"])
    #expect(level(pods, account) == "workload-low")
    let system = Caller(
      name: "system:serviceaccount:kube-system:x", groups: ["system:serviceaccounts", "system:authenticated"])
    #expect(level(pods, system) == "workload-high")
    #expect(level("/apis/coordination.k8s.io/v1/namespaces/kube-system/leases", system) == "leader-election")
  }

  @Test("Levels share the seats by their shares")
  func seats() {
    let jane = Caller(name: "jane", groups: ["system:authenticated"])
    let classifier = FlowClassifier(feed: world.feed)
    let flow = classifier.classify(APIRequest("POST", "/api/v1/namespaces", caller: jane))
    #expect(flow?.level.seats == 49)
    #expect(flow?.flow == "global-default/jane")
    #expect(flow?.headers.map(\.name) == ["X-Kubernetes-Pf-Flowschema-Uid", "X-Kubernetes-Pf-Prioritylevel-Uid"])
  }

  private func limited(seats: Int64, queues: Int64, hand: Int64, length: Int64) -> PriorityLevel? {
    let stored = world.create(
      .priorityLevelConfiguration,
      [
        "metadata": ["name": "mine"],
        "spec": [
          "type": "Limited",
          "limited": [
            "nominalConcurrencyShares": .integer(seats),
            "limitResponse": [
              "type": "Queue",
              "queuing": [
                "queues": .integer(queues), "handSize": .integer(hand), "queueLengthLimit": .integer(length),
              ],
            ],
          ],
        ],
      ])
    return stored.map { stored in
      var level = PriorityLevel(stored)
      level.seats = Int(seats)
      return level
    }
  }

  @Test("Who sends much waits in queues of his own; another's request comes soon")
  func fairness() throws {
    let level = try #require(limited(seats: 1, queues: 128, hand: 6, length: 50))
    var queue = FairQueue<String>(level)
    #expect(queue.take("first", flow: "greedy") == .runs)
    var refused = 0
    for index in 0..<400 where queue.take("greedy \(index)", flow: "greedy") == .isRefused { refused += 1 }
    #expect(refused == 100, "six queues of fifty")
    #expect(queue.take("modest", flow: "modest") == .waits)
    let order = (0..<8).compactMap { _ in queue.next() }
    #expect(order.contains("modest"), "\(order)")
    for _ in 0..<293 { _ = queue.next() }
    #expect(queue.next() == nil)
    #expect(queue.isIdle)
  }

  @Test("A level that rejects takes no more than it has seats for")
  func rejection() throws {
    let stored = try #require(
      world.create(
        .priorityLevelConfiguration,
        [
          "metadata": ["name": "narrow"],
          "spec": [
            "type": "Limited", "limited": ["nominalConcurrencyShares": 1, "limitResponse": ["type": "Reject"]],
          ],
        ]))
    var level = PriorityLevel(stored)
    level.seats = 2
    var queue = FairQueue<Int>(level)
    #expect(queue.take(1, flow: "a") == .runs)
    #expect(queue.take(2, flow: "a") == .runs)
    #expect(queue.take(3, flow: "b") == .isRefused)
    #expect(queue.next() == nil)
    #expect(queue.take(4, flow: "b") == .runs)
  }
}
