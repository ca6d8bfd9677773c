import Kinds
import Testing
import Tree

@testable import API

@Suite("Validating admission policies")
struct AdmissionPolicyTests {
  private let world = World()
  private let group = "/apis/admissionregistration.k8s.io/v1/"

  private func policy(_ spec: String, actions: String = #"["Deny"]"#) {
    let rules =
      #""resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"]}]"#
    world.send(
      "POST", group + "validatingadmissionpolicies",
      #"{"metadata":{"name":"p"},"spec":{"matchConstraints":{\#(rules)},\#(spec)}}"#)
    world.send(
      "POST", group + "validatingadmissionpolicybindings",
      #"{"metadata":{"name":"b"},"spec":{"policyName":"p","validationActions":\#(actions)}}"#)
  }

  private func create(_ name: String) -> Answer {
    world.send("POST", "/api/v1/namespaces/default/configmaps", World.configMap(name))
  }

  @Test("A policy denies in its own words, with variables")
  func denies() {
    policy(
      #""variables":[{"name":"n","expression":"object.metadata.name"}],"validations":"#
        + #"[{"expression":"variables.n != 'bad'","messageExpression":"'no ' + variables.n"}]"#)
    #expect(create("good").status == 201)
    let answer = create("bad")
    #expect(answer.status == 422)
    #expect(
      answer.message
        == "configmaps \"bad\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no bad")
    #expect(
      answer.value["details", "causes"] == [
        ["message": "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no bad"]
      ])
  }

  @Test("A policy that only warns lets the request through")
  func warns() {
    policy(#""validations":[{"expression":"false","message":"never"}]"#, actions: #"["Warn"]"#)
    let answer = create("a")
    #expect(answer.status == 201)
    #expect(
      answer.response.headers.first { $0.name == "Warning" }?.value
        == "299 - \"Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': never\"")
  }

  @Test("An error denies, unless the policy's failure is to be ignored", arguments: [("Fail", 422), ("Ignore", 201)])
  func failures(policyOfFailure: String, status: Int) {
    policy(#""failurePolicy":"\#(policyOfFailure)","validations":[{"expression":"object.nope.x == 1"}]"#)
    #expect(create("a").status == status)
  }

  @Test("A deletion is looked at too: the object is null, the old one is there")
  func deletions() {
    policy(
      #""validations":[{"expression":"object != null || oldObject.metadata.name != 'kept'","reason":"Forbidden"}]"#)
    #expect(create("kept").status == 201)
    #expect(create("other").status == 201)
    #expect(world.send("DELETE", "/api/v1/namespaces/default/configmaps/kept").status == 403)
    #expect(world.send("DELETE", "/api/v1/namespaces/default/configmaps/other").status == 200)
  }
}
