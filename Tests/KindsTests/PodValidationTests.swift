import Kinds
import Testing
import Tree

/// What is refused in a pod, in the words of a Kubernetes v1.36 API server.
@Suite("Rules across a pod's fields")
struct PodValidationTests {
  /// The errors of a pod with this spec: `field: message`.
  static func errors(spec: Value) -> [String] {
    var pod: Value = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "bad", "namespace": "default"], "spec": spec,
    ]
    Kind.pod.applyDefaults(to: &pod)
    return Kind.pod.validate(pod).map { $0.field + ": " + $0.message }
  }

  private static func container(_ members: Value) -> Value {
    var container: Value = ["name": "c", "image": "nginx:1.27"]
    for member in members.object ?? Members() { container[member.key] = member.value }
    return container
  }

  private func errors(container: Value) -> [String] {
    Self.errors(spec: ["containers": [Self.container(container)]])
  }

  private func errors(_ members: Value) -> [String] {
    var spec: Value = ["containers": [Self.container([:])]]
    for member in members.object ?? Members() { spec[member.key] = member.value }
    return Self.errors(spec: spec)
  }

  @Test("A good pod has no errors")
  func good() {
    #expect(errors([:]) == [])
    #expect(errors(["volumes": [["name": "v"]]]) == [])
  }

  @Test("Names are unique among containers, volumes and ports")
  func duplicates() {
    #expect(
      Self.errors(spec: ["containers": [Self.container([:]), Self.container([:])]]) == [
        "spec.containers[1].name: Duplicate value: \"c\""
      ])
    #expect(
      errors(["volumes": [["name": "v", "emptyDir": [:]], ["name": "v", "emptyDir": [:]]]]) == [
        "spec.volumes[1].name: Duplicate value: \"v\""
      ])
    #expect(
      errors(container: ["ports": [["name": "a", "containerPort": 1], ["name": "a", "containerPort": 2]]]) == [
        "spec.containers[0].ports[1].name: Duplicate value: \"a\""
      ])
    #expect(
      errors(container: ["ports": [["containerPort": 80, "hostPort": 80], ["containerPort": 81, "hostPort": 80]]]) == [
        "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//80\""
      ])
  }

  @Test("A request stays within its limit")
  func resources() {
    #expect(
      errors(container: ["resources": ["requests": ["cpu": "2"], "limits": ["cpu": "1"]]]) == [
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"
      ])
    #expect(
      errors(container: ["resources": ["limits": ["memory": "-1"]]]).first
        == "spec.containers[0].resources.limits[memory]: Invalid value: \"-1\": must be greater than or equal to 0")
    #expect(
      errors(container: ["resources": ["requests": ["rubies": "1"], "limits": ["rubies": "1"]]]).contains(
        "spec.containers[0].resources.limits[rubies]: Invalid value: \"rubies\": "
          + "must be a standard resource for containers"))
  }

  @Test("What is mounted must be a volume, and a volume has one source")
  func volumes() {
    #expect(
      errors(container: ["volumeMounts": [["name": "v", "mountPath": "/v"]]]) == [
        "spec.containers[0].volumeMounts[0].name: Not found: \"v\""
      ])
    #expect(
      errors(["volumes": [["name": "v", "emptyDir": [:], "hostPath": ["path": "/x"]]]]) == [
        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"
      ])
  }

  @Test("Environment variables have possible names and one source")
  func environment() {
    #expect(
      errors(container: ["env": [["name": "1=2", "value": "x"]]]) == [
        "spec.containers[0].env[0].name: Invalid value: \"1=2\": a valid environment variable name must consist only of "
          + "printable ASCII characters other than '='"
      ])
    let name: Value = ["fieldRef": ["fieldPath": "metadata.name"]]
    #expect(errors(container: ["env": [["name": "A", "valueFrom": name]]]) == [])
    #expect(
      errors(container: ["env": [["name": "A", "value": "x", "valueFrom": name]]]) == [
        "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"
      ])
    #expect(
      errors(container: ["env": [["name": "A", "valueFrom": ["fieldRef": ["fieldPath": "spec.nope"]]]]]) == [
        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.nope\": error converting "
          + "fieldPath: field label not supported: spec.nope"
      ])
  }

  @Test("A probe has one handler, and a liveness probe succeeds at once")
  func probes() {
    #expect(
      errors(container: ["livenessProbe": ["httpGet": ["port": 80], "tcpSocket": ["port": 80]]]) == [
        "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type"
      ])
    #expect(
      errors(container: ["livenessProbe": ["tcpSocket": ["port": 80], "successThreshold": 2]]) == [
        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"
      ])
    #expect(
      errors(container: ["readinessProbe": ["tcpSocket": ["port": 0]]]) == [
        "spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive"
      ])
    #expect(
      errors(container: ["readinessProbe": ["periodSeconds": 3]]) == [
        "spec.containers[0].readinessProbe: Required value: must specify a handler type"
      ])
  }

  @Test("Tolerations, spreading and affinity are checked")
  func placement() {
    #expect(
      errors(["tolerations": [["key": "a", "operator": "Exists", "value": "x"]]]) == [
        "spec.tolerations[0].operator: Invalid value: \"x\": value must be empty when `operator` is 'Exists'"
      ])
    #expect(
      errors(["tolerations": [["operator": "Exists", "effect": "NoSchedule", "tolerationSeconds": 3]]]) == [
        "spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when "
          + "`tolerationSeconds` is set"
      ])
    #expect(
      errors([
        "topologySpreadConstraints": [
          ["maxSkew": 0, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"]
        ]
      ]) == ["spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero"])
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let requirement: Value = ["key": "a", "operator": "Near", "values": ["b"]]
    var affinity: Value = [:]
    affinity["nodeAffinity", required, "nodeSelectorTerms"] = [["matchExpressions": [requirement]]]
    #expect(
      errors(["affinity": affinity]) == [
        "spec.affinity.nodeAffinity.\(required).nodeSelectorTerms[0].matchExpressions[0].operator: "
          + "Invalid value: \"Near\": not a valid selector operator"
      ])
  }

  private func changeErrors(_ change: (inout Value) -> Void) -> [String] {
    var old: Value = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "namespace": "default"],
      "spec": ["containers": [Self.container([:])], "activeDeadlineSeconds": 60],
    ]
    Kind.pod.applyDefaults(to: &old)
    var new = old
    change(&new)
    return Kind.pod.validateUpdate(new, from: old, subresource: nil).map { $0.field + ": " + $0.message }
  }

  @Test("Of a pod's spec only the image, a shorter deadline and more tolerations may change")
  func updates() {
    #expect(changeErrors { $0["spec", "containers"] = [Self.container(["image": "nginx:2"])] }.isEmpty == false)
    #expect(
      changeErrors { pod in
        var container = pod["spec", "containers"]?.array?.first ?? [:]
        container["image"] = "nginx:2"
        pod["spec", "containers"] = [container]
        pod["spec", "activeDeadlineSeconds"] = 30
        pod["spec", "tolerations"] = [["key": "a", "operator": "Exists"]]
      } == [])
    let rule =
      "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
      + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
      + "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"
    #expect(changeErrors { $0["spec", "nodeName"] = "n" }.first?.hasPrefix(rule) == true)
    #expect(
      changeErrors { $0["spec", "activeDeadlineSeconds"] = 61 } == [
        "spec.activeDeadlineSeconds: Invalid value: 61: must be less than or equal to previous value"
      ])
    #expect(
      changeErrors { pod in
        let container = pod["spec", "containers"]?.array?.first ?? [:]
        pod["spec", "containers"] = [container, Self.container(["name": "d"])]
      } == ["spec.containers: Forbidden: pod updates may not add or remove containers"])
  }
}
