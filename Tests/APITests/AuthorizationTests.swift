import Kinds
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
}
