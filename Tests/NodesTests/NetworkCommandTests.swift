import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Clients in the shell")
struct NetworkCommandTests {
  private func world() throws -> World {
    let world = World(nodes: 2)
    try world.run("web", image: "nginx:1.27", node: "node-2")
    try world.run("client", image: "nginx:1.27", container: ["command": ["sleep", "100000"]])
    world.advance(.seconds(10))
    return world
  }

  private func run(_ command: String, in world: World, pod: String = "client") -> (String, Int) {
    let result = world.nodes.execute(
      ["sh", "-c", command], pod: Kind.pod.key(namespace: "default", name: pod), container: "web")
    return (result?.output ?? "", result?.exitCode ?? -1)
  }

  @Test func curlSaysWhyItCouldNotConnect() throws {
    let world = try world()
    let web = world.pod("web")?.status.podIP ?? ""
    #expect(run("curl -s \(web)", in: world).0.contains("Welcome to nginx!"))
    #expect(
      run("curl \(web):81", in: world)
        == ("curl: (7) Failed to connect to \(web) port 81 after 0 ms: Could not connect to server\n", 7))
    #expect(run("curl nothing", in: world) == ("curl: (6) Could not resolve host: nothing\n", 6))
    #expect(
      run("curl -m 2 10.244.9.9", in: world) == ("curl: (28) Connection timed out after 2000 milliseconds\n", 28))
    #expect(
      run("curl -sSf \(web)/nothing", in: world) == ("curl: (22) The requested URL returned error: 404\n", 22))
    #expect(run("curl -s -o /dev/null -w '%{http_code}\\n' \(web)", in: world) == ("200\n", 0))
    #expect(run("curl -sI \(web)", in: world).0.hasPrefix("HTTP/1.1 200 OK\nServer: nginx/1.27.0\n"))
  }

  @Test func aTimeoutTakesItsTimeInTheLog() throws {
    let world = try world()
    try world.run(
      "waiter", image: "nginx:1.27",
      container: ["command": ["sh", "-c", "date +%T; curl -m 5 10.244.9.9 || echo failed; date +%T"]],
      spec: ["restartPolicy": "Never"])
    world.advance(.seconds(3))
    let key = Kind.pod.key(namespace: "default", name: "waiter")
    #expect(world.nodes.log(pod: key, container: "web")?.count == 1)
    world.advance(.seconds(10))
    let lines = world.nodes.log(pod: key, container: "web") ?? []
    #expect(
      lines.map(\.text).dropFirst().prefix(2) == ["curl: (28) Connection timed out after 5000 milliseconds", "failed"])
    #expect(lines[1].time - lines[0].time == .seconds(5))
  }

  @Test func netcatAsksAndListens() throws {
    let world = try world()
    let web = world.pod("web")?.status.podIP ?? ""
    try world.run("box", image: "busybox", container: ["command": ["sleep", "1000"]])
    try world.run(
      "listener", image: "busybox",
      container: ["command": ["sh", "-c", "while true; do echo -e 'HTTP/1.1 200 OK\\n\\nhi' | nc -l -p 8080; done"]])
    world.advance(.seconds(10))
    #expect(run("nc -zv \(web) 80", in: world, pod: "box") == ("\(web) (\(web):80) open\n", 0))
    #expect(run("nc -zv \(web) 81", in: world, pod: "box").1 == 1)
    #expect(run("nc -z -w 2 10.244.9.9 81", in: world, pod: "box") == ("nc: timed out\n", 1))
    let listener = world.pod("listener")?.status.podIP ?? ""
    #expect(run("wget -qO- \(listener):8080", in: world, pod: "box") == ("hi\n", 0))
  }

  @Test func redisIsReachedFromAnotherPod() throws {
    let world = try world()
    try world.run("redis", image: "redis:7")
    world.advance(.seconds(10))
    let redis = world.pod("redis")?.status.podIP ?? ""
    #expect(run("redis-cli ping", in: world, pod: "redis") == ("PONG\n", 0))
    try world.run("other", image: "redis:7", container: ["command": ["sleep", "1000"]])
    world.advance(.seconds(10))
    #expect(run("redis-cli -h \(redis) ping", in: world, pod: "other") == ("PONG\n", 0))
    #expect(
      run("redis-cli ping", in: world, pod: "other")
        == ("Could not connect to Redis at 127.0.0.1:6379: Connection refused\n", 1))
  }
}
