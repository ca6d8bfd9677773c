import Kinds
import Testing
import Tree

/// What is refused field by field, in the words of a Kubernetes v1.36 API server.
@Suite("Rules of single fields, kind by kind")
struct FieldRuleTests {
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

  private func changes(_ kind: Kind, from old: Value, to new: Value, by subresource: String? = nil) -> [String] {
    kind.validateUpdate(object(kind, new), from: object(kind, old), subresource: subresource)
      .map { $0.field + ": " + $0.message }
  }

  private func resources(_ resources: Value) -> [String] {
    errors(.pod, ["spec": ["containers": [["name": "c", "image": "n", "resources": resources]]]])
  }

  @Test("Devices are whole, and pages come in whole pages beside processor or memory")
  func amounts() {
    let path = "spec.containers[0].resources"
    #expect(
      resources(["limits": ["example.com/gpu": "1500m"], "requests": ["example.com/gpu": "1500m"]]) == [
        path + ".limits[example.com/gpu]: Invalid value: \"1500m\": must be an integer",
        path + ".requests[example.com/gpu]: Invalid value: \"1500m\": must be an integer",
      ])
    #expect(
      resources(["limits": ["hugepages-2Mi": "2Mi"], "requests": ["hugepages-2Mi": "2Mi"]]) == [
        path + ": Forbidden: HugePages require cpu or memory"
      ])
    #expect(
      resources(["limits": ["cpu": "1", "hugepages-2Mi": "1Mi"], "requests": ["hugepages-2Mi": "1Mi"]]).first
        == path
        + ".limits[hugepages-2Mi]: Invalid value: \"1Mi\": 1Mi is not positive integer multiple of hugepages-2Mi")
    #expect(
      resources(["requests": ["storage": "1"]]) == [
        path + ".requests[storage]: Invalid value: \"storage\": must be a standard resource for containers"
      ])
    #expect(
      resources(["claims": [["name": "x"]]]) == [
        path + ".claims[0]: Not found: \"x\": must be one of the names in pod.spec.resourceClaims which is empty"
      ])
  }

  @Test("What the declaration and a rule both find is said once")
  func once() {
    let pod: Value = ["containers": [["name": "c", "image": "n"]], "volumes": [["name": "v", "secret": [:]]]]
    #expect(errors(.pod, ["spec": pod]) == ["spec.volumes[0].secret.secretName: Required value"])
  }

  @Test("A pod at a gate has no node, and its gates are only lifted")
  func gates() {
    let container: Value = ["name": "c", "image": "n"]
    let gated: Value = ["containers": [container], "schedulingGates": [["name": "a"]]]
    var placed = gated
    placed["nodeName"] = "one"
    #expect(
      errors(.pod, ["spec": placed]) == [
        "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"
      ])
    #expect(changes(.pod, from: ["spec": gated], to: ["spec": ["containers": [container]]]) == [])
    var narrowed = gated
    narrowed["nodeSelector"] = ["zone": "a"]
    #expect(changes(.pod, from: ["spec": gated], to: ["spec": narrowed]) == [])
    #expect(
      changes(.pod, from: ["spec": narrowed], to: ["spec": gated]) == [
        "spec.nodeSelector: Invalid value: null: only additions to spec.nodeSelector are allowed "
          + "(no mutations or deletions)"
      ])
    var other = gated
    other["schedulingGates"] = [["name": "b"]]
    #expect(
      changes(.pod, from: ["spec": gated], to: ["spec": other]) == [
        "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'"
      ])
  }

  @Test("A pod's status keeps its class of service and does not revive what has ended")
  func podStatus() {
    let spec: Value = ["containers": [["name": "c", "image": "n"]], "restartPolicy": "Never"]
    let ended: Value = ["name": "c", "state": ["terminated": ["exitCode": 0]]]
    let old: Value = ["spec": spec, "status": ["qosClass": "BestEffort", "containerStatuses": [ended]]]
    let new: Value = [
      "spec": spec,
      "status": ["qosClass": "Burstable", "containerStatuses": [["name": "c", "state": ["running": [:]]]]],
    ]
    #expect(
      changes(.pod, from: old, to: new, by: "status") == [
        "status.qosClass: Invalid value: \"Burstable\": field is immutable",
        "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state",
      ])
  }

  @Test("A strategy of no known type is shown whole")
  func strategies() {
    let template: Value = ["metadata": ["labels": ["a": "b"]], "spec": ["containers": [["name": "c", "image": "n"]]]]
    let selector: Value = ["matchLabels": ["a": "b"]]
    let shown = "{\"Type\":\"Foo\",\"RollingUpdate\":null}"
    func spec(_ field: String) -> Value {
      var spec: Value = ["selector": selector, "template": template, "serviceName": "s"]
      spec[field] = ["type": "Foo"]
      return spec
    }
    #expect(
      errors(.deployment, ["spec": spec("strategy")]) == [
        "spec.strategy: Unsupported value: \(shown): supported values: \"Recreate\", \"RollingUpdate\""
      ])
    #expect(
      errors(.daemonSet, ["spec": spec("updateStrategy")]) == [
        "spec.updateStrategy: Unsupported value: \(shown): supported values: \"RollingUpdate\", \"OnDelete\""
      ])
    #expect(
      errors(.statefulSet, ["spec": spec("updateStrategy")]) == [
        "spec.updateStrategy: Invalid value: \(shown): must be 'RollingUpdate' or 'OnDelete'"
      ])
  }

  @Test("A StatefulSet's pods are checked with the volumes of its claims")
  func claimTemplates() {
    let claim: Value = [
      "metadata": ["name": "data"],
      "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
    ]
    func spec(_ mount: Value) -> Value {
      [
        "selector": ["matchLabels": ["a": "b"]], "serviceName": "s", "volumeClaimTemplates": [claim],
        "template": [
          "metadata": ["labels": ["a": "b"]],
          "spec": ["containers": [["name": "c", "image": "n", "volumeMounts": [["name": mount, "mountPath": "/d"]]]]],
        ],
      ]
    }
    #expect(errors(.statefulSet, ["spec": spec("data")]) == [])
    #expect(
      errors(.statefulSet, ["spec": spec("other")]) == [
        "spec.template.spec.containers[0].volumeMounts[0].name: Not found: \"other\""
      ])
  }

  @Test("Limits and quotas name resources that there are, in scopes that tell them apart")
  func limits() {
    let limit: Value = ["type": "Container", "max": ["cpu": "1"], "min": ["cpu": "500m"]]
    var steep = limit
    steep["maxLimitRequestRatio"] = ["cpu": "4"]
    #expect(
      errors(.limitRange, ["spec": ["limits": [steep]]]) == [
        "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"4\": ratio 4 is greater than max/min = 2.000000"
      ])
    #expect(
      errors(.limitRange, ["spec": ["limits": [["type": "PersistentVolumeClaim"]]]]) == [
        "spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was "
          + "provided"
      ])
    #expect(
      errors(.resourceQuota, ["spec": ["hard": ["foo": "1"]]]) == [
        "spec.hard[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified",
        "spec.hard[foo]: Invalid value: \"foo\": must be a standard resource for quota",
      ])
    #expect(
      errors(.resourceQuota, ["spec": ["hard": ["pods": "1500m"]]]) == [
        "spec.hard[pods]: Invalid value: \"1500m\": must be an integer"
      ])
    #expect(
      errors(.resourceQuota, ["spec": ["hard": ["secrets": "1"], "scopes": ["BestEffort", "NotBestEffort"]]]).last
        == "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes")
  }

  @Test("Volumes say where they are, claims where their data come from")
  func storage() {
    let volume: Value = ["capacity": ["storage": "1Gi"], "accessModes": ["ReadWriteOnce"], "local": ["path": "/d"]]
    #expect(
      errors(.persistentVolume, ["spec": volume]) == [
        "spec.nodeAffinity: Required value: Local volume requires node affinity"
      ])
    let claim: Value = [
      "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "0"]],
      "dataSource": ["kind": "Foo", "name": "x"],
    ]
    #expect(
      errors(.persistentVolumeClaim, ["spec": claim]) == [
        "spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
        "spec.dataSource: Invalid value: \"Foo\": must be 'PersistentVolumeClaim' when referencing the default apiGroup",
        "spec.dataSourceRef: Invalid value: \"Foo\": must be 'PersistentVolumeClaim' when referencing the default "
          + "apiGroup",
      ])
  }

  @Test("A registry's credentials are JSON; a key stands once")
  func secrets() {
    #expect(
      errors(.secret, ["type": "kubernetes.io/dockerconfigjson", "stringData": [".dockerconfigjson": "x"]]) == [
        "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'x' looking for "
          + "beginning of value"
      ])
    #expect(
      errors(.configMap, ["data": ["a": "1"], "binaryData": ["a": "MQ=="]]) == [
        "data[a]: Invalid value: \"a\": duplicate of key present in binaryData"
      ])
  }

  @Test("What an autoscaler measures has a goal of its own sort")
  func metrics() {
    let target: Value = ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"]
    func errors(_ metric: Value) -> [String] {
      self.errors(
        .horizontalPodAutoscaler, ["spec": ["maxReplicas": 2, "scaleTargetRef": target, "metrics": [metric]]])
    }
    let path = "spec.metrics[0]"
    #expect(
      errors(["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization"]]]) == [
        path + ".resource.target.averageUtilization: Required value: must set either a target raw value or a target "
          + "utilization"
      ])
    #expect(
      errors(["type": "Pods", "pods": ["metric": ["name": "x"], "target": ["type": "AverageValue"]]]) == [
        path + ".pods.target.averageValue: Required value: must specify a positive target averageValue"
      ])
    #expect(
      errors(["type": "Foo"]) == [
        path + ".type: Unsupported value: \"Foo\": supported values: \"ContainerResource\", \"External\", \"Object\", "
          + "\"Pods\", \"Resource\""
      ])
  }
}
