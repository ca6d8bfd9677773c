import Kinds
import Testing
import Tree

/// What a definition's schema may not say, in the words of a Kubernetes v1.36 API server.
@Suite("Rules of structural schemas")
struct StructuralSchemaTests {
  private let path = "spec.validation.openAPIV3Schema"

  private func errors(schema: Value, _ members: Value = [:]) -> [String] {
    var spec: Value = [
      "group": "example.com", "scope": "Namespaced", "names": ["plural": "gizmos", "kind": "Gizmo"],
      "versions": [["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]],
    ]
    for member in members.object ?? Members() { spec[member.key] = member.value }
    var definition: Value = ["metadata": ["name": "gizmos.example.com"], "spec": spec]
    definition["status"] = ["storedVersions": ["v1"]]
    Kind.customResourceDefinition.applyDefaults(to: &definition)
    return Kind.customResourceDefinition.validate(definition).map { $0.field + ": " + $0.message }
  }

  private func errors(field: Value) -> [String] {
    errors(schema: ["type": "object", "properties": ["a": field]])
      .map { $0.replacing(path + ".properties[a]", with: "a") }
  }

  @Test("Lists of lists' types are lists, and a map's keys are scalar properties")
  func lists() {
    #expect(
      errors(field: ["type": "string", "x-kubernetes-list-type": "set"]) == [
        "a.type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified"
      ])
    let object: Value = ["type": "object", "properties": ["k": ["type": "object"]], "required": ["k"]]
    let map: Value = [
      "type": "array", "items": object, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["k", "z"],
    ]
    #expect(
      errors(field: map) == [
        "a.items.properties[k].type: Invalid value: \"object\": must be a scalar type if parent array's "
          + "x-kubernetes-list-type is map",
        "a.x-kubernetes-list-map-keys: Invalid value: [\"k\",\"z\"]: entries must all be names of item properties",
      ])
    #expect(
      errors(field: ["type": "array", "items": ["type": "object"], "x-kubernetes-list-type": "set"]) == [
        "a.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with "
          + "x-kubernetes-list-type=set"
      ])
  }

  @Test("Branches check values and give no structure; one of them says what a number or a word is")
  func branches() {
    #expect(
      errors(field: ["type": "string", "anyOf": [["type": "string"]]]) == [
        "a.anyOf[0].type: Forbidden: must be empty to be structural"
      ])
    let either: Value = ["x-kubernetes-int-or-string": true, "anyOf": [["type": "integer"], ["type": "string"]]]
    #expect(errors(field: either) == [])
  }

  @Test("The root says nothing of its metadata but the name, and has no members of any name")
  func root() {
    let metadata: Value = ["type": "object", "properties": ["labels": ["type": "object"]]]
    #expect(
      errors(schema: ["type": "object", "properties": ["metadata": metadata]]) == [
        path + ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but "
          + "metadata is implicitly specified"
      ])
    #expect(
      errors(schema: ["type": "object", "additionalProperties": ["type": "string"]]) == [
        path + ".additionalProperties: Forbidden: must not be used at the root"
      ])
  }

  @Test("A rule is true or false, of operands that fit")
  func rules() {
    func error(_ rule: String) -> String? {
      errors(field: ["type": "string", "x-kubernetes-validations": [["rule": .string(rule)]]]).first
    }
    let shown = { (rule: String) in
      "a.x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":\"\(rule)\",\"Message\":\"\",\"MessageExpression\":\"\","
        + "\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: "
    }
    #expect(error("self") == shown("self") + "cel expression must evaluate to a bool")
    #expect(
      error("self == 1") == shown("self == 1")
        + "compilation failed: ERROR: <input>:1:6: found no matching overload for '_==_' applied to '(string, int)'\n"
        + " | self == 1\n | .....^")
    #expect(error("self.size() + 1 == 2 && self != 'x'") == nil)
    #expect(error("self.startsWith('a') || oldSelf == self") == nil)
  }

  @Test("Names, conversions and what was left behind")
  func definition() {
    let schema: Value = ["type": "object"]
    #expect(
      errors(schema: schema, ["conversion": ["strategy": "Foo"]]) == [
        "spec.conversion.strategy: Unsupported value: \"Foo\": supported values: \"None\", \"Webhook\""
      ])
    #expect(
      errors(schema: schema, ["preserveUnknownFields": true]) == [
        "spec.preserveUnknownFields: Invalid value: true: must be false"
      ])
    #expect(
      errors(schema: schema, ["names": ["plural": "gizmos", "kind": "Gizmo", "shortNames": ["A_"]]]).first?
        .hasPrefix("spec.names.shortNames[0]: Invalid value: \"A_\": a DNS-1035 label must consist of") == true)
  }
}
