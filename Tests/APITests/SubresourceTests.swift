import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite("Subresources of pods and of others")
struct SubresourceTests {
  private let pods = "/api/v1/namespaces/default/pods"
  private let strategic = "application/strategic-merge-patch+json"

  private func world() -> World {
    let world = World()
    world.send("POST", pods, World.pod("web"))
    return world
  }

  @Test("an ephemeral container is added through its own address only, and stays as it is")
  func ephemeralContainers() {
    let world = world()
    let debug = #"{"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox","targetContainerName":"c"}]}}"#
    let path = pods + "/web/ephemeralcontainers"
    let added = world.send("PATCH", path, debug, type: strategic)
    #expect(added.status == 200, "\(added.message)")
    let container = added.value["spec", "ephemeralContainers"]?.array?.first
    #expect(container?["imagePullPolicy"] == "Always")
    #expect(container?["terminationMessagePath"] == "/dev/termination-log")
    #expect(added.value["metadata", "generation"] == 2)
    let changed = world.send("PATCH", path, debug.replacing("busybox", with: "alpine"), type: strategic)
    #expect(changed.status == 422)
    #expect(changed.message.contains("existing ephemeral containers \"debug\" may not be changed"))
    let gone = world.send(
      "PATCH", path, #"{"spec":{"ephemeralContainers":null}}"#, type: "application/merge-patch+json")
    #expect(gone.message.contains("existing ephemeral containers \"debug\" may not be removed"))
    #expect(world.send("GET", path).value["spec", "ephemeralContainers"]?.array?.count == 1)
  }

  @Test(
    "what an ephemeral container cannot have is refused",
    arguments: [
      (#"{"name":"c","image":"i"}"#, "spec.ephemeralContainers[0].name: Duplicate value: \"c\""),
      (
        #"{"name":"d","image":"i","targetContainerName":"nope"}"#,
        "spec.ephemeralContainers[0].targetContainerName: Not found: \"nope\""
      ),
      (
        #"{"name":"d","image":"i","ports":[{"containerPort":80}]}"#,
        "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container"
      ),
    ])
  func badEphemeralContainers(_ container: String, _ why: String) {
    let answer = world().send(
      "PATCH", pods + "/web/ephemeralcontainers", #"{"spec":{"ephemeralContainers":["# + container + "]}}",
      type: strategic)
    #expect(answer.status == 422)
    #expect(answer.message == "Pod \"web\" is invalid: " + why)
  }

  @Test("none can be there from the beginning")
  func notAtCreation() {
    let body = World.pod("x").replacing(
      "\"spec\":{", with: #""spec":{"ephemeralContainers":[{"name":"d","image":"i"}],"#)
    #expect(
      world().send("POST", pods, body).message.contains("spec.ephemeralContainers: Forbidden: cannot be set on create"))
  }

  private func sized(_ world: World) {
    let body = World.pod("sized").replacing(
      "\"image\":\"nginx:1.27\"",
      with: #""image":"nginx:1.27","resources":{"requests":{"cpu":"100m"},"limits":{"cpu":"200m"}}"#)
    world.send("POST", pods, body)
  }

  @Test("a resize changes CPU and memory, and nothing else")
  func resize() {
    let world = world()
    sized(world)
    let path = pods + "/sized/resize"
    let resized = world.send(
      "PATCH", path, #"{"spec":{"containers":[{"name":"c","image":"other","resources":{"requests":{"cpu":"150m"}}}]}}"#,
      type: strategic)
    #expect(resized.status == 200, "\(resized.message)")
    let container = resized.value["spec", "containers"]?.array?.first
    #expect(container?["resources", "requests", "cpu"] == "150m")
    #expect(container?["image"] == "nginx:1.27")
    #expect(resized.value["metadata", "generation"] == 2)
  }

  @Test(
    "a resize may not change the class of service, take a request back, or ask for other resources",
    arguments: [
      (
        #"{"limits":{"cpu":"100m","memory":"1Gi"},"requests":{"cpu":"100m","memory":"1Gi"}}"#,
        "Pod QOS Class may not change as a result of resizing"
      ),
      (#"{"limits":{"cpu":null},"requests":{"cpu":"100m"}}"#, "resource limits cannot be removed"),
      (#"{"requests":{"ephemeral-storage":"1Gi"}}"#, "only cpu and memory resources are mutable"),
      (#"{"requests":{"cpu":"300m"}}"#, "must be less than or equal to cpu limit"),
    ])
  func badResize(_ resources: String, _ why: String) {
    let world = world()
    sized(world)
    let answer = world.send(
      "PATCH", pods + "/sized/resize", #"{"spec":{"containers":[{"name":"c","resources":"# + resources + "}]}}",
      type: strategic)
    #expect(answer.status == 422)
    #expect(answer.message.contains(why), "\(answer.message)")
  }

  @Test("a pod is bound at its own address and at the older one")
  func bindings() {
    let world = world()
    world.send("POST", pods, World.pod("other"))
    let body = #"{"apiVersion":"v1","kind":"Binding","metadata":{"name":"NAME"},"target":{"kind":"Node","name":"n1"}}"#
    let own = world.send("POST", pods + "/web/binding", body.replacing("NAME", with: "web"))
    #expect(own.status == 201)
    #expect(own.value["status"] == "Success")
    let old = world.send("POST", "/api/v1/namespaces/default/bindings", body.replacing("NAME", with: "other"))
    #expect(old.status == 201, "\(old.message)")
    #expect(world.send("GET", pods + "/other").value["spec", "nodeName"] == "n1")
    let again = world.send("POST", pods + "/web/binding", body.replacing("NAME", with: "web"))
    #expect(again.status == 409)
    let mismatch = world.send("POST", pods + "/web/binding", body.replacing("NAME", with: "x"))
    #expect(mismatch.message == "name in URL does not match name in Binding object")
    let nowhere = world.send("POST", pods + "/web/binding", #"{"metadata":{"name":"web"},"target":{}}"#)
    #expect(nowhere.status == 500)
    #expect(nowhere.message == "target.name: Required value")
  }

  @Test("a ReplicationController has a scale with its labels as selector")
  func scaleOfReplicationController() {
    let world = World()
    let controllers = "/api/v1/namespaces/default/replicationcontrollers"
    world.send(
      "POST", controllers,
      """
      {"metadata":{"name":"rc"},"spec":{"replicas":2,"selector":{"b":"2","a":"1"},"template":{"metadata":
      {"labels":{"a":"1","b":"2"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
      """)
    let scale = world.send("GET", controllers + "/rc/scale")
    #expect(scale.value["status", "selector"] == "a=1,b=2")
    let put = world.send("PUT", controllers + "/rc/scale", #"{"metadata":{"name":"rc"},"spec":{"replicas":5}}"#)
    #expect(put.value["spec", "replicas"] == 5)
    let other = world.send("PUT", controllers + "/rc/scale", #"{"metadata":{"name":"x"},"spec":{"replicas":5}}"#)
    #expect(other.message == "the name of the object (x) does not match the name on the URL (rc)")
  }

  @Test("deleting a collection keeps to limits and preconditions")
  func deleteCollection() {
    let world = World()
    let maps = "/api/v1/namespaces/default/configmaps"
    for name in ["a", "b", "c"] { world.send("POST", maps, World.configMap(name)) }
    let wrong = world.send("DELETE", maps, #"{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"x"}}"#)
    #expect(wrong.status == 409)
    #expect(world.send("GET", maps).names == ["a", "b", "c"])
    #expect(world.send("DELETE", maps + "?limit=2").names == ["a", "b"])
    #expect(world.send("GET", maps).names == ["c"])
  }

  @Test("health checks say what they look at, and which of it can be left out")
  func health() {
    let world = World()
    let verbose = world.send("GET", "/livez?verbose&exclude=etcd&exclude=nope")
    #expect(verbose.text.contains("[+]ping ok\n"))
    #expect(verbose.text.contains("[+]etcd excluded: ok\n"))
    #expect(verbose.text.contains("warn: some health checks cannot be excluded: no matches for \"nope\"\n"))
    #expect(world.send("GET", "/livez/ping").text == "ok")
    #expect(world.send("GET", "/livez/nope").status == 404)
    // This world was born without the objects that a cluster is born with.
    #expect(verbose.status == 500)
    #expect(verbose.text.contains("[-]poststarthook/rbac/bootstrap-roles failed: reason withheld\n"))
    #expect(verbose.text.hasSuffix("livez check failed\n"))
  }
}
