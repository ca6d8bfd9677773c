import API
import Cluster
import ClusterTesting
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("A cluster's limits")
struct LimitTests {
  static let limits = ClusterLimits(pods: 150, events: 300, objects: 400)

  let lab: Lab

  init() throws {
    lab = try Lab(
      ClusterOptions(nodes: 1, seed: 7, identity: .paper, limits: Self.limits), journal: MemoryJournal())
    lab.advance(bySeconds: 1)
  }

  private func manifest(_ kind: String, _ apiVersion: String, _ fields: String) -> String {
    """
    apiVersion: \(apiVersion)
    kind: \(kind)
    metadata: {name: web}
    spec:
      \(fields)
      template:
        metadata: {labels: {app: web}}
        spec:
          restartPolicy: \(kind == "Job" ? "Never" : "Always")
          containers: [{name: web, image: "nginx:1.27"}]
    """
  }

  private func makePods(_ kind: String, _ apiVersion: String, _ fields: String) {
    #expect(lab.apply(manifest(kind, apiVersion, fields)).status == 0)
    lab.advance(bySeconds: 8)
  }

  private var podCount: Int { lab.cluster.client.list(.pod).count }

  @Test("Two billion replicas of a Deployment end at the limit, and are told of")
  func deployment() throws {
    makePods("Deployment", "apps/v1", "replicas: 2147483647\n  selector: {matchLabels: {app: web}}")
    #expect(podCount == 150)
    let condition = try #require(
      lab.object(.deployment, "web")?["status", "conditions"]?.array?.first { $0["type"] == "ReplicaFailure" })
    #expect(condition["reason"] == "FailedCreate")
    let message = try #require(condition["message"]?.string)
    #expect(
      message.hasSuffix(
        "is forbidden: exceeded limit of this cluster, requested: pods=1, used: pods=150, limited: pods=150"))
  }

  @Test(
    "So do those of other workloads",
    arguments: [
      ("StatefulSet", "apps/v1", "replicas: 2147483647\n  podManagementPolicy: Parallel"),
      ("StatefulSet", "apps/v1", "replicas: 2147483647"),
      ("Job", "batch/v1", "parallelism: 2147483647\n  completions: 2147483647"),
      ("Job", "batch/v1", "parallelism: 100000\n  completions: 10000000\n  completionMode: Indexed"),
    ])
  func others(kind: String, apiVersion: String, fields: String) {
    let selector = kind == "Job" ? "" : "\n  serviceName: web\n  selector: {matchLabels: {app: web}}"
    makePods(kind, apiVersion, fields + selector)
    // In order, each waits for the one before it.
    if fields == "replicas: 2147483647" { #expect((2...60).contains(podCount)) } else { #expect(podCount == 150) }
  }

  @Test("A full cluster takes no more objects, and takes changes and deletions")
  func objects() {
    var refusal = ""
    for index in 0..<400 where refusal.isEmpty { refusal = lab.kubectl("create configmap c\(index)").errors }
    #expect(
      refusal.contains(
        "is forbidden: exceeded limit of this cluster, requested: objects=1, used: objects=400, limited: objects=400"))
    #expect(lab.kubectl("label configmap c0 a=b").status == 0)
    #expect(lab.kubectl("delete configmap c0").status == 0)
    #expect(lab.kubectl("create configmap again").status == 0)
  }

  @Test("A turn ends when it is told to, and goes on with the rest in the next")
  func turns() throws {
    var pieces = 0
    for _ in 0..<10 { lab.cluster.loop.schedule(as: "test") { pieces += 1 } }
    let clock = lab.kubectl("patch clock cluster --type merge -p '{\"spec\": {\"paused\": false}}'")
    #expect(clock.status == 0, "\(clock.errors)")
    try lab.cluster.turn([], real: 1) { pieces < 4 }
    #expect(pieces == 4)
    #expect(lab.cluster.nextTurn(real: 1) == 1)
    try lab.cluster.turn([], real: 2)
    #expect(pieces == 10)
  }
}
