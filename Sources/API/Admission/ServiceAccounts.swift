import Kinds
import Loop
import Store
import Tree

/// Gives every pod a service account and its token's volume (Kubernetes documentation, "Managing Service Accounts").
///
/// A store without any service account has nobody who makes them: there pods need none.
enum ServiceAccounts: AdmissionPlugin {
  private static let mountPath = "/var/run/secrets/kubernetes.io/serviceaccount"

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .pod, request.isCreation, !isMirror(value) else { return }
    let given = value["spec", "serviceAccountName"]?.string ?? value["spec", "serviceAccount"]?.string ?? ""
    let name = given.isEmpty ? "default" : given
    value["spec", "serviceAccountName"] = .string(name)
    value["spec", "serviceAccount"] = .string(name)
    let store = request.writer.store
    guard store.snapshot.count(Kind.serviceAccount.groupResource) > 0 else { return }
    guard let account = store[Kind.serviceAccount.key(namespace: request.key.namespace, name: name)] else {
      throw .forbidden(
        .pod, request.key.name,
        "error looking up service account \(request.key.namespace)/\(name): serviceaccount \"\(name)\" not found")
    }
    if value["spec", "imagePullSecrets"]?.array?.isEmpty ?? true, let secrets = account.value["imagePullSecrets"] {
      value["spec", "imagePullSecrets"] = secrets
    }
    let field = "automountServiceAccountToken"
    if value["spec", field]?.boolean ?? account.value[field]?.boolean ?? true {
      mountToken(&value, request.writer.loop)
    }
  }

  private static func isMirror(_ value: Value) -> Bool {
    value["metadata", "annotations", "kubernetes.io/config.mirror"] != nil
  }

  /// What the API shows of a node's own pod runs without the API, and so without an account.
  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    guard request.kind == .pod, request.isCreation, isMirror(value) else { return }
    let name = value["spec", "serviceAccountName"]?.string ?? ""
    if !name.isEmpty { throw request.forbidden("a mirror pod may not reference service accounts") }
    for volume in value["spec", "volumes"]?.array ?? [] {
      if volume["secret"] != nil { throw request.forbidden("a mirror pod may not reference secrets") }
      for source in volume["projected", "sources"]?.array ?? [] where source["serviceAccountToken"] != nil {
        throw request.forbidden("a mirror pod may not use ServiceAccountToken volume projections")
      }
    }
  }

  private static func mountToken(_ value: inout Value, _ loop: Loop) {
    let present = value["spec", "volumes"]?.array ?? []
    let known = present.first { $0["name"]?.string?.hasPrefix("kube-api-access-") == true }?["name"]?.string
    let volume = known ?? "kube-api-access-" + loop.random("names").suffix()
    var isMounted = false
    for list in ["initContainers", "containers"] {
      guard var containers = value["spec", list]?.array else { continue }
      for index in containers.indices where mount(volume, in: &containers[index]) { isMounted = true }
      value["spec", list] = .array(containers)
    }
    if isMounted, known == nil { value["spec", "volumes"] = .array(present + [source(volume)]) }
  }

  private static func mount(_ volume: String, in container: inout Value) -> Bool {
    let mounts = container["volumeMounts"]?.array ?? []
    guard !mounts.contains(where: { $0["mountPath"]?.string == mountPath }) else { return false }
    let mount: Value = ["name": .string(volume), "readOnly": true, "mountPath": .string(mountPath)]
    container["volumeMounts"] = .array(mounts + [mount])
    return true
  }

  private static func source(_ volume: String) -> Value { ["name": .string(volume), "projected": projected] }

  private static let projected: Value = [
    "sources": [
      ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
      ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
      [
        "downwardAPI": [
          "items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]
        ]
      ],
    ],
    "defaultMode": 420,
  ]
}
