import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct CustomResourceTests {
  private let gizmos = "/apis/example.com/v1/namespaces/default/gizmos"
  private let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
  private let merge = "application/merge-patch+json"
  private let apply = "application/apply-patch+yaml"

  /// A definition of Gizmos; `spec` is the schema of their spec.
  private func definition(
    _ spec: String = #"{"type":"object","properties":{"size":{"type":"integer","default":3,"maximum":10}}}"#,
    more: String = "", secondVersion: Bool = false
  ) -> String {
    let schema =
      #""schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":\#(spec),"#
      + #""status":{"type":"object","properties":{"phase":{"type":"string"},"replicas":{"type":"integer"}}}}}}"#
    let first = #"{"name":"v1","served":true,"storage":true,\#(schema),"subresources":{"status":{}}\#(more)}"#
    let second = secondVersion ? #",{"name":"v2","served":true,"storage":false,\#(schema)}"# : ""
    return
      #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.example.com"},"#
      + #""spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gizmos","kind":"Gizmo","shortNames":["gi"]},"#
      + #""versions":[\#(first)\#(second)]}}"#
  }

  private func gizmo(_ name: String, _ spec: String) -> String {
    #"{"apiVersion":"example.com/v1","kind":"Gizmo","metadata":{"name":"\#(name)"},"spec":\#(spec)}"#
  }

  /// A world in which Gizmos are served.
  private func world(_ definition: String) -> World {
    let world = World()
    #expect(world.send("POST", definitions, definition).status == 201)
    establish(world)
    return world
  }

  private func establish(_ world: World) {
    let names = #"{"plural":"gizmos","singular":"gizmo","kind":"Gizmo","listKind":"GizmoList","shortNames":["gi"]}"#
    let answer = world.send(
      "PATCH", definitions + "/gizmos.example.com/status",
      #"{"status":{"acceptedNames":\#(names),"conditions":[{"type":"Established","status":"True"}]}}"#, type: merge)
    #expect(answer.status == 200)
  }

  @Test func aKindIsServedOnceItIsEstablished() {
    let world = World()
    world.send("POST", definitions, definition())
    #expect(world.send("GET", gizmos).status == 404)
    establish(world)
    #expect(world.send("GET", gizmos).value["kind"] == "GizmoList")
    let resources = world.send("GET", "/apis/example.com/v1").value["resources"]?.array ?? []
    #expect(resources.map { $0["name"] } == ["gizmos", "gizmos/status"])
    #expect(resources.first?["storageVersionHash"] == "o5bmO4nVZn8=")
    let groups = world.send("GET", "/apis").value["groups"]?.array ?? []
    #expect(groups.last?["name"] == "example.com")
  }

  @Test func documentsFollowTheDefinitions() {
    let world = World()
    #expect(!world.send("GET", "/openapi/v2").text.contains("com.example.v1.Gizmo"))
    world.send("POST", definitions, definition())
    establish(world)
    #expect(world.send("GET", "/openapi/v2").text.contains("com.example.v1.Gizmo"))
    let schemas = world.send("GET", "/openapi/v3/apis/example.com/v1").value["components", "schemas"]
    #expect(schemas?["com.example.v1.Gizmo", "properties", "spec", "properties"]?["size"]?["maximum"] == 10)
  }

  @Test func defaultsAreSetAndUnknownFieldsDropped() {
    let world = world(definition())
    let answer = world.send("POST", gizmos, gizmo("a", #"{"extra":1}"#))
    #expect(answer.value["spec"] == ["size": 3])
    #expect(answer.value["metadata", "generation"] == 1)
    #expect(answer.response.headers.contains { $0.1 == #"299 - "unknown field \"spec.extra\"""# })
    #expect(world.send("POST", gizmos + "?fieldValidation=Strict", gizmo("b", #"{"extra":1}"#)).status == 400)
  }

  @Test func openSchemasKeepWhatTheyDoNotName() {
    let open =
      #"{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"known":{"type":"object"}}}"#
    let world = world(definition(open))
    let spec: Value = world.send("POST", gizmos, gizmo("a", #"{"other":{"x":1},"known":{"x":1}}"#)).value["spec"] ?? [:]
    #expect(spec == ["other": ["x": 1], "known": [:]])
  }

  @Test(arguments: [
    (#""size":11"#, "spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10"),
    (#""size":0"#, "spec.size: Invalid value: 0: spec.size in body should be greater than 0"),
    (#""name":"B""#, #"spec.name: Invalid value: "B": spec.name in body should match '^[a-z]+$'"#),
    (#""name":"abcdef""#, "spec.name: Too long: may not be more than 5 bytes"),
    (#""color":"green""#, #"spec.color: Unsupported value: "green": supported values: "red", "blue""#),
    (
      #""port":true"#,
      #"spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean""#
    ),
    (#""list":[1,2]"#, "spec.list: Too many: 2: must have at most 1 items"),
    (#""parts":[{"name":"a"},{"name":"a"}]"#, #"spec.parts[1]: Duplicate value: {"name":"a"}"#),
    (#""parts":[{}]"#, "spec.parts[0].name: Required value"),
    (#""when":"today""#, #"spec.when: Invalid value: "today": spec.when in body must be of type date-time: "today""#),
  ])
  func valuesAreCheckedInKubernetesWords(_ fields: String, _ expected: String) {
    let schema = #"""
      {"type":"object","properties":{
        "size":{"type":"integer","minimum":0,"exclusiveMinimum":true,"maximum":10},
        "name":{"type":"string","pattern":"^[a-z]+$","maxLength":5},
        "color":{"type":"string","enum":["red","blue"]},"port":{"x-kubernetes-int-or-string":true},
        "list":{"type":"array","maxItems":1,"items":{"type":"integer"}},"when":{"type":"string","format":"date-time"},
        "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
          "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}}}
      """#
    let answer = world(definition(schema)).send("POST", gizmos, gizmo("a", "{\(fields)}"))
    #expect(answer.status == 422)
    #expect(answer.message == "Gizmo.example.com \"a\" is invalid: " + expected)
  }

  @Test func rulesSeeTheValueAndWhatItWas() {
    let rules = #"""
      {"type":"object","properties":{"min":{"type":"integer"},"max":{"type":"integer"},"name":{"type":"string",
        "x-kubernetes-validations":[{"rule":"self == oldSelf","message":"may not change","reason":"FieldValueForbidden"}]}},
        "x-kubernetes-validations":[{"rule":"!has(self.min) || self.min <= self.max",
          "messageExpression":"'max is ' + string(self.max)","fieldPath":".max"}]}
      """#
    let world = world(definition(rules))
    let refused = world.send("POST", gizmos, gizmo("a", #"{"min":2,"max":1}"#))
    #expect(refused.message == #"Gizmo.example.com "a" is invalid: spec.max: Invalid value: max is 1"#)
    #expect(world.send("POST", gizmos, gizmo("a", #"{"min":1,"max":1,"name":"x"}"#)).status == 201)
    let changed = world.send("PATCH", gizmos + "/a", #"{"spec":{"name":"y"}}"#, type: merge)
    #expect(changed.message == #"Gizmo.example.com "a" is invalid: spec.name: Forbidden: may not change"#)
  }

  @Test func rulesSeeTimesAndEscapedNames() {
    let schema = #"""
      {"type":"object","properties":{"a-b":{"type":"string"},"from":{"type":"string","format":"date-time"},
        "ratio":{"type":"number"}},"x-kubernetes-validations":[{"rule":"self.a__dash__b != 'x'","message":"no x"},
        {"rule":"self.from < timestamp('2030-01-01T00:00:00Z')","message":"too late"},
        {"rule":"self.ratio / 2.0 < 1.0","message":"too much"}]}
      """#
    let world = world(definition(schema))
    let answer = world.send("POST", gizmos, gizmo("a", #"{"a-b":"x","from":"2031-01-01T00:00:00Z","ratio":3}"#))
    let causes = answer.value["details", "causes"]?.array ?? []
    #expect(
      causes.map { $0["message"] } == ["Invalid value: no x", "Invalid value: too late", "Invalid value: too much"])
  }

  @Test func statusIsWrittenApart() {
    let world = world(definition())
    world.send("POST", gizmos, gizmo("a", "{}"))
    let answer = world.send(
      "PATCH", gizmos + "/a/status", #"{"spec":{"size":9},"status":{"phase":"Ready"}}"#, type: merge)
    #expect(answer.value["spec"] == ["size": 3])
    #expect(answer.value["status"] == ["phase": "Ready"])
    #expect(answer.value["metadata", "generation"] == 1)
    #expect(
      world.send("PATCH", gizmos + "/a", #"{"spec":{"size":4}}"#, type: merge).value["metadata", "generation"] == 2)
  }

  @Test func scaleIsWhereTheDefinitionSays() {
    let spec = #"{"type":"object","properties":{"count":{"type":"integer"}}}"#
    let more = #","subresources":{"scale":{"specReplicasPath":".spec.count","statusReplicasPath":".status.replicas"}}"#
    let text = definition(spec).replacing(#","subresources":{"status":{}}"#, with: more)
    let world = world(text)
    world.send("POST", gizmos, gizmo("a", #"{"count":2}"#))
    #expect(world.send("GET", gizmos + "/a/scale").value["spec", "replicas"] == 2)
    world.send("PATCH", gizmos + "/a/scale", #"{"spec":{"replicas":5}}"#, type: merge)
    #expect(world.send("GET", gizmos + "/a").value["spec", "count"] == 5)
  }

  @Test func setsAreMergedByApply() {
    let world = world(
      definition(
        #"{"type":"object","properties":{"n":{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set"}}}"#
      ))
    world.send("PATCH", gizmos + "/a?fieldManager=m", gizmo("a", #"{"n":["x"]}"#), type: apply)
    let answer = world.send("PATCH", gizmos + "/a?fieldManager=o", gizmo("a", #"{"n":["y"]}"#), type: apply)
    #expect(answer.value["spec"] == ["n": ["x", "y"]])
    let refused = world.send("PATCH", gizmos + "/a", "{}", type: "application/strategic-merge-patch+json")
    #expect(refused.status == 415)
  }

  @Test func versionsShowTheSameObjects() {
    let world = world(definition(secondVersion: true))
    world.send("POST", gizmos, gizmo("a", #"{"size":1}"#))
    let other = "/apis/example.com/v2/namespaces/default/gizmos"
    #expect(world.send("GET", other + "/a").value["apiVersion"] == "example.com/v2")
    #expect(world.send("GET", other).names == ["a"])
    #expect(world.send("PATCH", other + "/a", #"{"spec":{"size":2}}"#, type: merge).status == 200)
    #expect(world.send("GET", gizmos + "/a").value["apiVersion"] == "example.com/v1")
    let group = world.send("GET", "/apis/example.com").value
    #expect(group["preferredVersion", "version"] == "v2")
  }

  @Test func deprecatedVersionsWarn() {
    let world = world(definition().replacing(#""served":true"#, with: #""served":true,"deprecated":true"#))
    let headers = world.send("GET", gizmos).response.headers
    #expect(headers.contains { $0.1 == #"299 - "example.com/v1 Gizmo is deprecated""# })
  }

  @Test func tablesHaveTheDefinitionsColumns() {
    let world = world(
      definition(more: #","additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}]"#))
    world.send("POST", gizmos, gizmo("a", #"{"size":7}"#))
    let table = world.send("GET", gizmos, accept: "application/json;as=Table;v=v1;g=meta.k8s.io").value
    #expect(table["columnDefinitions"]?.array?.map { $0["name"] } == ["Name", "Size"])
    #expect(table["rows"]?.array?.first?["cells"] == ["a", 7])
  }

  @Test(arguments: [
    (#"{}"#, "properties[spec].type: Required value: must not be empty for specified object fields"),
    (#"{"type":"array"}"#, "properties[spec].items: Required value: must be specified"),
    (#"{"type":"text"}"#, "properties[spec].type: Unsupported value: \"text\""),
    (#"{"type":"object","x-kubernetes-validations":[{"rule":"self.a >"}]}"#, "rule: Invalid value"),
    (#"{"type":"object","x-kubernetes-validations":[{"rule":"self.a"}]}"#, "undefined field 'a'"),
  ])
  func schemasMustBeStructural(_ spec: String, _ expected: String) {
    let answer = World().send("POST", definitions, definition(spec))
    #expect(answer.status == 422)
    #expect(answer.message.contains(expected))
  }

  @Test func aDefinitionIsHeldUntilItsObjectsAreGone() {
    let world = world(definition())
    let answer = world.send("DELETE", definitions + "/gizmos.example.com")
    #expect(answer.value["metadata", "finalizers"] == ["customresourcecleanup.apiextensions.k8s.io"])
    #expect(answer.value["status", "conditions"]?.array?.last?["reason"] == "InstanceDeletionPending")
    let refused = world.send("POST", gizmos, gizmo("late", "{}"))
    #expect(refused.status == 405)
    #expect(refused.message == "create not allowed while custom resource definition is terminating")
  }
}
