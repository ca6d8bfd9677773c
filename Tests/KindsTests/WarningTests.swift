import Kinds
import Testing
import Tree

/// What a sender is told of objects that are written all the same, in the words of a Kubernetes v1.36 API server.
@Suite("Warnings of what is seldom meant")
struct WarningTests {
  private func object(_ kind: Kind, name: String = "web", _ members: Value) -> Value {
    var object: Value = [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.name),
      "metadata": ["name": .string(name), "namespace": "shop"],
    ]
    for member in members.object ?? Members() { object[member.key] = member.value }
    kind.applyDefaults(to: &object)
    return object
  }

  private func warnings(_ kind: Kind, name: String = "web", _ members: Value) -> [String] {
    kind.warnings(of: object(kind, name: name, members), old: nil)
  }

  @Test("A variable set twice, a port twice, a fraction of a byte")
  func containers() {
    let container: Value = [
      "name": "c", "image": "n", "env": [["name": "A", "value": "1"], ["name": "A", "value": "2"]],
      "ports": [["containerPort": 80], ["containerPort": 80]], "resources": ["requests": ["memory": "1m"]],
    ]
    #expect(
      warnings(.pod, ["spec": ["containers": [container]]]) == [
        "spec.containers[0].resources.requests[memory]: fractional byte value \"1m\" is invalid, must be an integer",
        "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when using apply",
        "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]",
      ])
  }

  @Test("A template's warnings stand at the template; a name that is no host's is one")
  func templates() {
    let template: Value = [
      "metadata": ["labels": ["a": "b"]],
      "spec": [
        "containers": [["name": "c", "image": "n"]], "nodeSelector": ["beta.kubernetes.io/os": "linux"],
      ],
    ]
    let spec: Value = ["spec": ["selector": ["matchLabels": ["a": "b"]], "template": template]]
    #expect(
      warnings(.deployment, name: "web.one", spec) == [
        "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is "
          + "recommended: [must not contain dots]",
        "spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
      ])
  }

  @Test("Who changes nothing of what a workload wishes hears nothing")
  func changes() {
    var old = object(.deployment, ["spec": ["template": ["spec": ["nodeSelector": ["beta.kubernetes.io/os": "a"]]]]])
    old["metadata", "generation"] = 1
    #expect(Kind.deployment.warnings(of: old, old: old) == [])
    var new = old
    new["metadata", "generation"] = 2
    #expect(Kind.deployment.warnings(of: new, old: old).count == 1)
  }

  @Test("A Service's addresses from elsewhere, an Ingress' old class")
  func others() {
    #expect(
      warnings(.service, ["spec": ["ports": [["port": 80]], "externalIPs": ["1.2.3.4"]]]) == [
        "spec.externalIPs is deprecated and may no longer be implemented in some clusters"
      ])
    var ingress = object(.ingress, ["spec": [:]])
    ingress["metadata", "annotations"] = ["kubernetes.io/ingress.class": "x"]
    #expect(
      Kind.ingress.warnings(of: ingress, old: nil) == [
        "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"
      ])
  }
}
