import Kinds
import Store
import Testing
import Tree

@testable import API

@Suite struct BootstrapTests {
  private func bornWorld() throws -> World {
    let world = World()
    try Bootstrap.create(with: world.writer, kinds: .builtIn)
    world.commit()
    return world
  }

  @Test func everyObjectIsAcceptedByTheWriter() throws {
    let world = try bornWorld()
    for object in Bootstrap.objects(.builtIn) {
      let kind = try #require(
        KindTable.builtIn.kind(apiVersion: object["apiVersion"]?.string ?? "", name: object["kind"]?.string ?? ""))
      let key = kind.key(
        namespace: object["metadata", "namespace"]?.string ?? "", name: object["metadata", "name"]?.string ?? "")
      #expect(world.store[key] != nil, "\(key)")
    }
    #expect(
      world.send("GET", "/api/v1/namespaces/default/services/kubernetes").value["spec", "clusterIP"] == "10.96.0.1")
    #expect(world.send("GET", "/apis/podium.dev/v1/clocks/cluster").status == 200)
  }

  @Test func rolesAreThoseOfKubernetes() throws {
    let world = try bornWorld()
    let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles/"
    let admin = world.send("GET", roles + "admin").value
    #expect(admin["rules"]?.array?.count == 29)
    #expect(admin["rules"]?.array?.last?["resources"] == ["rolebindings", "roles"])
    #expect(world.send("GET", roles + "edit").value["rules"]?.array?.count == 27)
    #expect(
      world.send("GET", roles + "cluster-admin").value["rules"] == [
        ["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]], ["verbs": ["*"], "nonResourceURLs": ["*"]],
      ])
    let list = world.send("GET", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings")
    #expect(list.names.count == 52)
    let reader = world.send(
      "GET",
      "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings/"
        + "system::extension-apiserver-authentication-reader")
    #expect(reader.value["roleRef", "name"] == "extension-apiserver-authentication-reader")
    #expect(reader.value["subjects"]?.array?.count == 2)
  }

  @Test func theLearnerEditsInDefaultOnly() throws {
    let world = try bornWorld()
    let pod = World.pod("a")
    #expect(world.send("POST", "/api/v1/namespaces/default/pods", pod, as: .learner).status == 201)
    #expect(world.send("POST", "/api/v1/namespaces/kube-system/pods", pod, as: .learner).status == 403)
    #expect(world.send("GET", "/api/v1/nodes", as: .learner).status == 200)
    #expect(world.send("DELETE", "/api/v1/nodes/node-1", as: .learner).status == 403)
    #expect(world.send("GET", "/apis/podium.dev/v1/clocks", as: .learner).status == 200)
    #expect(world.send("GET", "/api", as: .learner).status == 200)
    #expect(world.send("GET", "/version", as: .anonymous).status == 200)
    #expect(world.send("GET", "/apis", as: .anonymous).status == 403)
  }

  @Test("a cluster of an earlier version gets the rights that it lacks, and keeps what somebody changed on purpose")
  func rightsAreReconciled() throws {
    let world = try bornWorld()
    let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles/"
    let bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/"
    let role = world.send("GET", roles + "podium:learner").value
    let own: Value = ["apiGroups": ["own"], "resources": ["things"], "verbs": ["get"]]
    var old = role
    old["rules"] = .array(Array((role["rules"]?.array ?? []).prefix(1)) + [own])
    #expect(world.send("PUT", roles + "podium:learner", old.jsonText).status == 200)
    #expect(world.send("DELETE", roles + "system:node-bootstrapper").status == 200)
    #expect(world.send("DELETE", bindings + "system:basic-user").status == 200)
    var kept = world.send("GET", bindings + "system:discovery").value
    kept["subjects"] = []
    kept["metadata", "annotations"] = ["rbac.authorization.kubernetes.io/autoupdate": "false"]
    #expect(world.send("PUT", bindings + "system:discovery", kept.jsonText).status == 200)
    var emptied = world.send("GET", bindings + "podium:learner").value
    emptied["subjects"] = []
    #expect(world.send("PUT", bindings + "podium:learner", emptied.jsonText).status == 200)

    try RightsReconciliation(world.writer, kinds: .builtIn).run(Bootstrap.rights)
    world.commit()

    let wish = Attributes(caller: .learner, verb: "create", group: "podium.dev", resource: "rewinds")
    #expect(world.server.authorizer.allows(wish))
    #expect(world.send("GET", roles + "podium:learner").value["rules"]?.array?.contains(own) == true)
    #expect(world.send("GET", roles + "system:node-bootstrapper").status == 200)
    #expect(world.send("GET", bindings + "system:basic-user").status == 200)
    #expect(world.send("GET", bindings + "system:discovery").value["subjects"]?.array ?? [] == [])
    // What lacks nothing is not written.
    let revision = world.store.revision
    try RightsReconciliation(world.writer, kinds: .builtIn).run(Bootstrap.rights)
    #expect(world.store.revision == revision)
  }

  @Test func rolesThatUsersAddAreAggregated() throws {
    let world = try bornWorld()
    world.send(
      "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
      """
      {"metadata":{"name":"more","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},
      "rules":[{"apiGroups":[""],"resources":["nodes"],"verbs":["delete"]}]}
      """)
    let attributes = Attributes(caller: .learner, verb: "delete", resource: "nodes", namespace: "default", name: "n")
    #expect(world.server.authorizer.allows(attributes))
  }
}
