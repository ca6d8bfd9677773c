import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct DeletionTests {
  private let pods = "/api/v1/namespaces/default/pods"
  private let configMaps = "/api/v1/namespaces/default/configmaps"
  private let merge = "application/merge-patch+json"

  @Test func aPodWithoutNodeGoesAtOnce() {
    let world = World()
    world.send("POST", pods, World.pod("a"))
    let answer = world.send("DELETE", pods + "/a")
    #expect(answer.value["kind"] == "Pod")
    #expect(answer.value["metadata", "deletionGracePeriodSeconds"] == 0)
    #expect(world.send("GET", pods + "/a").status == 404)
  }

  @Test func aPodOnANodeWaitsForItsKubelet() {
    let world = World()
    world.send("POST", pods, World.pod("a", node: "n1"))
    let answer = world.send("DELETE", pods + "/a")
    #expect(answer.value["metadata", "deletionGracePeriodSeconds"] == 30)
    let revision = world.send("GET", pods + "/a").value["metadata", "resourceVersion"]
    world.send("DELETE", pods + "/a")
    #expect(world.send("GET", pods + "/a").value["metadata", "resourceVersion"] == revision)
    #expect(world.send("DELETE", pods + "/a?gracePeriodSeconds=5").value["metadata", "deletionGracePeriodSeconds"] == 5)
    #expect(world.send("DELETE", pods + "/a?gracePeriodSeconds=0").status == 200)
    #expect(world.send("GET", pods + "/a").status == 404)
  }

  @Test func finalizersHoldAnObject() {
    let world = World()
    world.send("POST", configMaps, #"{"metadata":{"name":"f","finalizers":["example.com/hold"]}}"#)
    let marked = world.send("DELETE", configMaps + "/f")
    #expect(marked.value["metadata", "deletionTimestamp"] != nil)
    let more = world.send(
      "PATCH", configMaps + "/f", #"{"metadata":{"finalizers":["example.com/hold","example.com/more"]}}"#, type: merge)
    #expect(more.status == 422)
    #expect(world.send("PATCH", configMaps + "/f", #"{"metadata":{"finalizers":[]}}"#, type: merge).status == 200)
    #expect(world.send("GET", configMaps + "/f").status == 404)
  }

  @Test func propagationPoliciesLeaveFinalizers() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let foreground = world.send("DELETE", configMaps + "/a?propagationPolicy=Foreground")
    #expect(foreground.value["metadata", "finalizers"] == ["foregroundDeletion"])
    world.send("POST", configMaps, World.configMap("b"))
    let orphan = world.send("DELETE", configMaps + "/b", #"{"kind":"DeleteOptions","propagationPolicy":"Orphan"}"#)
    #expect(orphan.value["metadata", "finalizers"] == ["orphan"])
    let bad = world.send("DELETE", configMaps + "/b?propagationPolicy=Sideways")
    #expect(bad.status == 422)
    #expect(bad.value["details", "kind"] == "DeleteOptions")
  }

  @Test func preconditionsAreChecked() {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    let uid = world.send("DELETE", configMaps + "/a", #"{"preconditions":{"uid":"x"}}"#)
    #expect(uid.status == 409)
    #expect(uid.message.hasPrefix("Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (x)"))
    #expect(world.send("DELETE", configMaps + "/a", #"{"preconditions":{"resourceVersion":"1"}}"#).status == 409)
    #expect(world.send("DELETE", configMaps + "/a?dryRun=All").value["status"] == "Success")
    #expect(world.send("GET", configMaps + "/a").status == 200)
    let gone = world.send("DELETE", configMaps + "/a")
    #expect(gone.value["details", "kind"] == "configmaps")
  }

  @Test func aCollectionIsDeletedBySelector() {
    let world = World()
    for name in ["a", "b"] { world.send("POST", configMaps, World.configMap(name, labels: "{\"n\":\"\(name)\"}")) }
    #expect(world.send("DELETE", configMaps + "?labelSelector=n%3Da").names == ["a"])
    #expect(world.send("GET", configMaps).names == ["b"])
  }

  @Test func anEvictionDeletes() {
    let world = World()
    world.send("POST", pods, World.pod("a", node: "n1"))
    let answer = world.send("POST", pods + "/a/eviction", #"{"metadata":{"name":"a"}}"#)
    #expect(answer.status == 201)
    #expect(world.send("GET", pods + "/a").value["metadata", "deletionTimestamp"] != nil)
  }

  @Test func aNamespaceGoesWhenItsFinalizersAreTakenAway() {
    let world = World()
    world.create(.namespace, ["metadata": ["name": "x"]])
    world.send("DELETE", "/api/v1/namespaces/x")
    #expect(world.send("GET", "/api/v1/namespaces/x").status == 200)
    let body = #"{"metadata":{"name":"x"},"spec":{"finalizers":[]}}"#
    #expect(world.send("PUT", "/api/v1/namespaces/x/finalize", body).status == 200)
    #expect(world.send("GET", "/api/v1/namespaces/x").status == 404)
  }
}
