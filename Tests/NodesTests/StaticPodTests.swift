import API
import Kinds
import Loop
import Nodes
import Store
import Testing
import Tree

@Suite("Static pods")
struct StaticPodTests {
  private static let manifest = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {role: static}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
      - name: web
        image: nginx:1.27
    """
  private static let name = "web-node-1"

  private func keep(_ files: [String: String], in world: World) throws {
    var data: Value = [:]
    for (file, text) in files.sorted(by: { $0.key < $1.key }) { data[file] = .string(text) }
    let map: Value = ["metadata": ["name": "static-pods-node-1", "namespace": "kube-system"], "data": data]
    if world.client.get(.configMap, namespace: "kube-system", name: "static-pods-node-1") == nil {
      try world.create(.configMap, map)
    } else {
      try world.client.update(.configMap, map, cause: World.cause)
    }
  }

  private func started() throws -> World {
    let world = World()
    world.advance(.seconds(1))
    try keep(["web.yaml": Self.manifest], in: world)
    world.advance(.seconds(15))
    return world
  }

  @Test("A manifest's pod runs, and the API shows its mirror")
  func mirror() throws {
    let world = try started()
    let pod = try #require(world.pod(Self.name))
    #expect(world.state(Self.name) == "running")
    #expect(pod.isReady)
    let annotations = pod.metadata.value["annotations"]
    let hash = try #require(annotations?["kubernetes.io/config.hash"]?.string)
    #expect(hash.utf8.count == 32)
    #expect(annotations?["kubernetes.io/config.mirror"]?.string == hash)
    #expect(annotations?["kubernetes.io/config.source"] == "file")
    #expect(annotations?["kubernetes.io/config.seen"]?.string?.hasPrefix("2026-11-21T10:00:01") == true)
    let owner = try #require(pod.metadata.controller)
    #expect(owner.kind == "Node" && owner.name == "node-1")
    #expect(owner.uid == world.client.get(.node, name: "node-1")?.uid)
    #expect(pod.spec.tolerations == [["effect": "NoExecute", "operator": "Exists"]])
    #expect(pod.uid != hash)
    #expect(world.reasons(Self.name) == ["Pulling", "Pulled", "Created", "Started"])
    let about = Set(
      world.client.list(.event).filter { $0.value["involvedObject", "kind"] == "Pod" }
        .map { $0.value["involvedObject", "uid"]?.string })
    #expect(about == [hash])
  }

  @Test("A mirror that is deleted comes back, and its containers run on")
  func deletion() throws {
    let world = try started()
    let before = try #require(world.pod(Self.name))
    try world.delete(Self.name)
    world.advance(.seconds(5))
    let after = try #require(world.pod(Self.name))
    #expect(after.uid != before.uid)
    #expect(!after.metadata.isDeleting)
    #expect(after.status.containerStatuses == before.status.containerStatuses)
    #expect(after.status.value["startTime"] == before.status.value["startTime"])
  }

  @Test("A manifest that is taken away ends its pod with grace")
  func removal() throws {
    let world = try started()
    try keep([:], in: world)
    world.loop.runDue()
    #expect(world.pod(Self.name) != nil)
    world.advance(.seconds(10))
    #expect(world.pod(Self.name) == nil)
    #expect(world.reasons(Self.name).contains("Killing"))
  }

  @Test("Another manifest is another pod, which waits for the end of the one before")
  func change() throws {
    let world = try started()
    let before = try #require(world.pod(Self.name))
    try keep(["web.yaml": Self.manifest.replacing("1.27", with: "1.28")], in: world)
    world.advance(.seconds(20))
    let after = try #require(world.pod(Self.name))
    #expect(
      after.metadata.value["annotations", "kubernetes.io/config.hash"]
        != before.metadata.value["annotations", "kubernetes.io/config.hash"])
    #expect(after.spec.containers.first?.image == "nginx:1.28")
    #expect(world.state(Self.name) == "running")
    #expect(after.status.containerStatuses.first?.restartCount == 0)
    let ends = world.reasons(Self.name)
    let killing = try #require(ends.firstIndex(of: "Killing"))
    #expect(ends.lastIndex(of: "Started")! > killing)
  }

  @Test("A manifest that needs objects of the API is refused")
  func references() throws {
    let world = World()
    let reference = Self.manifest + "\n    envFrom: [{configMapRef: {name: settings}}]"
    try keep(["a.yaml": reference, "b.yaml": "kind: Service", ".c.yaml": Self.manifest], in: world)
    world.advance(.seconds(10))
    #expect(world.client.list(.pod).isEmpty)
    let events = world.events("node-1").filter { $0.hasPrefix("FailedValidation") }
    #expect(
      events.first
        == "FailedValidation: /etc/kubernetes/manifests/a.yaml: static pods may not reference configmaps")
    #expect(events.count == 2)
  }

  @Test("A pod that mounts the directory can write a manifest into it")
  func hostPath() throws {
    let world = World()
    let text =
      "apiVersion: v1\\nkind: Pod\\nmetadata: {name: cache}\\n"
      + "spec: {containers: [{name: c, image: redis:7.2}]}\\n"
    try world.run(
      "writer", image: "busybox:1.36",
      container: [
        "command": ["sh", "-c", .string("printf '\(text)' > /manifests/cache.yaml; sleep 1000")],
        "volumeMounts": [["name": "m", "mountPath": "/manifests"]],
      ], spec: ["volumes": [["name": "m", "hostPath": ["path": "/etc/kubernetes/manifests"]]]])
    world.advance(.seconds(60))
    #expect(world.state("cache-node-1", "c") == "running")
    let map = world.client.get(.configMap, namespace: "kube-system", name: "static-pods-node-1")
    #expect(map?.value["data", "cache.yaml"]?.string?.contains("name: cache") == true)
  }

  @Test("After a restart of the cluster it is the same pod")
  func restart() throws {
    let world = try started()
    let before = try #require(world.pod(Self.name))
    let loop = Loop(now: world.loop.now, seed: 99)
    let store = Store(loop: loop, snapshot: world.store.snapshot)
    let client = Client(writer: ObjectWriter(store: store, loop: loop))
    let nodes = NodePool(client: client)
    nodes.start()
    loop.advance(to: loop.now + .seconds(120))
    let after = Pod(try #require(client.get(.pod, namespace: "default", name: Self.name)?.value))
    #expect(after.uid == before.uid)
    #expect(after.status.containerStatuses == before.status.containerStatuses)
  }
}
