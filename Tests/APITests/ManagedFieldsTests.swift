import Kinds
import Loop
import Store
import Testing
import Tree

@testable import API

@Suite("Managed fields")
struct ManagedFieldsTests {
  private let world = World()
  private static let maps = "/api/v1/namespaces/default/configmaps"

  private func entries(_ value: Value?) -> [Value] { value?["metadata", "managedFields"]?.array ?? [] }

  @Test("a creation owns what it says and what its defaults say, but not what the server decides")
  func creation() {
    let made = world.send("POST", "/api/v1/namespaces/default/pods?fieldManager=me", World.pod("p"))
    let entry = entries(made.value).first
    #expect(entry?["manager"] == "me" && entry?["operation"] == "Update" && entry?["apiVersion"] == "v1")
    #expect(entry?["fieldsType"] == "FieldsV1" && entry?["time"]?.string != nil)
    #expect(
      entry?["fieldsV1"] == [
        "f:spec": [
          "f:containers": [
            #"k:{"name":"c"}"#: [
              ".": [:], "f:image": [:], "f:imagePullPolicy": [:], "f:name": [:], "f:resources": [:],
              "f:terminationMessagePath": [:], "f:terminationMessagePolicy": [:],
            ]
          ],
          "f:dnsPolicy": [:], "f:enableServiceLinks": [:], "f:restartPolicy": [:], "f:schedulerName": [:],
          "f:securityContext": [:], "f:terminationGracePeriodSeconds": [:],
        ]
      ])
  }

  @Test("the User-Agent's beginning names who gives no name")
  func userAgent() {
    let request = APIRequest(
      "POST", Self.maps, headers: [("User-Agent", "kubectl/v1.33.0 (linux/amd64)")],
      body: Array(World.configMap("a").utf8), caller: .admin)
    let made = Answer(world.server.write(request, with: world.writer))
    #expect(entries(made.value).first?["manager"] == "kubectl")
    #expect(entries(world.send("POST", Self.maps, World.configMap("b")).value).first?["manager"] == "unknown")
  }

  @Test("an update takes over what it changes, and what is removed is nobody's")
  func update() {
    world.send("POST", Self.maps + "?fieldManager=one", World.configMap("a"))
    let changed = world.send(
      "PATCH", Self.maps + "/a?fieldManager=two", #"{"data":{"a":"2","b":"1"}}"#, type: "application/merge-patch+json")
    #expect(entries(changed.value).map { $0["manager"] } == ["one", "two"])
    #expect(entries(changed.value)[0]["fieldsV1"] == ["f:data": [:]])
    #expect(entries(changed.value)[1]["fieldsV1"] == ["f:data": ["f:a": [:], "f:b": [:]]])
    let less = world.send(
      "PATCH", Self.maps + "/a?fieldManager=three", #"{"data":{"a":null}}"#, type: "application/merge-patch+json")
    #expect(entries(less.value).map { $0["manager"] } == ["one", "two"])
    #expect(entries(less.value)[1]["fieldsV1"] == ["f:data": ["f:b": [:]]])
  }

  @Test("a status is owned apart from the object, under the component's process")
  func status() throws {
    world.send("POST", "/api/v1/namespaces/default/pods?fieldManager=me", World.pod("p"))
    var pod = try #require(world.store[Kind.pod.key(namespace: "default", name: "p")]).value
    pod["status", "podIP"] = "10.0.0.1"
    let object = try world.writer.update(.pod, pod, subresource: "status", cause: Cause(actor: "kubelet/node-1"))
    let entry = try #require(entries(object.value).first { $0["subresource"] == "status" })
    #expect(entry["manager"] == "kubelet")
    #expect(entry["fieldsV1"] == ["f:status": ["f:podIP": [:]]])
  }

  @Test("a client strips an object of its managed fields, and then nothing is tracked")
  func stripping() {
    world.send("POST", Self.maps + "?fieldManager=one", World.configMap("a"))
    let bare = world.send(
      "PATCH", Self.maps + "/a", #"{"metadata":{"managedFields":[{}]}}"#, type: "application/merge-patch+json")
    #expect(bare.status == 200 && bare.value["metadata", "managedFields"] == nil)
    let later = world.send(
      "PATCH", Self.maps + "/a", #"{"data":{"b":"2"}}"#, type: "application/merge-patch+json")
    #expect(later.value["metadata", "managedFields"] == nil)
    let applied = world.send(
      "PATCH", Self.maps + "/a?fieldManager=me",
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"b":"2"}}"#,
      type: "application/apply-patch+yaml")
    #expect(entries(applied.value).map { $0["manager"] } == ["me", "before-first-apply"])
  }

  @Test("an update that changes nothing leaves times and revision alone")
  func noChange() throws {
    let made = world.send("POST", Self.maps + "?fieldManager=one", World.configMap("a"))
    let again = world.send("PUT", Self.maps + "/a?fieldManager=two", made.text)
    #expect(again.value == made.value)
  }

  @Test("too many managers become one")
  func limit() {
    world.send("POST", Self.maps + "?fieldManager=first", World.configMap("a"))
    var last = Answer(APIResponse.text(""))
    for index in 0..<14 {
      last = world.send(
        "PATCH", Self.maps + "/a?fieldManager=m\(index)", #"{"data":{"k\#(index)":"1"}}"#,
        type: "application/merge-patch+json")
    }
    let names = entries(last.value).compactMap { $0["manager"]?.string }
    #expect(names.count == 10 && names.contains("ancient-changes") && names.contains("m13"))
  }

  @Test("a manager's name has a length, and is printable")
  func names() {
    let long = world.send(
      "POST", Self.maps + "?fieldManager=" + String(repeating: "x", count: 129), World.configMap("a"))
    #expect(long.status == 422 && long.message.hasSuffix("fieldManager: Too long: may not be more than 128 bytes"))
    #expect(world.send("POST", Self.maps + "?fieldManager=a%01", World.configMap("a")).status == 422)
  }

  @Test("what admission adds is nobody's")
  func admission() {
    let node = world.send(
      "POST", "/api/v1/nodes", #"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","labels":{"a":"b"}}}"#)
    #expect(node.value["spec", "taints"] != nil)
    #expect(entries(node.value).first?["fieldsV1"] == ["f:metadata": ["f:labels": [".": [:], "f:a": [:]]]])
  }

  @Test("a review has an owner too, though nobody keeps it")
  func reviews() {
    let review = world.send(
      "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?fieldManager=me",
      """
      {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",
      "spec":{"resourceAttributes":{"verb":"get"}}}
      """)
    #expect(
      entries(review.value).first?["fieldsV1"] == ["f:spec": ["f:resourceAttributes": [".": [:], "f:verb": [:]]]])
  }

  @Test("a DaemonSet's count of its templates is owned by who creates it, and goes up with the template")
  func templates() {
    let target = "/apis/apps/v1/namespaces/default/daemonsets"
    let made = world.send(
      "POST", target + "?fieldManager=me",
      """
      {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},
      "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
      """)
    let annotation = "deprecated.daemonset.template.generation"
    #expect(made.value["metadata", "annotations", annotation] == "1")
    #expect(
      entries(made.value).first?["fieldsV1", "f:metadata", "f:annotations"] == [
        ".": [:], "f:deprecated.daemonset.template.generation": [:],
      ])
    let changed = world.send(
      "PATCH", target + "/d",
      #"{"metadata":{"annotations":null},"spec":{"template":{"spec":{"containers":[{"name":"c","image":"new"}]}}}}"#,
      type: "application/merge-patch+json")
    #expect(changed.value["metadata", "annotations", annotation] == "2")
  }
}
