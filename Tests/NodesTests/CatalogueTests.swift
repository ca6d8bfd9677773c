import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Well-known images")
struct CatalogueTests {
  private func key(_ name: String) -> ObjectKey { Kind.pod.key(namespace: "default", name: name) }

  private func ask(_ command: String, in world: World, pod: String = "client") -> String {
    world.nodes.execute(["sh", "-c", command], pod: key(pod), container: "web")?.output ?? ""
  }

  private func ip(_ name: String, in world: World) -> String { world.pod(name)?.status.podIP ?? "" }

  private func client(_ world: World) throws {
    try world.run("client", image: "nginx:1.27", container: ["command": ["sleep", "100000"]])
  }

  @Test func aDatabaseWantsAPassword() throws {
    let world = World()
    try world.run("bare", image: "mysql:8.0")
    try world.run(
      "told", image: "mysql:8.0", container: ["env": [["name": "MYSQL_ROOT_PASSWORD", "value": "secret"]]])
    world.advance(.seconds(40))
    #expect(world.state("bare") == "waiting CrashLoopBackOff")
    let lines = (world.nodes.log(pod: key("bare"), container: "web") ?? []).map(\.text)
    #expect(lines.contains("    - MYSQL_ROOT_PASSWORD"))
    #expect(world.state("told") == "running")
    #expect(world.nodes.log(pod: key("told"), container: "web")?.last?.text.contains("ready for connections") == true)
    try world.run("postgres", image: "postgres:17", spec: ["restartPolicy": "Never"])
    world.advance(.seconds(20))
    #expect(world.state("postgres") == "terminated Error 1")
  }

  @Test func agnhostDoesWhatItsArgumentsSay() throws {
    let world = World()
    let image = "registry.k8s.io/e2e-test-images/agnhost:2.53"
    try client(world)
    try world.run("net", image: image, container: ["args": ["netexec", "--http-port=8080"]])
    try world.run("name", image: image, container: ["command": ["/agnhost", "serve-hostname"]])
    try world.run("odd", image: image, container: ["args": ["nosuchthing"]], spec: ["restartPolicy": "Never"])
    try world.run("still", image: image)
    world.advance(.seconds(15))
    #expect(ask("curl -s \(ip("net", in: world)):8080/hostname", in: world) == "net")
    #expect(ask("curl -s '\(ip("net", in: world)):8080/echo?msg=hi'", in: world) == "hi")
    #expect(ask("curl -s \(ip("name", in: world)):9376", in: world) == "name")
    #expect(world.state("odd") == "terminated Error 1")
    #expect(world.state("still") == "running")
  }

  @Test func agnhostsLivenessFailsAfterTenSeconds() throws {
    let world = World()
    try world.run(
      "live", image: "registry.k8s.io/e2e-test-images/agnhost:2.40",
      container: [
        "args": ["liveness"],
        "livenessProbe": [
          "httpGet": ["path": "/healthz", "port": 8080], "initialDelaySeconds": 3, "periodSeconds": 3,
          "timeoutSeconds": 1, "successThreshold": 1, "failureThreshold": 3,
        ],
      ])
    world.advance(.seconds(12))
    #expect(world.pod("live")?.status.containerStatuses.first?.restartCount == 0)
    world.advance(.seconds(20))
    #expect(world.pod("live")?.status.containerStatuses.first?.restartCount == 1)
    #expect(
      world.events("live").contains {
        $0.hasPrefix("Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500")
      })
  }

  @Test func stressUsesWhatItIsTold() throws {
    let world = World()
    func run(_ name: String, bytes: String, limit: String) throws {
      try world.run(
        name, image: "polinux/stress",
        container: [
          "command": ["stress"], "args": ["--vm", "1", "--vm-bytes", .string(bytes), "--vm-hang", "1"],
          "resources": ["limits": ["memory": .string(limit)]],
        ])
    }
    try run("fits", bytes: "150M", limit: "200Mi")
    try run("not", bytes: "250M", limit: "100Mi")
    try world.run(
      "cpu", image: "vish/stress", container: ["args": ["-cpus", "2"], "resources": ["limits": ["cpu": "1"]]])
    world.advance(.seconds(20))
    #expect(world.state("fits") == "running")
    #expect(world.nodes.usage(ofPod: key("fits"))?.first?.usage.memory == 151 << 20)
    let end = world.pod("not")?.status.containerStatuses.first?.lastState?["terminated"]
    #expect(end?["reason"] == "OOMKilled")
    #expect(world.nodes.usage(ofPod: key("cpu"))?.first?.usage.milliCPU == 1_000)
  }

  @Test func smallServersAnswerAsTheyDo() throws {
    let world = World()
    try client(world)
    try world.run("echo", image: "hashicorp/http-echo", container: ["args": ["-text=blue", "-listen=:8080"]])
    try world.run("app", image: "gcr.io/google-samples/hello-app:1.0")
    try world.run("camp", image: "gcr.io/google-samples/kubernetes-bootcamp:v1")
    try world.run("slim", image: "k8s.gcr.io/nginx-slim:0.8")
    try world.run("user", image: "nginxinc/nginx-unprivileged:latest")
    world.advance(.seconds(30))
    #expect(ask("curl -s \(ip("echo", in: world)):8080", in: world) == "blue\n")
    #expect(ask("curl -s \(ip("app", in: world)):8080", in: world) == "Hello, world!\nVersion: 1.0.0\nHostname: app\n")
    #expect(
      ask("curl -s \(ip("camp", in: world)):8080", in: world)
        == "Hello Kubernetes bootcamp! | Running on: camp | v=1\n")
    world.advance(.seconds(1))
    let last = world.nodes.log(pod: key("camp"), container: "web")?.last?.text ?? ""
    #expect(last.hasPrefix("Running On: camp | Total Requests: 1 | App Uptime: "))
    #expect(world.state("slim") == "running")
    #expect(ask("curl -s \(ip("user", in: world)):8080", in: world).contains("Welcome to nginx!"))
  }

  @Test func curlsImageRunsCurlWithTheContainersArguments() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27")
    world.advance(.seconds(8))
    try world.run(
      "once", image: "curlimages/curl",
      container: ["args": ["-s", "-o", "/dev/null", "-w", "%{http_code}", .string(ip("web", in: world))]],
      spec: ["restartPolicy": "Never"])
    try world.run("hello", image: "hello-world", spec: ["restartPolicy": "Never"])
    world.advance(.seconds(8))
    #expect(world.nodes.log(pod: key("once"), container: "web")?.map(\.text) == ["200"])
    #expect(world.state("once") == "terminated Completed 0")
    #expect(world.nodes.log(pod: key("hello"), container: "web")?.contains { $0.text == "Hello from Docker!" } == true)
  }
}
