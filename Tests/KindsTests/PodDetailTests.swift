import Kinds
import Testing
import Tree

/// What is refused in the less common fields of a pod, in the words of a Kubernetes v1.36 API server
/// (pkg/apis/core/validation).
@Suite("Rules for a pod's details")
struct PodDetailTests {
  private func errors(_ members: Value) -> [String] {
    var spec: Value = ["containers": [["name": "c", "image": "nginx:1.27"]]]
    for member in members.object ?? Members() { spec[member.key] = member.value }
    return PodValidationTests.errors(spec: spec)
  }

  private func errors(container: Value, volumes: Value = []) -> [String] {
    var whole: Value = ["name": "c", "image": "nginx:1.27"]
    for member in container.object ?? Members() { whole[member.key] = member.value }
    return PodValidationTests.errors(spec: ["containers": [whole], "volumes": volumes])
  }

  private func errors(volume: Value) -> [String] {
    var volume = volume
    volume["name"] = "v"
    return errors(["volumes": [volume]])
  }

  @Test("Users and groups are numbers of 31 bits")
  func identities() {
    let range = "must be between 0 and 2147483647, inclusive"
    #expect(
      errors(["securityContext": ["runAsUser": -1, "fsGroup": -2, "supplementalGroups": [-3]]]) == [
        "spec.securityContext.fsGroup: Invalid value: -2: \(range)",
        "spec.securityContext.runAsUser: Invalid value: -1: \(range)",
        "spec.securityContext.supplementalGroups[0]: Invalid value: -3: \(range)",
      ])
    #expect(
      errors(container: ["securityContext": ["runAsUser": -1]]) == [
        "spec.containers[0].securityContext.runAsUser: Invalid value: -1: \(range)"
      ])
  }

  @Test("A privileged container cannot give up gaining rights; Kubernetes shows its own structure")
  func escalation() {
    #expect(
      errors(container: ["securityContext": ["privileged": true, "allowPrivilegeEscalation": false]]) == [
        "spec.containers[0].securityContext: Invalid value: {\"Capabilities\":null,\"Privileged\":true,"
          + "\"SELinuxOptions\":null,\"WindowsOptions\":null,\"RunAsUser\":null,\"RunAsGroup\":null,"
          + "\"RunAsNonRoot\":null,\"ReadOnlyRootFilesystem\":null,\"AllowPrivilegeEscalation\":false,"
          + "\"ProcMount\":null,\"SeccompProfile\":null,\"AppArmorProfile\":null}: "
          + "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
      ])
  }

  @Test("Profiles have a sort, and a name where they are the node's")
  func profiles() {
    #expect(
      errors(["securityContext": ["seccompProfile": ["type": "Localhost"], "appArmorProfile": ["type": "x"]]]) == [
        "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is "
          + "Localhost",
        "spec.securityContext.appArmorProfile.type: Unsupported value: \"x\": supported values: \"Localhost\", "
          + "\"RuntimeDefault\", \"Unconfined\"",
      ])
  }

  @Test("Kernel settings have names of their syntax, once")
  func sysctls() {
    let found = errors([
      "securityContext": [
        "sysctls": [["name": "a b", "value": "1"], ["name": "a.b", "value": "1"], ["name": "a.b", "value": "2"]]
      ]
    ])
    #expect(found.count == 2)
    #expect(found.first?.hasPrefix("spec.securityContext.sysctls[0].name: Invalid value: \"a b\": must have") == true)
    #expect(found.last == "spec.securityContext.sysctls[2].name: Duplicate value: \"a.b\"")
  }

  @Test("Files of volumes stay below their mount, with permissions that can be")
  func files() {
    #expect(
      errors(volume: ["secret": ["secretName": "s", "items": [["key": "a", "path": "../x", "mode": 1000]]]]) == [
        "spec.volumes[0].secret.items[0].path: Invalid value: \"../x\": must not contain '..'",
        "spec.volumes[0].secret.items[0].mode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both "
          + "inclusive",
      ])
    #expect(
      errors(volume: ["hostPath": ["path": "/a", "type": "Foo"]]) == [
        "spec.volumes[0].hostPath.type: Unsupported value: \"Foo\": supported values: \"\", \"BlockDevice\", "
          + "\"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\""
      ])
    #expect(
      errors(volume: ["emptyDir": ["sizeLimit": "-1"]]) == [
        "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"
      ])
    #expect(
      errors(volume: ["nfs": ["server": "s", "path": "a"]]) == [
        "spec.volumes[0].nfs.path: Invalid value: \"a\": must be an absolute path"
      ])
  }

  @Test("Facts in files: where Kubernetes names the volume, so do we")
  func facts() {
    #expect(
      errors(volume: [
        "downwardAPI": ["items": [["path": "a", "fieldRef": ["fieldPath": "spec.nodeName"]], ["path": "b"]]]
      ])
        == [
          "spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: \"spec.nodeName\": supported values: "
            + "\"metadata.annotations\", \"metadata.labels\", \"metadata.name\", \"metadata.namespace\", "
            + "\"metadata.uid\"",
          "spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
        ])
  }

  @Test("Sources that share a directory do not share files, and tokens live ten minutes at least")
  func projected() {
    #expect(
      errors(volume: [
        "projected": [
          "sources": [
            ["configMap": ["name": "a", "items": [["key": "k", "path": "x"]]]],
            ["configMap": ["name": "b", "items": [["key": "k", "path": "x"]]]],
            ["secret": ["name": "s"], "configMap": ["name": "c"]],
          ]
        ]
      ]) == [
        "spec.volumes[0].projected: Invalid value: \"b\": conflicting duplicate paths",
        "spec.volumes[0].projected.sources[2]: Forbidden: may not specify more than 1 volume type per source",
      ])
    #expect(
      errors(volume: ["projected": ["sources": [["serviceAccountToken": ["path": "t", "expirationSeconds": 5]]]]])
        == [
          "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not "
            + "specify a duration less than 10 minutes"
        ])
  }

  @Test("Mounts: propagation needs privileges, paths below a volume have no way out")
  func mounts() {
    #expect(
      errors(
        container: [
          "volumeMounts": [
            ["name": "v", "mountPath": "/a", "subPath": "../x"],
            ["name": "v", "mountPath": "/b", "mountPropagation": "Bidirectional"],
            ["name": "v", "mountPath": "/c", "recursiveReadOnly": "Enabled"],
          ]
        ], volumes: [["name": "v"]]) == [
          "spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain '..'",
          "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available "
            + "only to privileged containers",
          "spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
        ])
  }

  @Test("Block devices come from claims")
  func devices() {
    #expect(
      errors(container: ["volumeDevices": [["name": "v", "devicePath": "/dev/a"]]], volumes: [["name": "v"]]) == [
        "spec.containers[0].volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of "
          + "PersistentVolumeClaim or Ephemeral for block mode"
      ])
  }

  @Test("The environment: amounts by name, whole lists named where Kubernetes does")
  func environment() {
    #expect(
      errors(container: ["env": [["name": "A", "valueFrom": ["resourceFieldRef": ["resource": "foo"]]]]]) == [
        "spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"foo\": supported values: "
          + "\"limits.cpu\", \"limits.ephemeral-storage\", \"limits.memory\", \"requests.cpu\", "
          + "\"requests.ephemeral-storage\", \"requests.memory\""
      ])
    #expect(
      errors(container: ["envFrom": [[:]]]) == [
        "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`"
      ])
    #expect(
      errors(container: [
        "env": [["name": "A", "valueFrom": ["fieldRef": ["apiVersion": "v2", "fieldPath": "metadata.name"]]]]
      ]) == [
        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.name\": error converting "
          + "fieldPath: unsupported pod version: v2"
      ])
  }

  @Test("Gates have qualified names, claims a source, spreads no repetition")
  func others() {
    #expect(
      errors(["schedulingGates": [["name": "x"], ["name": "x"]]]) == ["spec.schedulingGates[1]: Duplicate value: \"x\""]
    )
    #expect(
      errors(["resourceClaims": [["name": "a"]]]) == [
        "spec.resourceClaims[0]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":null,"
          + "\"ResourceClaimTemplateName\":null}: must specify one of: `resourceClaimName`, "
          + "`resourceClaimTemplateName`"
      ])
    let spread: Value = ["maxSkew": 1, "topologyKey": "b", "whenUnsatisfiable": "DoNotSchedule"]
    #expect(
      errors(["topologySpreadConstraints": [spread, spread]]) == [
        "spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{b, DoNotSchedule}\""
      ])
  }

  @Test("What belongs to one operating system is not said for another")
  func systems() {
    #expect(
      errors(["os": ["name": "windows"], "securityContext": ["runAsUser": 1], "hostPID": true]) == [
        "spec.hostPID: Forbidden: cannot be set for a windows pod",
        "spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod",
      ])
    #expect(
      errors(["hostUsers": false, "hostNetwork": true]) == [
        "spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false"
      ])
  }

  @Test("Resolvers, aliases and probes")
  func names() {
    #expect(
      errors(["dnsConfig": ["nameservers": ["x"], "options": [["value": "1"]]]]) == [
        "spec.dnsConfig.nameservers[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or "
          + "2001:db8::ffff)",
        "spec.dnsConfig.options[0]: Required value: must not be empty",
      ])
    #expect(
      errors(container: ["lifecycle": ["preStop": ["sleep": ["seconds": 100]]]]) == [
        "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 100: must be non-negative and less than "
          + "terminationGracePeriodSeconds (30)"
      ])
    #expect(
      errors(container: ["ports": [["hostPort": 70000, "containerPort": 0]]]) == [
        "spec.containers[0].ports[0].containerPort: Required value",
        "spec.containers[0].ports[0].hostPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      ])
  }
}
