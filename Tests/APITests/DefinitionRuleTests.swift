import Kinds
import Testing
import Tree

@testable import API

@Suite("What a CustomResourceDefinition may say")
struct DefinitionRuleTests {
  private let world = World()

  private func define(_ version: String, schema: String = #"{"type":"object"}"#) -> Answer {
    world.send(
      "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
      """
      {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":
      {"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
      "schema":{"openAPIV3Schema":\(schema)}\(version)}]}}
      """)
  }

  @Test(
    "Columns, scales and fields to select by are checked",
    arguments: [
      (
        #","additionalPrinterColumns":[{"name":"A","type":"text","jsonPath":".a"}]"#,
        #"spec.versions[0].additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string"#
      ),
      (
        #","additionalPrinterColumns":[{"name":"A","type":"string","jsonPath":"a"}]"#,
        #"spec.versions[0].additionalPrinterColumns[0].JSONPath: Invalid value: "a": must be a simple json path starting with ."#
      ),
      (
        #","subresources":{"scale":{"specReplicasPath":".replicas","statusReplicasPath":".status.replicas"}}"#,
        #"spec.versions[0].subresources.scale.specReplicasPath: Invalid value: ".replicas": should be a json path under .spec"#
      ),
      (
        #","deprecationWarning":"old""#,
        #"spec.versions[0].deprecationWarning: Invalid value: "old": can only be set for deprecated versions"#
      ),
    ])
  func versions(more: String, words: String) {
    let answer = define(more)
    #expect(answer.status == 422)
    #expect(answer.message.contains(words), "\(answer.message)")
  }

  @Test("A default must be a value that its schema allows")
  func defaults() {
    let answer = define(
      "",
      schema:
        #"{"type":"object","properties":{"spec":{"type":"object","properties":{"n":{"type":"integer","default":"x"}}}}}"#
    )
    #expect(answer.status == 422)
    #expect(
      answer.message.contains("spec.validation.openAPIV3Schema.properties[spec].properties[n].default: Invalid value"),
      "\(answer.message)")
  }

  @Test("A list's key must be there in every element")
  func listKeys() {
    let answer = define(
      "",
      schema: """
        {"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":
        ["k"],"items":{"type":"object","properties":{"k":{"type":"string"}}}}}}
        """)
    #expect(
      answer.message.contains(
        "items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a "
          + "default or be a required property"), "\(answer.message)")
  }
}

@Suite("What policies may say")
struct PolicyRuleTests {
  private let world = World()
  private static let rules =
    #"{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["pods"]}]}"#

  private func policy(_ spec: String, constraints: String = rules, kind: String = "validating") -> Answer {
    world.send(
      "POST", "/apis/admissionregistration.k8s.io/v1/\(kind)admissionpolicies",
      #"{"metadata":{"name":"p"},"spec":{"matchConstraints":\#(constraints),\#(spec)}}"#)
  }

  @Test("An expression must compile; the place of the mistake is shown")
  func expressions() {
    let answer = policy(#""validations":[{"expression":"object.a == nobody"}]"#)
    #expect(answer.status == 422)
    #expect(
      answer.message == #"ValidatingAdmissionPolicy.admissionregistration.k8s.io "p" is invalid: "#
        + #"spec.validations[0].expression: Invalid value: "object.a == nobody": compilation failed: ERROR: <input>:1:13: "#
        + "undeclared reference to 'nobody' (in container '')\n | object.a == nobody\n | ............^")
    #expect(policy(#""validations":[{"expression":"params.x"}]"#).message.contains("undeclared reference to 'params'"))
    #expect(
      policy(#""validations":[{"expression":"variables.a"}]"#).message.contains(
        "<input>:1:10: undefined field 'a'\n | variables.a\n | .........^"))
    #expect(policy(#""validations":[{"expression":"1 +"}]"#).message.contains("Syntax error: "))
    #expect(policy(#""validations":[{"expression":"Object{}.a"}]"#).status == 422)
  }

  @Test("Reasons, failure policies, operations and conditions are checked")
  func words() {
    let reason = policy(#""validations":[{"expression":"true","reason":"Because"}]"#)
    #expect(
      reason.message.contains(
        #"spec.validations[0].reason: Unsupported value: "Because": supported values: "Forbidden", "Invalid", "RequestEntityTooLarge""#
      ))
    #expect(
      policy(#""failurePolicy":"Maybe","validations":[{"expression":"true"}]"#).message.contains(
        #"spec.failurePolicy: Unsupported value: "Maybe": supported values: "Fail", "Ignore""#))
    let constraints =
      #"{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*","CREATE"],"resources":["pods"]}]}"#
    #expect(
      policy(#""validations":[{"expression":"true"}]"#, constraints: constraints).message.contains(
        "if '*' is present, must not specify other operations"))
    #expect(
      policy(#""matchConditions":[{"name":"a b","expression":"true"}],"validations":[{"expression":"true"}]"#).message
        .contains("spec.matchConditions[0].name: Invalid value: \"a b\": name part must consist of"))
    #expect(
      policy(#""reinvocationPolicy":"Never","mutations":[{"patchType":"Merge"}]"#, kind: "mutating").message.contains(
        #"spec.mutations[0].patchType: Unsupported value: "Merge": supported values: "ApplyConfiguration", "JSONPatch""#
      ))
  }
}
