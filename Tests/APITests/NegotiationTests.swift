import Kinds
import Schema
import Store
import Testing
import Tree

@testable import API

@Suite("In which form an answer is given")
struct NegotiationTests {
  private let configMaps = "/api/v1/namespaces/default/configmaps"
  private let protobuf = "application/vnd.kubernetes.protobuf"

  private func world() -> World {
    let world = World()
    world.send("POST", configMaps, World.configMap("a"))
    return world
  }

  @Test(
    "the clause that is wanted most and offered decides",
    arguments: [
      ("application/json;q=0.5,application/yaml", "application/yaml"),
      ("application/yaml;q=0.1, application/json;q=0.9", "application/json"),
      ("*/*,application/yaml", "application/yaml"), ("application/xml,application/json;q=0.1", "application/json"),
      ("application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,application/yaml", "application/yaml"),
      ("text/html,*/*", "application/json"), ("application/vnd.kubernetes.protobuf", protobufType),
    ])
  func choice(_ accept: String, _ type: String) {
    #expect(world().send("GET", configMaps + "/a", accept: accept).response.contentType == type)
  }

  private static let protobufType = "application/vnd.kubernetes.protobuf"

  @Test("what no route has is refused by the router, what cannot be made of it by the negotiation")
  func refusals() {
    let router = world().send("GET", configMaps + "/a", accept: "text/html")
    #expect(router.status == 406)
    #expect(
      router.message
        == "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
        + "application/vnd.kubernetes.protobuf")
    let table = world().send("GET", configMaps, accept: protobuf + ";as=Table;g=meta.k8s.io;v=v1")
    #expect(table.status == 406)
    #expect(
      table.message
        == "only the following media types are accepted: application/json, application/yaml, "
        + "application/vnd.kubernetes.protobuf")
    let watch = world().send("GET", configMaps + "?watch=1", accept: "application/yaml")
    #expect(watch.status == 406)
    #expect(watch.text.contains("application/json;stream=watch"))
  }

  @Test("metadata can be had alone: of one object, of a list, in an older version, in protobuf")
  func metadata() throws {
    let world = world()
    let one = ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
    let many = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
    #expect(world.send("GET", configMaps + "/a", accept: "application/json" + one).value["data"] == nil)
    let old = world.send("GET", configMaps + "/a", accept: "application/json" + one + "beta1")
    #expect(old.value["apiVersion"] == "meta.k8s.io/v1beta1")
    #expect(
      world.send("GET", configMaps + "/a", accept: "application/json" + many).message
        == "you requested PartialObjectMetadataList, but the requested object is not a list type (*core.ConfigMap)")
    #expect(
      world.send("GET", configMaps, accept: "application/json" + one).message
        == "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)")
    let list = world.send("GET", configMaps, accept: protobuf + many)
    #expect(list.response.contentType == protobuf)
    let value = try BuiltInSchema.protobuf.decode(list.response.joinedBody)
    #expect(value["kind"] == "PartialObjectMetadataList")
    #expect(value["items"]?.array?.first?["metadata", "name"] == "a")
  }

  @Test("a table is said in the version in which it was asked for")
  func oldTable() {
    let table = world().send("GET", configMaps, accept: "application/json;as=Table;g=meta.k8s.io;v=v1beta1")
    #expect(table.value["apiVersion"] == "meta.k8s.io/v1beta1")
    #expect(table.value["rows"]?.array?.first?["object", "apiVersion"] == "meta.k8s.io/v1beta1")
  }

  @Test("a watch in protobuf sends each event with its length before it, bookmarks and errors too")
  func watch() throws {
    let world = world()
    let start = world.feed.snapshot.revision
    let plan = try #require(
      world.watch(configMaps + "?watch=1&resourceVersion=\(start)", accept: protobuf + ";stream=watch"))
    #expect(plan.contentType == protobuf + ";stream=watch")
    world.send("POST", configMaps, World.configMap("b"))
    let bytes = Array((world.feed.changes(after: start) ?? []).flatMap(plan.frames(for:)).joined())
    let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    #expect(length == bytes.count - 4)
    let body = Array(bytes.dropFirst(4))
    #expect(body.starts(with: [0x0a, 5] + Array("ADDED".utf8)))
    let mark = try #require(body.indices.first { body[$0...].starts(with: [0x6b, 0x38, 0x73, 0]) })
    #expect(try BuiltInSchema.protobuf.decode(Array(body[mark...]))["metadata", "name"] == "b")
    #expect(plan.bookmark(start).dropFirst(4).starts(with: [0x0a, 8] + Array("BOOKMARK".utf8)))
    #expect(plan.expired(oldest: 9).dropFirst(4).starts(with: [0x0a, 5] + Array("ERROR".utf8)))
  }

  @Test("a refusal is given in protobuf to whoever wants that")
  func refusalInProtobuf() throws {
    let answer = world().send("GET", configMaps + "/nope", accept: protobuf)
    #expect(answer.status == 404)
    #expect(try BuiltInSchema.protobuf.decode(answer.response.joinedBody)["reason"] == "NotFound")
  }

  @Test("bodies come in three types, patches in four; no other is read")
  func bodies() {
    let world = world()
    #expect(world.send("POST", configMaps, World.configMap("x"), type: "text/yaml").status == 415)
    #expect(world.send("POST", configMaps, World.configMap("y"), type: "application/json; charset=utf-8").status == 201)
    #expect(world.send("PATCH", configMaps + "/a", "{}", type: protobuf).message == "415: Unsupported Media Type")
    #expect(world.send("HEAD", configMaps + "/a").status == 405)
    #expect(world.send("HEAD", "/readyz").status != 405)
  }

  @Test("custom objects have no protobuf form, their metadata has")
  func custom() throws {
    let world = World()
    world.send(
      "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      """
      {"metadata":{"name":"widgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
      "names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,
      "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
      """)
    var definition = try #require(
      world.store[Kind.customResourceDefinition.key(namespace: "", name: "widgets.example.com")]
    ).value
    definition["status", "acceptedNames"] = definition["spec", "names"]
    definition["status", "conditions"] = [
      ["type": "NamesAccepted", "status": "True"], ["type": "Established", "status": "True"],
    ]
    _ = try world.writer.update(
      .customResourceDefinition, definition, subresource: "status", cause: Cause(actor: "test"))
    world.commit()
    let widgets = "/apis/example.com/v1/namespaces/default/widgets"
    #expect(
      world.send("POST", widgets, #"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"}}"#).status
        == 201)
    #expect(world.send("GET", widgets + "/w", accept: protobuf).status == 406)
    let both = world.send("GET", widgets + "/w", accept: protobuf + ",application/json")
    #expect(both.response.contentType == "application/json")
    let metadata = world.send("GET", widgets + "/w", accept: protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
    #expect(metadata.response.contentType == protobuf)
    let body = world.send("POST", widgets, "k8s\u{0}", type: protobuf)
    #expect(body.status == 400)
    #expect(body.message.hasPrefix("Widget in version \"v1\" cannot be handled as a Widget: object *unstructured"))
  }
}
