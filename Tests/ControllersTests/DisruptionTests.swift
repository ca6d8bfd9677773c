import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Disruption controller")
struct DisruptionTests {
  let world = World()

  init() {
    for make: (Client) -> AnyObject in [
      { client in
        let controller = DisruptionController(client: client)
        controller.start()
        return controller
      },
      { client in
        let controller = ReplicaSetController(client: client)
        controller.start()
        return controller
      },
    ] {
      world.start(make)
    }
  }

  private func budget(_ field: String, _ amount: Value) -> Value {
    [
      "metadata": ["name": "web"],
      "spec": [field: amount, "selector": ["matchLabels": ["app": "web"]]] as Value,
    ]
  }

  private func count(_ field: String) -> Int64? {
    world.get(.podDisruptionBudget, "web")?["status", field]?.integer
  }

  private var condition: Value? {
    world.get(.podDisruptionBudget, "web")?["status", "conditions"]?.array?.first
  }

  @Test("A budget counts the healthy pods, and says how many may go")
  func counts() throws {
    try world.create(.podDisruptionBudget, budget("minAvailable", 2))
    world.settle()
    #expect(world.takeEvents().first == "NoPods: No matching pods found")
    try world.create(.replicaSet, World.replicaSet(replicas: 3))
    world.settle()
    #expect(count("expectedPods") == 3 && count("currentHealthy") == 0 && count("disruptionsAllowed") == 0)
    #expect(condition?["reason"] == "InsufficientPods" && condition?["status"] == "False")
    world.advance(.seconds(3))
    #expect(count("currentHealthy") == 3 && count("desiredHealthy") == 2 && count("disruptionsAllowed") == 1)
    #expect(condition?["reason"] == "SufficientPods" && condition?["message"] == "")
    #expect(count("observedGeneration") == 1)
  }

  @Test("Parts of a whole are parts of what the pods' controllers want")
  func percentages() throws {
    try world.create(.replicaSet, World.replicaSet(replicas: 5))
    try world.create(.podDisruptionBudget, budget("maxUnavailable", "30%"))
    world.advance(.seconds(3))
    #expect(count("expectedPods") == 5 && count("desiredHealthy") == 3 && count("disruptionsAllowed") == 2)
    try world.change(.replicaSet, "web") { $0["spec", "replicas"] = 2 }
    world.advance(.seconds(3))
    #expect(count("expectedPods") == 2 && count("desiredHealthy") == 1 && count("disruptionsAllowed") == 1)
  }
}
