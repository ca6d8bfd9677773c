import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("StatefulSet controller")
struct StatefulSetTests {
  let world = World()

  init() {
    world.start { client in
      let controller = StatefulSetController(client: client)
      controller.start()
      return controller
    }
  }

  private func set(_ replicas: Int, spec: Value = [:]) -> Value {
    var whole: Value = [
      "replicas": .integer(Int64(replicas)), "serviceName": "db", "selector": ["matchLabels": ["app": "db"]],
      "template": [
        "metadata": ["labels": ["app": "db"]], "spec": ["containers": [["name": "db", "image": "nginx:1.27"]]],
      ],
    ]
    for member in spec.object ?? Members() { whole[member.key] = member.value }
    return ["metadata": ["name": "db"], "spec": whole]
  }

  private var status: Value { world.get(.statefulSet, "db")?["status"] ?? .null }
  private var names: [String] { world.pods.map(\.name) }

  private func setImage(_ image: String) throws {
    try world.change(.statefulSet, "db") { value in
      value["spec", "template", "spec", "containers"] = [["name": "db", "image": .string(image)]]
    }
  }

  @Test("Pods are made one after the other, each with its name, labels and host name")
  func ordered() throws {
    try world.create(.statefulSet, set(3))
    world.settle()
    #expect(names == ["db-0"])
    let first = world.pods[0]
    let revision = try #require(world.client.list(.controllerRevision).first)
    #expect(first.metadata.labels["statefulset.kubernetes.io/pod-name"] == "db-0")
    #expect(first.metadata.labels["apps.kubernetes.io/pod-index"] == "0")
    #expect(first.metadata.labels["controller-revision-hash"] == revision.name)
    #expect(first.value["spec", "hostname"] == "db-0" && first.value["spec", "subdomain"] == "db")
    #expect(first.metadata.controller?.kind == "StatefulSet")
    world.advance(.seconds(2))
    #expect(names == ["db-0", "db-1"])
    world.advance(.seconds(10))
    #expect(names == ["db-0", "db-1", "db-2"])
    #expect(
      world.takeEvents() == [0, 1, 2].map { "SuccessfulCreate: create Pod db-\($0) in StatefulSet db successful" })
    #expect(
      status == [
        "observedGeneration": 1, "readyReplicas": 3, "currentReplicas": 3, "updatedReplicas": 3, "replicas": 3,
        "availableReplicas": 3, "currentRevision": .string(revision.name), "updateRevision": .string(revision.name),
        "collisionCount": 0,
      ])
  }

  @Test("A parallel set makes its pods at once, from its first ordinal on")
  func parallel() throws {
    try world.create(.statefulSet, set(3, spec: ["podManagementPolicy": "Parallel", "ordinals": ["start": 5]]))
    world.settle()
    #expect(names == ["db-5", "db-6", "db-7"])
  }

  @Test("Scaling down takes the highest ordinal first and waits for it to end")
  func scaleDown() throws {
    try world.create(.statefulSet, set(3))
    world.advance(.seconds(10))
    _ = world.takeEvents()
    try world.change(.statefulSet, "db") { $0["spec", "replicas"] = 1 }
    world.advance(.seconds(5))
    #expect(names == ["db-0"])
    #expect(
      world.takeEvents() == [2, 1].map { "SuccessfulDelete: delete Pod db-\($0) in StatefulSet db successful" })
  }

  @Test("An update replaces the pods from the highest ordinal down, and a partition holds those below it")
  func rollingUpdate() throws {
    let partition: Value = ["type": "RollingUpdate", "rollingUpdate": ["partition": 1]]
    try world.create(.statefulSet, set(3, spec: ["updateStrategy": partition]))
    world.advance(.seconds(10))
    let first = try #require(status["currentRevision"]?.string)
    _ = world.takeEvents()
    try setImage("nginx:1.28")
    world.advance(.seconds(20))
    let revisions = world.pods.map { $0.metadata.labels["controller-revision-hash"] ?? "" }
    let second = try #require(status["updateRevision"]?.string)
    #expect(revisions == [first, second, second] && first != second)
    #expect(status["currentRevision"]?.string == first && status["updatedReplicas"] == 2)
    #expect(
      world.takeEvents()
        == [2, 1].flatMap { ordinal in
          ["delete", "create"].map {
            "Successful\($0 == "delete" ? "Delete" : "Create"): \($0) Pod db-\(ordinal) in StatefulSet db successful"
          }
        })
    try world.change(.statefulSet, "db") { $0["spec", "updateStrategy", "rollingUpdate", "partition"] = 0 }
    world.advance(.seconds(20))
    #expect(status["currentRevision"]?.string == second && status["currentReplicas"] == 3)
  }

  @Test("Going back to an earlier template takes up its revision again; history is kept up to its limit")
  func history() throws {
    try world.create(.statefulSet, set(1, spec: ["revisionHistoryLimit": 1]))
    world.advance(.seconds(10))
    let first = try #require(status["currentRevision"]?.string)
    try setImage("nginx:1.28")
    world.advance(.seconds(10))
    try setImage("nginx:1.27")
    world.advance(.seconds(10))
    #expect(status["currentRevision"]?.string == first)
    #expect(world.client.get(.controllerRevision, namespace: "default", name: first)?.value["revision"] == 3)
    try setImage("nginx:1.29")
    world.advance(.seconds(10))
    #expect(
      world.client.list(.controllerRevision).map { $0.value["revision"]?.integer }.sorted { $0! < $1! } == [3, 4])
  }

  @Test("Pods that are deleted by hand get their place back; on delete only then the new template")
  func onDelete() throws {
    try world.create(.statefulSet, set(2, spec: ["updateStrategy": ["type": "OnDelete"]]))
    world.advance(.seconds(10))
    try setImage("nginx:1.28")
    world.advance(.seconds(10))
    #expect(world.pods.map { $0.spec.containers[0].image } == ["nginx:1.27", "nginx:1.27"])
    try world.client.delete(.pod, namespace: "default", name: "db-0", cause: world.user)
    world.advance(.seconds(10))
    #expect(world.pods.map { $0.spec.containers[0].image } == ["nginx:1.28", "nginx:1.27"])
  }

  @Test("Each pod has a claim of each template, which stays when the pod goes")
  func claims() throws {
    let template: Value = [
      "metadata": ["name": "data"],
      "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
    ]
    try world.create(.statefulSet, set(2, spec: ["volumeClaimTemplates": [template]]))
    world.settle()
    let claim = try #require(world.get(.persistentVolumeClaim, "data-db-0"))
    #expect(claim["metadata", "labels"] == ["app": "db"] && claim["metadata", "ownerReferences"] == nil)
    #expect(claim["status", "phase"] == "Pending")
    #expect(
      world.pods[0].value["spec", "volumes"]?.array?.first
        == ["name": "data", "persistentVolumeClaim": ["claimName": "data-db-0"]])
    #expect(
      world.takeEvents().prefix(2) == [
        "SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success",
        "SuccessfulCreate: create Pod db-0 in StatefulSet db successful",
      ])
    world.advance(.seconds(10))
    try world.change(.statefulSet, "db") { $0["spec", "replicas"] = 0 }
    world.advance(.seconds(10))
    #expect(names.isEmpty)
    #expect(world.client.list(.persistentVolumeClaim).map(\.name) == ["data-db-0", "data-db-1"])
  }

  @Test("The next pod waits until the one before has been ready for minReadySeconds")
  func minReadySeconds() throws {
    try world.create(.statefulSet, set(2, spec: ["minReadySeconds": 10]))
    world.advance(.seconds(5))
    #expect(names == ["db-0"] && status["readyReplicas"] == 1 && status["availableReplicas"] == 0)
    world.advance(.seconds(10))
    #expect(names == ["db-0", "db-1"] && status["availableReplicas"] == 1)
  }
}
