import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Image pulls")
struct ImagePullTests {
  @Test func anUnknownTagIsRefusedInContainerdsWordsAndRetriedWithBackOff() throws {
    let world = World()
    try world.run("web", image: "nginx:9.99")
    world.advance(.seconds(2))
    #expect(world.state("web") == "waiting ErrImagePull")
    let name = "docker.io/library/nginx:9.99"
    let problem =
      "rpc error: code = NotFound desc = failed to pull and unpack image \"\(name)\": failed to resolve reference "
      + "\"\(name)\": \(name): not found"
    #expect(
      Array(world.events("web").prefix(3)) == [
        "Pulling: Pulling image \"nginx:9.99\"", "Failed: Failed to pull image \"nginx:9.99\": \(problem)",
        "Failed: Error: ErrImagePull",
      ])
    world.advance(.seconds(3))
    #expect(world.state("web") == "waiting ImagePullBackOff")
    let waiting = world.pod("web")?.status.containerStatuses.first?.state?["waiting"]?["message"]?.string
    #expect(waiting == "Back-off pulling image \"nginx:9.99\": ErrImagePull: \(problem)")
    #expect(world.pod("web")?.status.phase == "Pending")
    world.advance(.seconds(115))
    // Pulls at about 0, 10, 30 and 70 seconds.
    #expect(world.events("web").first == "Pulling: Pulling image \"nginx:9.99\" (x4)")
  }

  @Test func anUnknownRepositoryIsRefused() throws {
    let world = World()
    try world.run("web", image: "nosuch/thing")
    world.advance(.seconds(2))
    let message = world.pod("web")?.status.containerStatuses.first?.state?["waiting"]?["message"]?.string ?? ""
    #expect(message.hasPrefix("failed to pull and unpack image"))
    #expect(message.contains("docker.io/nosuch/thing:latest"))
    #expect(message.contains("pull access denied, repository does not exist or may require authorization"))
  }

  @Test func anImageThatIsPresentIsNotPulledAgain() throws {
    let world = World()
    try world.run("one", image: "nginx:1.27")
    world.advance(.seconds(10))
    try world.run("two", image: "nginx:1.27")
    world.advance(.seconds(2))
    #expect(
      world.events("two").first
        == "Pulled: Container image \"nginx:1.27\" already present on machine and can be accessed by the pod")
    #expect(world.state("two") == "running")
    world.advance(.seconds(10))
    let images = world.client.get(.node, name: "node-1")?.value["status", "images"]?.array ?? []
    let names = (images.first?["names"]?.array ?? []).compactMap(\.string)
    #expect(names.last == "docker.io/library/nginx:1.27")
    #expect(names.first == world.pod("one")?.status.containerStatuses.first?.imageID)
  }

  @Test func policyNeverRefusesAnAbsentImage() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27", container: ["imagePullPolicy": "Never"])
    world.advance(.seconds(2))
    #expect(world.state("web") == "waiting ErrImageNeverPull")
  }

  private static let privateName = "registry.example.com/private/hello:1.0"

  private func secret(_ name: String, _ content: String) -> Value {
    [
      "metadata": ["name": .string(name), "namespace": "default"], "type": "kubernetes.io/dockerconfigjson",
      "data": [".dockerconfigjson": .string(content)],
    ]
  }

  @Test func aPrivateImageNeedsALogin() throws {
    let world = World()
    try world.run("web", image: Self.privateName, spec: ["imagePullSecrets": [["name": "regcred"]]])
    world.advance(.seconds(2))
    #expect(world.state("web") == "waiting ErrImagePull")
    #expect(
      world.events("web").first
        == "FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred); attempting to pull "
        + "the image may not succeed.")
    let message = world.pod("web")?.status.containerStatuses.first?.state?["waiting"]?["message"]?.string ?? ""
    #expect(message.hasPrefix("failed to pull and unpack image \"\(Self.privateName)\": failed to resolve reference "))
    #expect(
      message.hasSuffix(
        "failed to fetch anonymous token: unexpected status from GET request to "
          + "https://registry.example.com/token?scope=repository%3Aprivate%2Fhello%3Apull&service=registry.example.com: "
          + "401 Unauthorized"))
    // {"auths":{"registry.example.com":{"username":"learner","password":"podium"}}}
    try world.create(
      .secret,
      secret(
        "regcred",
        "eyJhdXRocyI6eyJyZWdpc3RyeS5leGFtcGxlLmNvbSI6eyJ1c2VybmFtZSI6ImxlYXJuZXIiLCJwYXNzd29yZCI6InBvZGl1bSJ9fX0="))
    world.advance(.seconds(30))
    #expect(world.state("web") == "running")
  }

  @Test func aWrongLoginIsRefusedAndAnImageOnTheNodeIsNotForAll() throws {
    let world = World()
    // {"auths":{"https://registry.example.com/v1/":{"auth":"bGVhcm5lcjpwb2RpdW0="}}}
    try world.create(
      .secret,
      secret(
        "right",
        "eyJhdXRocyI6eyJodHRwczovL3JlZ2lzdHJ5LmV4YW1wbGUuY29tL3YxLyI6eyJhdXRoIjoiYkdWaGNtNWxjanB3YjJScGRXMD0ifX19"))
    // {"auths":{"registry.example.com":{"username":"learner","password":"wrong"}}}
    try world.create(
      .secret,
      secret(
        "wrong",
        "eyJhdXRocyI6eyJyZWdpc3RyeS5leGFtcGxlLmNvbSI6eyJ1c2VybmFtZSI6ImxlYXJuZXIiLCJwYXNzd29yZCI6Indyb25nIn19fQ=="))
    try world.run("first", image: Self.privateName, spec: ["imagePullSecrets": [["name": "right"]]])
    world.advance(.seconds(5))
    #expect(world.state("first") == "running")
    try world.run("second", image: Self.privateName, spec: ["imagePullSecrets": [["name": "wrong"]]])
    try world.run("third", image: Self.privateName, container: ["imagePullPolicy": "Never"])
    world.advance(.seconds(3))
    let message = world.pod("second")?.status.containerStatuses.first?.state?["waiting"]?["message"]?.string ?? ""
    #expect(message.contains("failed to fetch oauth token: unexpected status from POST request to"))
    #expect(world.state("third") == "waiting ErrImageNeverPull")
  }

  @Test func pullsOfOneNodeGoOneAfterAnother() throws {
    let world = World()
    try world.run("one", image: "postgres:17", container: ["env": [["name": "POSTGRES_PASSWORD", "value": "secret"]]])
    try world.run("two", image: "redis:7")
    world.advance(.seconds(2))
    #expect(world.state("two") == "waiting ContainerCreating")
    world.advance(.seconds(5))
    #expect(world.state("one") == "running")
    #expect(world.state("two") == "running")
  }

  @Test func anImageObjectAddsAnImageAndChangesOne() throws {
    let world = World()
    try world.create(
      .image,
      [
        "metadata": ["name": "shop"],
        "spec": [
          "repository": "shop", "tags": ["1.0"], "pull": ["seconds": 1], "ports": [["port": 9000]],
          "logs": [["text": "shop is open"], ["text": "tick", "everySeconds": 10]],
          "run": ["seconds": 30, "exitCode": 3],
        ],
      ])
    try world.run("shop", image: "shop:1.0", spec: ["restartPolicy": "Never"])
    world.advance(.seconds(5))
    #expect(world.state("shop") == "running")
    world.advance(.seconds(40))
    #expect(world.state("shop") == "terminated Error 3")
    #expect(world.pod("shop")?.status.phase == "Failed")
    let lines = world.nodes.log(pod: Kind.pod.key(namespace: "default", name: "shop"), container: "web") ?? []
    #expect(lines.map(\.text) == ["shop is open", "tick", "tick", "tick", "tick"])
    try world.run("other", image: "shop:2.0")
    world.advance(.seconds(2))
    #expect(world.state("other") == "waiting ErrImagePull")
  }
}
