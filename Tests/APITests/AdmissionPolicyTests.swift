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

  private func refusal(_ resource: String, _ body: String) -> String {
    let message = world.send("POST", group + resource, body).message
    return message.firstRange(of: "is invalid: ").map { String(message[$0.upperBound...]) } ?? message
  }

  @Test("A binding is refused for parameters that cannot be found")
  func bindingRules() {
    func binding(_ spec: String) -> String {
      refusal(
        "validatingadmissionpolicybindings",
        #"{"metadata":{"name":"b"},"spec":{"policyName":"p","validationActions":["Deny"],\#(spec)}}"#)
    }
    let action = #""parameterNotFoundAction":"Deny""#
    #expect(
      binding(#""paramRef":{\#(action)}"#) == "spec.paramRef: Required value: one of name or selector must be specified"
    )
    #expect(
      binding(#""paramRef":{"name":"a","selector":{},\#(action)}"#)
        == "[spec.paramRef.name: Forbidden: name and selector are mutually exclusive, "
        + "spec.paramRef.selector: Forbidden: name and selector are mutually exclusive]")
    #expect(binding(#""paramRef":{"name":"a"}"#) == "spec.paramRef.parameterNotFoundAction: Required value")
  }

  @Test("A policy is refused for values of the wrong type, a kind of parameters that is none, and resources that clash")
  func policyRules() {
    func policy(_ spec: String, resources: String = #""pods""#) -> String {
      let rules =
        #""resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":[\#(resources)]}]"#
      return refusal(
        "validatingadmissionpolicies",
        #"{"metadata":{"name":"p"},"spec":{"matchConstraints":{\#(rules)},\#(spec)}}"#)
    }
    #expect(
      policy(#""validations":[{"expression":"1","messageExpression":"2"}]"#)
        == "[spec.validations[0].expression: Invalid value: \"1\": must evaluate to bool, "
        + "spec.validations[0].messageExpression: Invalid value: \"2\": must evaluate to string]")
    #expect(
      policy(#""auditAnnotations":[{"key":"k","valueExpression":"1"}]"#)
        == "spec.auditAnnotations[0].valueExpression: Invalid value: \"1\": "
        + "must evaluate to one of [string null_type]")
    let fine = #""validations":[{"expression":"true"}]"#
    #expect(
      policy(#""paramKind":{"apiVersion":"a/b/c","kind":""},\#(fine)"#)
        == "[spec.paramKind.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c, "
        + "spec.paramKind.kind: Required value]")
    #expect(
      policy(fine, resources: #""*","pods""#)
        == "spec.matchConstraints.resourceRules[0].resources: Invalid value: [\"*\",\"pods\"]: "
        + "if '*' is present, must not specify other resources without subresources")
    #expect(
      policy(fine, resources: #""pods/*","pods/log""#)
        == "spec.matchConstraints.resourceRules[0].resources[1]: Invalid value: \"pods/log\": "
        + "if 'pods/*' is present, must not specify pods/log")
    #expect(
      policy(#""variables":[{"name":"in","expression":"1"}],\#(fine)"#)
        == "spec.variables[0].name: Invalid value: \"in\": name is not a valid CEL identifier")
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

@Suite("Validating admission policies: parameters, rights, subresources")
struct AdmissionPolicyDetailTests {
  private let world = World()
  private let group = "/apis/admissionregistration.k8s.io/v1/"

  private func policy(
    _ spec: String,
    rules: String = #"{"apiGroups":[""],"apiVersions":["v1"],"operations":["*"],"resources":["configmaps"]}"#,
    binding: String = #""validationActions":["Deny"]"#
  ) {
    let made = world.send(
      "POST", group + "validatingadmissionpolicies",
      #"{"metadata":{"name":"p"},"spec":{"matchConstraints":{"resourceRules":[\#(rules)]},\#(spec)}}"#)
    #expect(made.status == 201, "\(made.text)")
    let bound = world.send(
      "POST", group + "validatingadmissionpolicybindings",
      #"{"metadata":{"name":"b"},"spec":{"policyName":"p",\#(binding)}}"#)
    #expect(bound.status == 201, "\(bound.text)")
  }

  private func create(_ name: String, labels: String = "{}", dryRun: Bool = false, as caller: Caller = .admin) -> Answer
  {
    world.send(
      "POST", "/api/v1/namespaces/default/configmaps" + (dryRun ? "?dryRun=All" : ""),
      World.configMap(name, labels: labels), as: caller)
  }

  @Test("Expressions may ask whether the sender has a right")
  func authorizer() {
    policy(
      #""validations":[{"expression":"authorizer.group('').resource('nodes').check('delete').allowed()","#
        + #""message":"only for those who may delete nodes"},"#
        + #"{"expression":"authorizer.requestResource.check('create').allowed()"},"#
        + #"{"expression":"!authorizer.serviceAccount('default','x').path('/metrics').check('get').allowed()"}]"#)
    #expect(create("a").status == 201)
    world.create(
      .clusterRole,
      [
        "metadata": ["name": "cm"], "rules": [["apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]]],
      ])
    world.create(
      .clusterRoleBinding,
      [
        "metadata": ["name": "cm"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cm"],
        "subjects": [["kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"]],
      ])
    let answer = create("b", as: Caller(name: "jane", groups: ["system:authenticated"]))
    #expect(answer.status == 422)
    #expect(answer.message.hasSuffix("denied request: only for those who may delete nodes"), "\(answer.message)")
  }

  @Test("Each object that a selector of parameters finds is a run of its own")
  func paramSelector() {
    for (name, least) in [("low", "1"), ("high", "5")] {
      world.create(
        .configMap,
        ["metadata": ["name": .string(name), "labels": ["use": "limits"]], "data": ["least": .string(least)]])
    }
    policy(
      #""paramKind":{"apiVersion":"v1","kind":"ConfigMap"},"validations":[{"expression":"#
        + #""int(object.metadata.labels.size) >= int(params.data.least)","messageExpression":"'least ' + params.data.least"}]"#,
      binding:
        #""validationActions":["Deny"],"paramRef":{"selector":{"matchLabels":{"use":"limits"}},"parameterNotFoundAction":"Deny"}"#
    )
    #expect(create("a", labels: #"{"size":"7"}"#).status == 201)
    #expect(create("b", labels: #"{"size":"3"}"#).message.hasSuffix("denied request: least 5"))
  }

  @Test("Parameters that are not there deny or allow, as the binding says", arguments: [("Deny", 422), ("Allow", 201)])
  func missingParams(action: String, status: Int) {
    policy(
      #""paramKind":{"apiVersion":"v1","kind":"ConfigMap"},"validations":[{"expression":"false"}]"#,
      binding:
        #""validationActions":["Deny"],"paramRef":{"name":"gone","parameterNotFoundAction":"\#(action)"}"#)
    let answer = create("a")
    #expect(answer.status == status)
    if action == "Deny" {
      #expect(
        answer.message.hasSuffix(
          "denied request: failed to configure binding: no params found for policy binding with `Deny` "
            + "parameterNotFoundAction"))
    }
  }

  @Test("The request's facts can be named: dry run, operation, user, namespace")
  func facts() {
    policy(
      #""validations":[{"expression":"!request.dryRun"},{"expression":"request.operation == 'CREATE' && "#
        + #"request.userInfo.username == 'admin' && request.resource.resource == 'configmaps' && "#
        + #"request.namespace == 'default' && request.name == object.metadata.name"},"#
        + #"{"expression":"namespaceObject.metadata.name == 'default'"}]"#)
    #expect(create("a").status == 201)
    #expect(create("b", dryRun: true).message.hasSuffix("denied request: failed expression: !request.dryRun"))
  }

  @Test("A rule for a subresource is about that only: a Scale is judged as a Scale")
  func subresources() {
    policy(
      #""validations":[{"expression":"object.kind == 'Scale' && object.spec.replicas <= 3","message":"at most 3"}]"#,
      rules: #"{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["UPDATE"],"resources":["deployments/scale"]}"#)
    let deployments = "/apis/apps/v1/namespaces/default/deployments"
    let body = """
      {"metadata":{"name":"d"},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":
      {"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
      """
    #expect(world.send("POST", deployments, body).status == 201)
    #expect(
      world.send("PATCH", deployments + "/d", #"{"spec":{"replicas":9}}"#, type: "application/merge-patch+json").status
        == 200)
    let scaled = world.send(
      "PATCH", deployments + "/d/scale", #"{"spec":{"replicas":8}}"#, type: "application/merge-patch+json")
    #expect(scaled.status == 422)
    #expect(scaled.message.hasSuffix("denied request: at most 3"), "\(scaled.message)")
    #expect(
      world.send("PATCH", deployments + "/d/scale", #"{"spec":{"replicas":2}}"#, type: "application/merge-patch+json")
        .status == 200)
  }

  @Test("An expression for the audit log that fails denies; one that gives another type is named")
  func auditAnnotations() {
    policy(#""auditAnnotations":[{"key":"k","valueExpression":"string(object.data.nope)"}]"#)
    #expect(
      create("a").message.hasSuffix(
        "denied request: expression 'string(object.data.nope)' resulted in error: no such key: nope"))
  }

  @Test("Expressions know quantities, addresses, networks, versions and formats")
  func libraries() {
    policy(
      #""validations":[{"expression":"quantity('1Gi').isGreaterThan(quantity('500Mi')) && isIP('::1') && "#
        + #"cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1')) && "#
        + #"semver('1.2.3').isLessThan(semver('1.10.0')) && url('https://a.b:80/c?d=e').getPort() == '80' && "#
        + #"!format.dns1123Label().validate('ok').hasValue() && format.dns1123Label().validate('Bad_').hasValue() && "#
        + #"ip('fe80:0::1').family() == 6 && string(ip('fe80:0:0::1')) == 'fe80::1'"}]"#)
    let answer = create("a")
    #expect(answer.status == 201, "\(answer.message)")
  }
}
