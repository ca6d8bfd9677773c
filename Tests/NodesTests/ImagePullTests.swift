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
    #expect(message.hasPrefix("rpc error: code = Unknown desc = failed to pull and unpack image"))
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
    #expect(images.first?["names"]?.array?.first?.string == "docker.io/library/nginx:1.27")
  }

  @Test func policyNeverRefusesAnAbsentImage() throws {
    let world = World()
    try world.run("web", image: "nginx:1.27", container: ["imagePullPolicy": "Never"])
    world.advance(.seconds(2))
    #expect(world.state("web") == "waiting ErrImageNeverPull")
  }

  @Test func pullsOfOneNodeGoOneAfterAnother() throws {
    let world = World()
    try world.run("one", image: "postgres:17")
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
