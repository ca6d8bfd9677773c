import Kinds
import Testing
import Tree

@testable import API

@Suite("Mutating admission policies")
struct MutatingPolicyTests {
  private let world = World()
  private let group = "/apis/admissionregistration.k8s.io/v1/"
  private static let pods =
    #"{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE","UPDATE"],"resources":["pods"]}"#
  private static let configMaps =
    #"{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE","UPDATE"],"resources":["configmaps"]}"#

  private func policy(
    _ mutations: String, name: String = "p", rules: String = pods, more: String = "", reinvocation: String = "Never"
  ) {
    let made = world.send(
      "POST", group + "mutatingadmissionpolicies",
      #"{"metadata":{"name":"\#(name)"},"spec":{"matchConstraints":{"resourceRules":[\#(rules)]},"#
        + #""reinvocationPolicy":"\#(reinvocation)",\#(more)"mutations":[\#(mutations)]}}"#)
    #expect(made.status == 201, "\(made.text)")
    let bound = world.send(
      "POST", group + "mutatingadmissionpolicybindings",
      #"{"metadata":{"name":"\#(name)-b"},"spec":{"policyName":"\#(name)"}}"#)
    #expect(bound.status == 201, "\(bound.text)")
  }

  private func apply(_ expression: String) -> String {
    #"{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":\#(Value.string(expression).jsonText)}}"#
  }

  private func patch(_ expression: String) -> String {
    #"{"patchType":"JSONPatch","jsonPatch":{"expression":\#(Value.string(expression).jsonText)}}"#
  }

  private func createPod(_ name: String = "web") -> Answer {
    world.send("POST", "/api/v1/namespaces/default/pods", World.pod(name))
  }

  @Test("Fields to apply are merged: a sidecar comes beside the container, defaults and all")
  func appliesConfiguration() {
    policy(
      apply(
        "Object{spec: Object.spec{initContainers: [Object.spec.initContainers{name: 'mesh', image: 'mesh/proxy:1', "
          + "restartPolicy: 'Always'}]}, metadata: Object.metadata{labels: {'mesh': 'on'}}}"))
    let answer = createPod()
    #expect(answer.status == 201, "\(answer.text)")
    let sidecar = answer.value["spec", "initContainers"]?.array?.first
    #expect(sidecar?["name"] == "mesh")
    #expect(sidecar?["imagePullPolicy"] == "IfNotPresent")
    #expect(answer.value["spec", "containers"]?.array?.count == 1)
    #expect(answer.value["metadata", "labels", "mesh"] == "on")
  }

  @Test("A JSON Patch is made by an expression, with escaped keys, conditions and variables")
  func patches() {
    policy(
      patch(
        "[JSONPatch{op: 'test', path: '/data/a', value: '1'}, JSONPatch{op: 'add', path: '/metadata/labels/' + "
          + "jsonpatch.escapeKey('example.com/x'), value: variables.mark}]"),
      rules: Self.configMaps,
      more: #""variables":[{"name":"mark","expression":"object.metadata.name + '-marked'"}],"#
        + #""matchConditions":[{"name":"labelled","expression":"has(object.metadata.labels)"}],"#)
    let answer = world.send(
      "POST", "/api/v1/namespaces/default/configmaps", World.configMap("a", labels: #"{"k":"v"}"#))
    #expect(answer.value["metadata", "labels", "example.com/x"] == "a-marked", "\(answer.text)")
    let other = world.send(
      "POST", "/api/v1/namespaces/default/configmaps", #"{"metadata":{"name":"b","labels":{"k":"v"}},"data":{"a":"2"}}"#
    )
    #expect(other.value["metadata", "labels"] == ["k": "v"], "a failed test leaves the object as it is")
  }

  @Test("An error refuses in Kubernetes' words, or is passed over", arguments: ["Fail", "Ignore"])
  func errors(failurePolicy: String) {
    policy(
      apply("Object{metadata: Object.metadata{labels: {'a': object.metadata.annotations.nope}}}"),
      more: #""failurePolicy":"\#(failurePolicy)","#)
    let answer = createPod()
    guard failurePolicy == "Fail" else {
      #expect(answer.status == 201)
      return
    }
    #expect(answer.status == 403)
    #expect(answer.reason == "Invalid")
    #expect(
      answer.message == "policy 'p' with binding 'p-b' denied request: expression 'Object{metadata: "
        + "Object.metadata{labels: {'a': object.metadata.annotations.nope}}}' resulted in error: no such key: annotations"
    )
  }

  @Test("Atomic lists may not be applied, and types must be those of their places")
  func mistakes() {
    policy(
      apply(
        "Object{spec: Object.spec{dnsPolicy: 'Default', containers: [Object.spec.containers{name: 'c', args: ['x']}]}}")
    )
    #expect(
      createPod().message.hasSuffix(
        "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
          + ".spec.containers[0].args"))
    world.send("DELETE", group + "mutatingadmissionpolicies/p")
    world.send("DELETE", group + "mutatingadmissionpolicybindings/p-b")
    policy(apply("Object{spec: Object.wrong{dnsPolicy: 'Default'}}"), name: "q")
    #expect(
      createPod().message.contains(#"type mismatch: unexpected type name "Object.wrong", expected "Object.spec""#))
  }

  @Test("Who wants to see later changes runs again, once")
  func reinvocation() {
    let count =
      "Object{metadata: Object.metadata{labels: {'runs': has(object.metadata.labels.runs) ? "
      + "string(int(object.metadata.labels.runs) + 1) : '1'}}}"
    policy(apply(count), name: "a", rules: Self.configMaps, reinvocation: "IfNeeded")
    policy(
      apply("Object{metadata: Object.metadata{labels: {'late': 'yes'}}}"), name: "b", rules: Self.configMaps)
    let answer = world.send(
      "POST", "/api/v1/namespaces/default/configmaps", World.configMap("x", labels: #"{"k":"v"}"#))
    #expect(answer.value["metadata", "labels", "runs"] == "2")
    #expect(answer.value["metadata", "labels", "late"] == "yes")
  }

  @Test("A validating policy sees what the mutating one has made, and updates are changed too")
  func updates() {
    policy(apply("Object{data: {'stamp': request.operation}}"), rules: Self.configMaps)
    #expect(
      world.send("POST", "/api/v1/namespaces/default/configmaps", World.configMap("x")).value["data", "stamp"]
        == "CREATE")
    let changed = world.send(
      "PATCH", "/api/v1/namespaces/default/configmaps/x", #"{"data":{"b":"2"}}"#, type: "application/merge-patch+json")
    #expect(changed.value["data", "stamp"] == "UPDATE", "\(changed.text)")
    #expect(changed.value["data", "b"] == "2")
  }
}
