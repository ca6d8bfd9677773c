import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("After a restart of the whole cluster")
struct RestorationTests {
  @Test func machinesAndPodsGoOnWhereTheyWere() throws {
    let world = World(nodes: 2)
    try world.run("web", image: "nginx:1.27")
    try world.run("crash", image: "hello:broken", node: "node-2")
    try world.run(
      "count", image: "busybox", container: ["command": ["sh", "-c", "while true; do date; sleep 10; done"]])
    world.advance(.seconds(60))
    let before = try #require(world.pod("web"))
    let loop = Loop(now: world.loop.now, seed: 99)
    let store = Store(loop: loop, snapshot: world.store.snapshot)
    let client = Client(writer: ObjectWriter(store: store, loop: loop))
    let nodes = NodePool(client: client)
    nodes.start()
    loop.advance(to: loop.now + .seconds(30))
    let after = Pod(try #require(client.get(.pod, namespace: "default", name: "web")?.value))
    #expect(after.status.containerStatuses == before.status.containerStatuses)
    #expect(after.isReady)
    #expect(after.status.podIP == before.status.podIP)
    let lines = nodes.log(pod: Kind.pod.key(namespace: "default", name: "count"), container: "web") ?? []
    #expect((8...10).contains(lines.count), "\(lines.count)")
    loop.advance(to: loop.now + .seconds(120))
    let crash = Pod(try #require(client.get(.pod, namespace: "default", name: "crash")?.value))
    #expect((crash.status.containerStatuses.first?.restartCount ?? 0) > 3)
    #expect(nodes.addMachine(name: "node-2") == false)
  }

  @Test func aNodeThatAUserCreatesIsOnlyAnObject() throws {
    let world = World()
    try world.create(.node, ["metadata": ["name": "mine"]])
    try world.run("web", image: "nginx:1.27", node: "mine")
    world.advance(.seconds(60))
    #expect(world.pod("web")?.status.phase != "Running")
    #expect(world.client.get(.lease, namespace: "kube-node-lease", name: "mine") == nil)
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    func run() throws -> [[UInt8]] {
      let world = World(nodes: 3, seed: 11)
      for number in 1...6 {
        try world.run(
          "web-\(number)", image: number % 2 == 0 ? "nginx:1.27" : "hello:broken", node: "node-\(number % 3 + 1)")
      }
      world.advance(.seconds(120))
      return world.writes.map(\.object.json)
    }
    #expect(try run() == run())
  }
}
