import API
import Controllers
import Kinds
import Loop
import Store
import Testing
import Tree

@Suite("Namespaces and what they are born with")
struct NamespaceTests {
  let world = World()

  init() {
    world.startAll()
    world.settle()
  }

  @Test("Each namespace has its default ServiceAccount and the root certificate, and gets them back")
  func defaults() throws {
    try world.create(.namespace, ["metadata": ["name": "shop"]])
    world.settle()
    #expect(world.get(.serviceAccount, "default", namespace: "shop") != nil)
    let map = try #require(world.get(.configMap, "kube-root-ca.crt", namespace: "shop"))
    #expect(map["data"] == ["ca.crt": "certificate"])
    #expect(
      map["metadata", "annotations", "kubernetes.io/description"]?.string?.hasPrefix("Contains a CA bundle") == true)
    try world.client.delete(.serviceAccount, namespace: "shop", name: "default", cause: world.user)
    try world.change(.configMap, "kube-root-ca.crt", namespace: "shop") { $0["data"] = ["ca.crt": "forged"] }
    world.settle()
    #expect(world.get(.serviceAccount, "default", namespace: "shop") != nil)
    #expect(world.get(.configMap, "kube-root-ca.crt", namespace: "shop")?["data"] == ["ca.crt": "certificate"])
  }

  @Test("A deleted namespace is emptied, pods first, and goes when all is gone")
  func deletion() throws {
    try world.addNode("node-1")
    try world.create(.namespace, ["metadata": ["name": "shop"]])
    world.settle()
    try world.create(.configMap, ["metadata": ["name": "settings"]], namespace: "shop")
    try world.create(.pod, World.pod("web"), namespace: "shop")
    try world.client.bind(namespace: "shop", pod: "web", node: "node-1", cause: world.user)
    world.advance(.seconds(3))
    try world.client.delete(.namespace, name: "shop", cause: world.user)
    world.settle()
    let ending = try #require(world.get(.namespace, "shop"))
    #expect(ending["status", "phase"] == "Terminating")
    #expect(world.get(.configMap, "settings", namespace: "shop") != nil)
    let remaining = ending["status", "conditions"]?.array?.first { $0["type"] == "NamespaceContentRemaining" }
    #expect(remaining?["status"] == "True")
    #expect(remaining?["reason"] == "SomeResourcesRemain")
    #expect(remaining?["message"] == "Some resources are remaining: pods. has 1 resource instances")
    world.advance(.seconds(3))
    #expect(world.get(.namespace, "shop") == nil)
    #expect(world.get(.configMap, "settings", namespace: "shop") == nil)
    #expect(world.client.list(.serviceAccount, namespace: "shop").isEmpty)
  }

  @Test("ClusterRoles that aggregate others have their rules")
  func aggregation() throws {
    let rule: Value = ["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]
    let other: Value = ["apiGroups": [""], "resources": ["secrets"], "verbs": ["list"]]
    try world.create(
      .clusterRole,
      [
        "metadata": ["name": "reader"],
        "aggregationRule": ["clusterRoleSelectors": [["matchLabels": ["to": "reader"]]]], "rules": [],
      ])
    try world.create(.clusterRole, ["metadata": ["name": "one", "labels": ["to": "reader"]], "rules": [rule]])
    world.settle()
    #expect(world.get(.clusterRole, "reader")?["rules"] == [rule])
    try world.create(.clusterRole, ["metadata": ["name": "two", "labels": ["to": "reader"]], "rules": [other, rule]])
    world.settle()
    #expect(world.get(.clusterRole, "reader")?["rules"] == [rule, other])
  }
}
