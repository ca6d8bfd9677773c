import Kinds
import Testing
import Tree

/// What is refused in a Deployment or ReplicaSet, in the words of a Kubernetes v1.36 API server.
@Suite("Rules across a workload's fields")
struct WorkloadValidationTests {
  private func errors(_ members: Value, of kind: Kind = .deployment) -> [String] {
    var spec: Value = [
      "selector": ["matchLabels": ["app": "a"]],
      "template": [
        "metadata": ["labels": ["app": "a"]], "spec": ["containers": [["name": "c", "image": "nginx:1.27"]]],
      ],
    ]
    for member in members.object ?? Members() { spec[member.key] = member.value == .null ? nil : member.value }
    var object: Value = [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.name),
      "metadata": ["name": "bad", "namespace": "default"], "spec": spec,
    ]
    kind.applyDefaults(to: &object)
    return kind.validate(object).map { $0.field + ": " + $0.message }
  }

  @Test("The selector matches the template")
  func selector() {
    #expect(errors([:]) == [])
    let mismatch =
      "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`"
    #expect(errors(["selector": ["matchLabels": ["app": "b"]]]) == [mismatch])
    #expect(errors(["selector": .null]) == ["spec.selector: Required value", mismatch])
    #expect(errors(["selector": [:]]) == ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"])
    #expect(
      errors(["selector": ["matchExpressions": [["key": "a", "operator": "In"]]]], of: .replicaSet) == [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        "spec.selector: Invalid value: {\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\"}]}: "
          + "invalid label selector",
      ])
  }

  @Test("A StatefulSet's template may mount the volumes of its claims")
  func claimTemplates() {
    let mount: Value = [
      "metadata": ["labels": ["app": "a"]],
      "spec": [
        "containers": [
          ["name": "c", "image": "redis:7", "volumeMounts": [["name": "data", "mountPath": "/data"]]]
        ]
      ],
    ]
    let claim: Value = [
      "metadata": ["name": "data"],
      "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
    ]
    #expect(errors(["template": mount, "volumeClaimTemplates": [claim], "serviceName": "a"], of: .statefulSet) == [])
    #expect(errors(["template": mount]).count == 1)
  }

  @Test("A template's pods run for ever, and are checked as pods are")
  func template() {
    let container: Value = ["name": "c", "image": "nginx:1.27"]
    #expect(
      errors([
        "template": [
          "metadata": ["labels": ["app": "a"]], "spec": ["containers": [container], "restartPolicy": "Never"],
        ]
      ]) == ["spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\""])
    #expect(
      errors(["template": ["metadata": ["labels": ["app": "a"]], "spec": ["containers": [container, container]]]]) == [
        "spec.template.spec.containers[1].name: Duplicate value: \"c\""
      ])
  }

  @Test("A strategy can move")
  func strategy() {
    #expect(
      errors(["strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 0, "maxUnavailable": 0]]]) == [
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"
      ])
    #expect(
      errors(["strategy": ["type": "Recreate", "rollingUpdate": ["maxSurge": 1]]]) == [
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
      ])
    #expect(
      errors(["strategy": ["rollingUpdate": ["maxSurge": "120%", "maxUnavailable": "x%"]]]) == [
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"x%\": a valid percent string must be a numeric "
          + "string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"
      ])
    #expect(
      errors(["progressDeadlineSeconds": 5, "minReadySeconds": 10]) == [
        "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds"
      ])
  }
}
