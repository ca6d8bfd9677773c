import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Logs")
struct LogTests {
  private let key = Kind.pod.key(namespace: "default", name: "web")

  @Test func theLastRunsLogIsKeptOverARestart() throws {
    let world = World()
    try world.run("web", image: "hello:broken")
    #expect(world.nodes.log(pod: key, container: "web") == nil)
    world.advance(.seconds(4))
    #expect(world.nodes.log(pod: key, container: "web", previous: true) == nil)
    world.advance(.seconds(3))
    let previous = try #require(world.nodes.log(pod: key, container: "web", previous: true))
    #expect(previous.map(\.text).last == "panic: cannot open /etc/hello/config.yaml: no such file")
    #expect(previous.first?.text == "hello broken starting")
    #expect(previous.map(\.time) == previous.map(\.time).sorted())
  }

  @Test func aFollowerHearsEachLineAndTheEnd() throws {
    let world = World()
    try world.run(
      "web", image: "busybox", container: ["command": ["sh", "-c", "for i in 1 2 3; do echo line $i; sleep 1; done"]],
      spec: ["restartPolicy": "Never"])
    var heard: [String] = []
    for _ in 0..<40 where heard.isEmpty {
      world.advance(.milliseconds(100))
      guard world.state("web") == "running" else { continue }
      let id = world.nodes.follow(pod: key, container: "web") { heard.append($0?.text ?? "end") }
      #expect(id != nil)
      heard.append("begin")
    }
    world.advance(.seconds(10))
    #expect(Array(heard.suffix(3)) == ["line 2", "line 3", "end"])
  }

  @Test func aLongLogForgetsItsBeginning() throws {
    let world = World()
    try world.run(
      "web", image: "busybox", container: ["command": ["sh", "-c", "while true; do echo tick; sleep 1; done"]])
    world.advance(.seconds(6_000))
    #expect(world.nodes.log(pod: key, container: "web")?.count == 5_000)
  }

  @Test func nginxWritesItsStartUpLines() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(5))
    let lines = world.nodes.log(pod: key, container: "web")?.map(\.text) ?? []
    #expect(lines.first?.hasPrefix("/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty") == true)
    #expect(lines.contains { $0.hasSuffix("[notice] 1#1: nginx/1.27.0") })
  }
}
