import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct ReadingTests {
  private let configMaps = "/api/v1/namespaces/default/configmaps"

  private func worldWithMaps(_ count: Int) -> World {
    let world = World()
    for index in 0..<count {
      world.send("POST", configMaps, World.configMap("c\(index)", labels: "{\"n\":\"\(index)\"}"))
    }
    return world
  }

  @Test func getAnswersTheStoredBytes() {
    let world = worldWithMaps(1)
    let stored = world.store[Kind.configMap.key(namespace: "default", name: "c0")]
    let answer = world.send("GET", configMaps + "/c0")
    #expect(answer.status == 200)
    #expect(answer.response.body.first == stored?.json)
  }

  @Test func getOfNothingIsNotFoundInKubernetesWords() {
    let answer = World().send("GET", "/apis/apps/v1/namespaces/default/deployments/web")
    #expect(answer.status == 404)
    #expect(answer.message == "deployments.apps \"web\" not found")
    #expect(answer.value["details", "group"] == "apps")
  }

  @Test func listLeavesOutTheItemsKind() {
    let answer = worldWithMaps(2).send("GET", configMaps)
    #expect(answer.value["kind"] == "ConfigMapList")
    #expect(answer.names == ["c0", "c1"])
    #expect(answer.value["items"]?.array?.first?["kind"] == nil)
  }

  @Test func selectorsSelect() {
    let world = worldWithMaps(4)
    #expect(world.send("GET", configMaps + "?labelSelector=n%20in%20(1,2)").names == ["c1", "c2"])
    #expect(world.send("GET", configMaps + "?fieldSelector=metadata.name!%3Dc3").names == ["c0", "c1", "c2"])
    let unknown = world.send("GET", configMaps + "?fieldSelector=spec.nope%3D1")
    #expect(unknown.status == 400)
    #expect(
      unknown.message == "\"spec.nope\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
  }

  @Test func pagesAreOfOneMoment() throws {
    let world = worldWithMaps(5)
    let first = world.send("GET", configMaps + "?limit=3")
    #expect(first.names == ["c0", "c1", "c2"])
    #expect(first.value["metadata", "remainingItemCount"] == 2)
    let next = try #require(first.value["metadata", "continue"]?.string)
    world.send("DELETE", configMaps + "/c4")
    let second = world.send("GET", configMaps + "?limit=3&continue=" + next)
    #expect(second.names == ["c3", "c4"])
    #expect(second.value["metadata", "continue"] == nil)
    #expect(second.value["metadata", "resourceVersion"] == first.value["metadata", "resourceVersion"])
  }

  @Test func anExactRevisionReadsThePast() throws {
    let world = worldWithMaps(1)
    let revision = try #require(world.send("GET", configMaps).value["metadata", "resourceVersion"]?.string)
    world.send("POST", configMaps, World.configMap("later"))
    let past = world.send("GET", configMaps + "?resourceVersionMatch=Exact&resourceVersion=" + revision)
    #expect(past.names == ["c0"])
    #expect(world.send("GET", configMaps).names == ["c0", "later"])
  }

  @Test func badListOptionsAreRefusedInKubernetesWords() {
    let world = World()
    #expect(world.send("GET", configMaps + "?limit=x").message == "strconv.ParseInt: parsing \"x\": invalid syntax")
    let version = world.send("GET", configMaps + "?resourceVersion=abc")
    #expect(version.status == 400)
    #expect(version.message.hasPrefix("invalid resource version: resourceVersion: Invalid value: \"abc\""))
    let tooLarge = world.send("GET", configMaps + "?resourceVersion=999999999")
    #expect(tooLarge.status == 504)
    #expect(tooLarge.value["details", "retryAfterSeconds"] == 1)
    let match = world.send("GET", configMaps + "?resourceVersionMatch=Exact")
    #expect(match.status == 422)
    #expect(match.value["details", "kind"] == "ListOptions")
  }

  @Test func tablesHaveColumnsAndMetadata() {
    let table = worldWithMaps(1).send(
      "GET", configMaps, accept: "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
    #expect(table.value["kind"] == "Table")
    #expect(table.value["columnDefinitions"]?.array?.first?["name"] == "Name")
    let row = table.value["rows"]?.array?.first
    #expect(row?["cells"]?.array?.first == "c0")
    #expect(row?["object", "kind"] == "PartialObjectMetadata")
  }

  @Test func otherFormsAreNegotiated() {
    let world = worldWithMaps(1)
    let yaml = world.send("GET", configMaps + "/c0", accept: "application/yaml")
    #expect(yaml.response.contentType == "application/yaml")
    #expect(yaml.text.contains("kind: ConfigMap\n"))
    #expect(world.send("GET", configMaps, accept: "text/html").status == 406)
    #expect(world.send("GET", configMaps + "/c0?pretty=true").text.contains("\n  \"kind\": \"ConfigMap\""))
  }

  @Test func unknownAddresses() {
    let world = World()
    #expect(world.send("GET", "/nope").text == "404 page not found\n")
    #expect(world.send("GET", "/apis/nope.example.com/v1").text == "404 page not found\n")
    let resource = world.send("GET", "/api/v1/nopes")
    #expect(resource.message == "the server could not find the requested resource")
    #expect(world.send("POST", configMaps + "/a", World.configMap("a")).status == 405)
  }
}
