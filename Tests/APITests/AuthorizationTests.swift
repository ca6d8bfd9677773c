import Kinds
import Loop
import Store
import Testing
import Tree

@testable import API

@Suite struct AuthorizationTests {
  private let pods = "/api/v1/namespaces/default/pods"
  private let roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default"
  private let jane = Caller(name: "jane", groups: ["system:authenticated"])

  private func worldWithReader() -> World {
    let world = World()
    world.send(
      "POST", roles + "/roles",
      """
      {"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list"]},
      {"apiGroups":["apps"],"resources":["deployments"],"resourceNames":["web"],"verbs":["get"]}]}
      """)
    world.send(
      "POST", roles + "/rolebindings",
      """
      {"metadata":{"name":"jane"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
      "subjects":[{"kind":"User","name":"jane","apiGroup":"rbac.authorization.k8s.io"},
      {"kind":"ServiceAccount","name":"robot","namespace":"default"}]}
      """)
    return world
  }

  @Test func withoutARuleNothingIsAllowed() {
    let answer = World().send("GET", "/api/v1/namespaces/kube-system/pods", as: .learner)
    #expect(answer.status == 403)
    #expect(
      answer.message
        == "pods is forbidden: User \"learner\" cannot list resource \"pods\" in API group \"\" in the namespace "
        + "\"kube-system\"")
    let metrics = World().send("GET", "/metrics", as: jane)
    #expect(metrics.message == "forbidden: User \"jane\" cannot get path \"/metrics\"")
    let log = World().send("GET", pods + "/x/log", as: jane)
    #expect(
      log.message
        == "pods \"x\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the namespace "
        + "\"default\"")
  }

  @Test func aBindingAllowsItsRulesInItsNamespace() {
    let world = worldWithReader()
    #expect(world.send("GET", pods, as: jane).status == 200)
    #expect(world.send("GET", "/api/v1/namespaces/kube-system/pods", as: jane).status == 403)
    #expect(world.send("POST", pods, World.pod("a"), as: jane).status == 403)
    #expect(world.send("GET", "/apis/apps/v1/namespaces/default/deployments/web", as: jane).status == 404)
    #expect(world.send("GET", "/apis/apps/v1/namespaces/default/deployments/db", as: jane).status == 403)
    let robot = Caller(name: "system:serviceaccount:default:robot")
    #expect(world.send("GET", pods, as: robot).status == 200)
  }

  @Test("An update makes what is not there of the kinds that allow it, for whoever may create it")
  func updatesThatCreate() {
    let world = World()
    let lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l"
    #expect(world.send("PUT", lease, #"{"metadata":{"name":"l"}}"#).status == 201)
    let role = #"{"metadata":{"name":"r"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}"#
    #expect(world.send("PUT", roles + "/roles/r", role).status == 201)
    #expect(world.send("PUT", roles + "/roles/r", role).status == 200)
    #expect(world.send("PUT", "/api/v1/namespaces/default/configmaps/c", World.configMap("c")).status == 404)
    world.send(
      "POST", roles + "/roles",
      """
      {"metadata":{"name":"editor"},
      "rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"],"verbs":["update"]}]}
      """)
    world.send(
      "POST", roles + "/rolebindings",
      """
      {"metadata":{"name":"jane"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"editor"},
      "subjects":[{"kind":"User","name":"jane","apiGroup":"rbac.authorization.k8s.io"}]}
      """)
    let refused = world.send("PUT", roles + "/roles/s", #"{"metadata":{"name":"s"}}"#, as: jane)
    #expect(
      refused.message == "roles.rbac.authorization.k8s.io \"s\" is forbidden: User \"jane\" cannot create resource "
        + "\"roles\" in API group \"rbac.authorization.k8s.io\" in the namespace \"default\"")
  }

  @Test("A sum of roles sums at least one selector")
  func emptyAggregation() {
    let answer = World().send(
      "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
      #"{"metadata":{"name":"sum"},"aggregationRule":{"clusterRoleSelectors":[]}}"#)
    #expect(
      answer.message == "ClusterRole.rbac.authorization.k8s.io \"sum\" is invalid: "
        + "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if "
        + "aggregationRule is non-nil")
  }

  @Test func aRevokedBindingCountsFromTheNextTurn() {
    let world = worldWithReader()
    #expect(world.send("GET", pods, as: jane).status == 200)
    world.send("DELETE", roles + "/rolebindings/jane")
    #expect(world.send("GET", pods, as: jane).status == 403)
  }

  @Test func manyBindingsCostNothingPerRequest() {
    let world = worldWithReader()
    for index in 0..<1_000 {
      let binding: Value = [
        "metadata": ["name": .string("b\(index)")],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"],
        "subjects": [["kind": "User", "name": .string("u\(index)"), "apiGroup": "rbac.authorization.k8s.io"]],
      ]
      _ = try? world.writer.create(.roleBinding, binding, namespace: "default", cause: Cause(actor: "test"))
    }
    world.commit()
    let time = ContinuousClock().measure {
      for _ in 0..<1_000 {
        _ = world.server.authorizer.allows(
          Attributes(caller: Caller(name: "u999"), verb: "list", resource: "pods", namespace: "default"))
      }
    }
    #expect(world.send("GET", pods, as: Caller(name: "u999")).status == 200)
    #expect(time < .milliseconds(500))
  }

  @Test func reviewsSayWhatIsAllowedAndWhy() {
    let world = worldWithReader()
    let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    let body = #"{"spec":{"resourceAttributes":{"namespace":"default","verb":"list","resource":"pods"}}}"#
    world.create(
      .clusterRole,
      [
        "metadata": ["name": "asks"],
        "rules": [["apiGroups": ["*"], "resources": ["selfsubjectaccessreviews"], "verbs": ["create"]]],
      ])
    world.create(
      .clusterRoleBinding,
      [
        "metadata": ["name": "asks"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "asks"],
        "subjects": [["kind": "Group", "name": "system:authenticated", "apiGroup": "rbac.authorization.k8s.io"]],
      ])
    let yes = world.send("POST", path, body, as: jane)
    #expect(yes.status == 201)
    #expect(yes.value["status", "allowed"] == true)
    #expect(
      yes.value["status", "reason"]
        == "RBAC: allowed by RoleBinding \"jane/default\" of Role \"reader\" to User \"jane\"")
    let no = world.send("POST", path, body.replacing("list", with: "delete"), as: jane)
    #expect(no.value["status", "allowed"] == false)
    let other = world.send(
      "POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews",
      #"{"spec":{"user":"jane","resourceAttributes":{"namespace":"default","verb":"get","resource":"pods"}}}"#)
    #expect(other.value["status", "allowed"] == true)
  }

  @Test func nobodyGivesAwayRightsHeDoesNotHave() {
    let world = worldWithReader()
    world.send(
      "POST", roles + "/roles",
      """
      {"metadata":{"name":"maker"},"rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles",
      "rolebindings"],"verbs":["create"]}]}
      """)
    world.send(
      "POST", roles + "/rolebindings",
      """
      {"metadata":{"name":"maker"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"maker"},
      "subjects":[{"kind":"User","name":"jane","apiGroup":"rbac.authorization.k8s.io"}]}
      """)
    let more = #"{"metadata":{"name":"more"},"rules":[{"apiGroups":[""],"resources":["secrets"],"verbs":["get"]}]}"#
    let refused = world.send("POST", roles + "/roles", more, as: jane)
    #expect(refused.status == 403)
    #expect(refused.message.contains("is attempting to grant RBAC permissions not currently held:"))
    let held = more.replacing("secrets", with: "pods")
    #expect(world.send("POST", roles + "/roles", held, as: jane).status == 201)
  }

  @Test func tokensCertificatesAndImpersonation() throws {
    let server = World().server
    #expect(try server.authenticate(Credentials(), headers: []) == .anonymous)
    #expect(try server.authenticate(Credentials(bearerToken: "secret"), headers: []).name == "admin")
    #expect(throws: Status.self) { try server.authenticate(Credentials(bearerToken: "nonsense"), headers: []) }
    let certificate = Credentials(certificate: .init(commonName: "kim", organizations: ["dev"]))
    #expect(try server.authenticate(certificate, headers: []).groups == ["dev", "system:authenticated"])
    let headers = [(name: "Impersonate-User", value: "jane"), (name: "Impersonate-Group", value: "g1")]
    let caller = try server.authenticate(Credentials(bearerToken: "secret"), headers: headers)
    #expect(caller.groups == ["g1", "system:authenticated"])
    #expect(throws: Status.self) { try server.authenticate(certificate, headers: headers) }
  }

  @Test func aBindingToNoRoleIsSaidInTheRefusal() {
    let world = worldWithReader()
    world.send(
      "POST", roles + "/rolebindings",
      """
      {"metadata":{"name":"lost"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"lost"},
      "subjects":[{"kind":"User","name":"jane","apiGroup":"rbac.authorization.k8s.io"}]}
      """)
    let refused = world.send("DELETE", pods + "/a", as: jane)
    #expect(
      refused.message.hasSuffix(
        "in the namespace \"default\": RBAC: clusterrole.rbac.authorization.k8s.io \"lost\" not found"))
    #expect(world.send("GET", pods, as: jane).status == 200)
  }

  @Test func missingRightsAreSaidTogetherAndInOrder() {
    let world = worldWithReader()
    world.create(
      .role,
      [
        "metadata": ["name": "maker"],
        "rules": [["apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["create"]]],
      ])
    world.create(
      .roleBinding,
      [
        "metadata": ["name": "maker"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "maker"],
        "subjects": [["kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"]],
      ])
    let more = """
      {"metadata":{"name":"more"},"rules":[{"apiGroups":[""],"resources":["secrets","pods"],"verbs":["list","get"]},
      {"apiGroups":[""],"resources":["configmaps"],"resourceNames":["a","b"],"verbs":["get"]}]}
      """
    let refused = world.send("POST", roles + "/roles", more, as: jane)
    #expect(
      refused.message
        == """
        roles.rbac.authorization.k8s.io "more" is forbidden: user "jane" (groups=["system:authenticated"]) is \
        attempting to grant RBAC permissions not currently held:
        {APIGroups:[""], Resources:["configmaps"], ResourceNames:["a"], Verbs:["get"]}
        {APIGroups:[""], Resources:["configmaps"], ResourceNames:["b"], Verbs:["get"]}
        {APIGroups:[""], Resources:["secrets"], Verbs:["list" "get"]}
        """)
  }

  @Test func aSumOfRolesTakesAllRights() {
    let world = World()
    world.create(
      .clusterRole,
      [
        "metadata": ["name": "maker"],
        "rules": [["apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["create"]]],
      ])
    world.create(
      .clusterRoleBinding,
      [
        "metadata": ["name": "maker"],
        "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "maker"],
        "subjects": [["kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"]],
      ])
    let sum = #"{"metadata":{"name":"sum"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]}}"#
    let refused = world.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", sum, as: jane)
    #expect(refused.message.hasSuffix("must have cluster-admin privileges to use an aggregationRule"))
  }

  @Test func whoTakesAnotherPlaceIsNotLeftOut() throws {
    let server = World().server
    let token = Credentials(bearerToken: "secret")
    func caller(_ headers: [(name: String, value: String)]) throws -> Caller {
      try server.authenticate(token, headers: headers)
    }
    let robot = try caller([("Impersonate-User", "system:serviceaccount:shop:robot")])
    #expect(
      robot.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"])
    let nobody = try caller([("Impersonate-User", "jane"), ("Impersonate-Group", "system:unauthenticated")])
    #expect(nobody.groups == ["system:unauthenticated"])
    let full = try caller([
      ("Impersonate-User", "jane"), ("Impersonate-Uid", "1"), ("impersonate-extra-Dep%61rtment", "a"),
      ("impersonate-extra-department", "b"),
    ])
    #expect(full.uid == "1")
    #expect(full.extra == [.init(key: "department", values: ["a", "b"])])
    do throws(Status) {
      _ = try server.authenticate(token, headers: [("Impersonate-Group", "g")])
      Issue.record("a group without a user was taken")
    } catch {
      #expect(error.message.contains("requested [{Group  g    }] without impersonating a user"))
    }
  }

  @Test func aCertificateIsGoodByTheClustersClock() throws {
    let world = World()
    let now = world.loop.now
    func identify(_ validity: ClosedRange<Time>, name: String = "kim") throws -> Caller {
      try world.server.authenticate(
        Credentials(
          certificate: .init(
            commonName: name, organizations: [], uid: "7", validity: validity, fingerprint: "ab")), headers: [])
    }
    let caller = try identify(now...now + .seconds(1))
    #expect(caller.uid == "7")
    #expect(caller.extra == [.init(key: "authentication.kubernetes.io/credential-id", values: ["X509SHA256=ab"])])
    #expect(throws: Status.self) { try identify(now + .seconds(1)...now + .seconds(2)) }
    #expect(throws: Status.self) { try identify(now - .seconds(2)...now - .seconds(1)) }
    #expect(throws: Status.self) { try identify(now...now, name: "") }
  }

  @Test func whatIsAskedMustBeAQuestion() {
    let world = World()
    let path = "/apis/authorization.k8s.io/v1/"
    let both = #"{"spec":{"resourceAttributes":{},"nonResourceAttributes":{"path":"/x"}}}"#
    let refused = world.send("POST", path + "subjectaccessreviews", both)
    #expect(refused.status == 422)
    #expect(refused.message.contains("cannot be specified in combination with resourceAttributes"))
    #expect(refused.message.contains("at least one of user or group must be specified"))
    let other = #"{"spec":{"user":"jane","resourceAttributes":{"namespace":"kube-system","verb":"get"}}}"#
    let local = world.send("POST", path + "namespaces/default/localsubjectaccessreviews", other)
    #expect(local.message == "spec.resourceAttributes.namespace must match namespace: default")
  }
}
