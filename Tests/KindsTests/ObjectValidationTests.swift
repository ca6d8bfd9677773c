import Kinds
import Testing
import Tree

/// What is refused in Services, configuration, roles and others, in the words of a Kubernetes v1.36 API server.
@Suite("Rules across the fields of other kinds")
struct ObjectValidationTests {
  private func object(_ kind: Kind, _ members: Value) -> Value {
    var object: Value = [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.name), "metadata": ["name": "bad"],
    ]
    if kind.isNamespaced { object["metadata", "namespace"] = "shop" }
    for member in members.object ?? Members() { object[member.key] = member.value }
    kind.applyDefaults(to: &object)
    return object
  }

  private func errors(_ kind: Kind, _ members: Value) -> [String] {
    kind.validate(object(kind, members)).map { $0.field + ": " + $0.message }
  }

  private func changeErrors(_ kind: Kind, from old: Value, to new: Value) -> [String] {
    kind.validateUpdate(object(kind, new), from: object(kind, old), subresource: nil)
      .map { $0.field + ": " + $0.message }
  }

  @Test("A Service's ports are named, and its target port is one")
  func servicePorts() {
    #expect(errors(.service, ["spec": ["ports": [["port": 80]]]]) == [])
    #expect(errors(.service, ["spec": ["ports": []]]) == ["spec.ports: Required value"])
    #expect(
      errors(.service, ["spec": ["ports": [["port": 80], ["port": 81]]]]) == [
        "spec.ports[0].name: Required value", "spec.ports[1].name: Required value",
      ])
    #expect(
      errors(.service, ["spec": ["ports": [["port": 80, "targetPort": "9376`"]]]]) == [
        "spec.ports[0].targetPort: Invalid value: \"9376`\": must contain only alpha-numeric characters (a-z, 0-9), and "
          + "hyphens (-)",
        "spec.ports[0].targetPort: Invalid value: \"9376`\": must contain at least one letter (a-z)",
      ])
    #expect(
      errors(.service, ["spec": ["ports": [["name": "a", "port": 80], ["name": "b", "port": 80]]]]) == [
        "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,"
          + "\"TargetPort\":0,\"NodePort\":0}"
      ])
  }

  @Test("A Service keeps its address, and an ExternalName has a name")
  func serviceAddresses() {
    #expect(
      errors(.service, ["spec": ["clusterIP": "1.2.3", "ports": [["port": 80]]]]) == [
        "spec.clusterIPs[0]: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
      ])
    #expect(errors(.service, ["spec": ["type": "ExternalName"]]) == ["spec.externalName: Required value"])
    let old: Value = ["spec": ["clusterIP": "10.0.0.1", "clusterIPs": ["10.0.0.1"], "ports": [["port": 80]]]]
    let new: Value = ["spec": ["clusterIP": "10.0.0.99", "clusterIPs": ["10.0.0.99"], "ports": [["port": 80]]]]
    #expect(
      changeErrors(.service, from: old, to: new) == [
        "spec.clusterIPs[0]: Invalid value: [\"10.0.0.99\"]: may not change once set"
      ])
    #expect(changeErrors(.service, from: old, to: old) == [])
  }

  @Test("ConfigMaps and Secrets have file names as keys, and may be immutable")
  func configuration() {
    #expect(
      errors(.configMap, ["data": ["a b": "1"]]) == [
        "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
          + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
      ])
    #expect(
      changeErrors(
        .configMap, from: ["data": ["a": "1"], "immutable": true], to: ["data": ["a": "2"], "immutable": true]) == [
          "data: Forbidden: field is immutable when `immutable` is set"
        ])
    #expect(
      changeErrors(.secret, from: ["data": ["a": "MQ=="]], to: ["data": ["a": "MQ=="], "type": "kubernetes.io/tls"])
        == [
          "type: Invalid value: \"kubernetes.io/tls\": field is immutable", "data[tls.crt]: Required value",
          "data[tls.key]: Required value",
        ])
    let megabyte = String(repeating: "x", count: 1_048_577)
    #expect(
      errors(.configMap, ["data": ["a": .string(megabyte)]]) == [": Too long: may not be more than 1048576 bytes"])
  }

  @Test("A binding's role is of a kind that there is, and stays")
  func roles() {
    let group = "rbac.authorization.k8s.io"
    #expect(
      errors(.roleBinding, ["roleRef": ["apiGroup": .string(group), "kind": "Rolle", "name": "r"]]) == [
        "roleRef.kind: Unsupported value: \"Rolle\": supported values: \"Role\", \"ClusterRole\""
      ])
    #expect(
      changeErrors(
        .roleBinding, from: ["roleRef": ["kind": "Role", "name": "r"]],
        to: ["roleRef": ["kind": "ClusterRole", "name": "view"]]) == [
          "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"ClusterRole\",\"Name\":\"view\"}"
            + ": cannot change roleRef"
        ])
    #expect(
      errors(.role, ["rules": [["verbs": ["get"], "nonResourceURLs": ["/metrics"]]]]) == [
        "rules[0].nonResourceURLs: Invalid value: [\"/metrics\"]: namespaced rules cannot apply to non-resource URLs"
      ])
    #expect(errors(.clusterRole, ["rules": [["verbs": ["get"], "nonResourceURLs": ["/metrics"]]]]) == [])
  }

  @Test("Events, leases, slices and taints are checked")
  func records() {
    #expect(
      errors(.event, ["involvedObject": ["kind": "Pod", "name": "web"]]) == [
        "involvedObject.namespace: Invalid value: \"\": does not match event.namespace"
      ])
    #expect(
      errors(.lease, ["spec": ["leaseDurationSeconds": 0]]) == [
        "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"
      ])
    #expect(
      errors(.endpointSlice, ["addressType": "IPv4", "endpoints": [["addresses": ["web"]]]]) == [
        "endpoints[0].addresses[0]: Invalid value: \"web\": must be an IPv4 address"
      ])
    let taint: Value = ["key": "a", "effect": "NoSchedule"]
    #expect(
      errors(.node, ["spec": ["taints": [taint, taint]]]) == [
        "metadata.taints[1]: Duplicate value: {\"Key\":\"a\",\"Value\":\"\",\"Effect\":\"NoSchedule\",\"TimeAdded\":null}: "
          + "taints must be unique by key and effect pair"
      ])
  }
}
