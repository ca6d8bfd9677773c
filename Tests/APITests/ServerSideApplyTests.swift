import Kinds
import Testing
import Tree

@testable import API

@Suite("Server-side apply")
struct ServerSideApplyTests {
  private let world = World()
  private static let type = "application/apply-patch+yaml"
  private static let target = "/api/v1/namespaces/default/configmaps/a"

  private static func config(_ data: String) -> String {
    #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":\#(data)}"#
  }

  @discardableResult
  private func apply(_ data: String, as manager: String, force: Bool = false) -> Answer {
    world.send(
      "PATCH", "\(Self.target)?fieldManager=\(manager)\(force ? "&force=true" : "")", Self.config(data),
      type: Self.type)
  }

  private func owned(_ answer: Answer, by manager: String) -> Value? {
    answer.value["metadata", "managedFields"]?.array?.first { $0["manager"]?.string == manager }?["fieldsV1"]
  }

  @Test("an apply makes what is not there, and owns it")
  func creates() {
    let made = apply(#"{"x":"1","y":"1"}"#, as: "one")
    #expect(made.status == 201)
    #expect(owned(made, by: "one") == ["f:data": ["f:x": [:], "f:y": [:]]])
    #expect(made.value["metadata", "managedFields"]?.array?.first?["operation"] == "Apply")
  }

  @Test("who agrees becomes a second owner, without a time")
  func sharing() {
    apply(#"{"x":"1","y":"1"}"#, as: "one")
    let shared = apply(#"{"x":"1"}"#, as: "two")
    #expect(shared.status == 200)
    #expect(owned(shared, by: "two") == ["f:data": ["f:x": [:]]])
    let entry = shared.value["metadata", "managedFields"]?.array?.first { $0["manager"]?.string == "two" }
    #expect(entry?["time"] == nil)
  }

  @Test("who wants another value conflicts, in Kubernetes' words, unless he forces it")
  func conflicts() {
    apply(#"{"x":"1","y":"1"}"#, as: "one")
    let refused = apply(#"{"x":"2"}"#, as: "two")
    #expect(refused.status == 409)
    #expect(refused.message == #"Apply failed with 1 conflict: conflict with "one": .data.x"#)
    #expect(
      refused.value["details", "causes"]
        == [["reason": "FieldManagerConflict", "message": #"conflict with "one""#, "field": ".data.x"]])
    let forced = apply(#"{"x":"2"}"#, as: "two", force: true)
    #expect(forced.value["data"] == ["x": "2", "y": "1"])
    #expect(owned(forced, by: "one") == ["f:data": ["f:y": [:]]])
    #expect(owned(forced, by: "two") == ["f:data": ["f:x": [:]]])
  }

  @Test("several conflicts are listed by manager")
  func manyConflicts() {
    apply(#"{"x":"1","y":"1"}"#, as: "one")
    world.send(
      "PATCH", Self.target + "?fieldManager=three", #"{"data":{"z":"1"}}"#, type: "application/merge-patch+json")
    let refused = apply(#"{"x":"2","y":"2","z":"2"}"#, as: "two")
    #expect(
      refused.message
        == "Apply failed with 3 conflicts: conflicts with \"one\":\n- .data.x\n- .data.y\n"
        + "conflicts with \"three\" using v1:\n- .data.z")
  }

  @Test("what an applier leaves out goes, if nobody else owns it")
  func removal() {
    apply(#"{"x":"1","y":"1"}"#, as: "one")
    apply(#"{"x":"1"}"#, as: "two")
    let left = apply("{}", as: "one")
    #expect(left.value["data"] == ["x": "1"])
    #expect(owned(left, by: "one") == ["f:data": [:]])
  }

  @Test("an apply that changes nothing writes nothing")
  func idempotence() {
    let first = apply(#"{"x":"1"}"#, as: "one")
    let second = apply(#"{"x":"1"}"#, as: "one")
    #expect(second.status == 200)
    #expect(first.value["metadata", "resourceVersion"] == second.value["metadata", "resourceVersion"])
  }

  @Test("an apply without manager, with managed fields, of another version or with unknown fields is refused")
  func refusals() {
    let nobody = world.send("PATCH", Self.target, Self.config("{}"), type: Self.type)
    #expect(nobody.status == 422)
    #expect(
      nobody.message
        == #"PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch"#)
    let managed = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","managedFields":[]}}"#
    #expect(send(managed).message == "metadata.managedFields must be nil")
    let unknown = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"bogus":1}"#
    #expect(
      send(unknown).message
        == "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .bogus: field not declared in schema")
    let other = #"{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}"#
    #expect(send(other).status == 400)
    #expect(send("[1").status == 400)
    let forced = world.send(
      "PATCH", Self.target + "?force=true", "{}", type: "application/merge-patch+json")
    #expect(forced.message.hasSuffix("force: Forbidden: may not be specified for non-apply patch"))
  }

  private func send(_ body: String) -> Answer {
    world.send("PATCH", Self.target + "?fieldManager=one", body, type: Self.type)
  }

  @Test("creating by apply needs the right to create")
  func rights() {
    let refused = world.send(
      "PATCH", Self.target + "?fieldManager=one", Self.config("{}"), type: Self.type, as: Caller(name: "nobody"))
    #expect(refused.status == 403)
  }

  // MARK: Deployments

  private static let deployment = "/apis/apps/v1/namespaces/default/deployments/d"

  private static func deployment(_ spec: String) -> String {
    #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":\#(spec)}"#
  }

  private func applyDeployment(_ spec: String, as manager: String) -> Answer {
    world.send(
      "PATCH", Self.deployment + "?fieldManager=\(manager)", Self.deployment(spec), type: Self.type)
  }

  private static let first = """
    {"replicas":3,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},
    "spec":{"containers":[{"name":"web","image":"nginx","ports":[{"containerPort":80}]}]}}}
    """

  @Test("lists are owned by their keys, defaults of keys included")
  func lists() {
    let made = applyDeployment(Self.first, as: "one")
    #expect(made.status == 201)
    let containers = owned(made, by: "one")?["f:spec", "f:template", "f:spec", "f:containers"]
    #expect(
      containers == [
        #"k:{"name":"web"}"#: [
          ".": [:], "f:name": [:], "f:image": [:],
          "f:ports": [#"k:{"containerPort":80,"protocol":"TCP"}"#: [".": [:], "f:containerPort": [:]]],
        ]
      ])
    let side = #"{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}"#
    #expect(applyDeployment(side, as: "two").status == 200)
    let conflict = applyDeployment(
      #"{"template":{"spec":{"containers":[{"name":"web","image":"other"}]}}}"#, as: "two")
    #expect(
      conflict.message
        == #"Apply failed with 1 conflict: conflict with "one": .spec.template.spec.containers[name="web"].image"#)
  }

  @Test("who scales owns the replicas, and an applier who wants others conflicts")
  func scale() {
    _ = applyDeployment(Self.first, as: "one")
    let scaled = world.send(
      "PATCH", Self.deployment + "/scale?fieldManager=hpa", #"{"spec":{"replicas":5}}"#,
      type: "application/merge-patch+json")
    #expect(scaled.status == 200)
    let conflict = applyDeployment(Self.first, as: "one")
    #expect(
      conflict.message
        == #"Apply failed with 1 conflict: conflict with "hpa" with subresource "scale" using apps/v1: .spec.replicas"#)
    let applied = world.send(
      "PATCH", Self.deployment + "/scale?fieldManager=four&force=true",
      #"{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"d"},"spec":{"replicas":7}}"#,
      type: Self.type)
    #expect(applied.status == 200 && applied.value["spec", "replicas"] == 7)
    let now = world.send("GET", Self.deployment)
    #expect(owned(now, by: "four") == ["f:spec": ["f:replicas": [:]]])
    #expect(owned(now, by: "hpa") == nil)
  }

  @Test("a status is applied as a subresource of its own")
  func status() {
    _ = applyDeployment(Self.first, as: "one")
    let applied = world.send(
      "PATCH", Self.deployment + "/status?fieldManager=two",
      #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"status":{"replicas":2}}"#,
      type: Self.type)
    #expect(applied.status == 200 && applied.value["status", "replicas"] == 2)
    let entry = applied.value["metadata", "managedFields"]?.array?.first { $0["manager"]?.string == "two" }
    #expect(entry?["subresource"] == "status")
    #expect(entry?["fieldsV1"] == ["f:status": ["f:replicas": [:]]])
  }

  @Test("kubectl's server-side apply succeeds its client-side one without conflicts, and keeps its note true")
  func kubectl() {
    let note = #"{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"1\"}}"#
    world.send(
      "POST", "/api/v1/namespaces/default/configmaps?fieldManager=kubectl-client-side-apply",
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","annotations":{
      "kubectl.kubernetes.io/last-applied-configuration":"\(note)"}},"data":{"x":"1"}}
      """)
    let applied = apply(#"{"x":"2"}"#, as: "kubectl")
    #expect(applied.status == 200)
    #expect(applied.value["metadata", "annotations", LastApplied.annotation]?.string?.contains(#""x":"2""#) == true)
  }
}
