import Kinds
import Schema
import Testing
import Tree

@testable import API

@Suite struct DiscoveryTests {
  private let world = World()

  @Test func groupsAndVersions() {
    #expect(world.send("GET", "/api").value["versions"] == ["v1"])
    let groups = world.send("GET", "/apis").value["groups"]?.array?.compactMap { $0["name"]?.string }
    #expect(groups?.contains("apps") == true)
    #expect(groups?.contains("podium.dev") == true)
    #expect(world.send("GET", "/apis/apps").value["preferredVersion", "groupVersion"] == "apps/v1")
  }

  @Test func resourcesComeWithTheirSubresources() {
    let resources = world.send("GET", "/api/v1").value["resources"]?.array ?? []
    let eviction = resources.first { $0["name"] == "pods/eviction" }
    #expect(eviction?["kind"] == "Eviction")
    #expect(eviction?["group"] == "policy")
    let pods = resources.first { $0["name"] == "pods" }
    #expect(pods?["shortNames"] == ["po"])
    #expect(pods?["storageVersionHash"] == "xPOwRZ+Yhw8=")
    #expect(resources.first { $0["name"] == "nodes" }?["namespaced"] == false)
  }

  @Test func aggregatedDiscoveryIsNegotiated() {
    let accept =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;"
      + "g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"
    let answer = world.send("GET", "/apis", accept: accept)
    #expect(answer.response.contentType == "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
    #expect(answer.value["kind"] == "APIGroupDiscoveryList")
    let apps = answer.value["items"]?.array?.first { $0["metadata", "name"] == "apps" }
    let deployments = apps?["versions"]?.array?.first?["resources"]?.array?.first { $0["resource"] == "deployments" }
    #expect(deployments?["scope"] == "Namespaced")
    #expect(deployments?["subresources"]?.array?.first?["responseKind", "kind"] == "Scale")
  }

  @Test func healthVersionAndOpenAPI() {
    for path in ["/healthz/ping", "/livez/etcd", "/readyz/ping"] { #expect(world.send("GET", path).text == "ok") }
    #expect(world.send("GET", "/version").value["minor"] == "36")
    #expect(world.send("GET", "/openapi/v2").value["swagger"] == "2.0")
    #expect(world.send("GET", "/openapi/v3").value["paths", "apis/apps/v1"] != nil)
    #expect(world.send("GET", "/openapi/v3/api/v1").value["openapi"] == "3.0.0")
    #expect(world.send("GET", "/openapi/v3/apis/nope/v1").status == 404)
    #expect(world.send("POST", "/version").status == 405)
  }
}
