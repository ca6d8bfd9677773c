import API
import Kinds
import Loop
import Store
import Tree

/// The node's directory of manifests, from which its kubelet starts pods without being told by the API.
///
/// Its files are the data of ConfigMap `static-pods-NODE` in `kube-system`, so that they outlive the process and can be
/// written with kubectl. A pod that mounts the directory by `hostPath` sees the same files, and what it writes there gets
/// into the ConfigMap.
struct ManifestDirectory {
  /// kubelet's staticPodPath, as kubeadm sets it.
  static let path = "/etc/kubernetes/manifests"
  static let namespace = "kube-system"
  private static let prefix = "static-pods-"

  let kubelet: Kubelet

  /// The node whose directory a ConfigMap holds.
  static func node(of key: ObjectKey) -> String? {
    guard key.namespace == namespace, key.name.hasPrefix(prefix) else { return nil }
    return String(key.name.dropFirst(prefix.count))
  }

  private var name: String { Self.prefix + kubelet.nodeName }
  private var stored: StoredObject? { kubelet.client.get(.configMap, namespace: Self.namespace, name: name) }

  /// The files that the ConfigMap holds.
  var files: [String: String] {
    var files: [String: String] = [:]
    for entry in stored?.value["data"]?.object ?? Members() { files[entry.key] = entry.value.string ?? "" }
    return files
  }

  /// Writes the files into the ConfigMap. Answers false where that failed.
  func keep(_ files: [String: String]) -> Bool {
    let data = Value.object(Members(files.sorted { $0.key < $1.key }.map { ($0.key, Value.string($0.value)) }))
    let cause = Cause(actor: kubelet.component, request: "keep \(Self.path)")
    var next: Value =
      stored?.value ?? [
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": .string(name), "namespace": .string(Self.namespace)],
      ]
    next["data"] = files.isEmpty ? nil : data
    if stored == nil { return (try? kubelet.client.create(.configMap, next, cause: cause)) != nil }
    return (try? kubelet.client.update(.configMap, next, cause: cause)) != nil
  }
}

/// A file of the directory that holds no pod that the kubelet can start.
struct ManifestProblem: Error, Equatable {
  /// In the kubelet's words.
  let message: String
}

/// One manifest's way to a static pod (kubernetes/pkg/kubelet/config/common.go).
struct Manifest {
  let file: String
  let text: String
  let node: String

  /// Files that the kubelet reads: not those below directories, and not hidden ones.
  static func isRead(_ file: String) -> Bool { !file.hasPrefix(".") && !file.contains("/") }

  /// The pod as its node runs it: named after the node, and known by its content's hash.
  func pod() throws(ManifestProblem) -> Pod {
    var value = try document()
    if value["metadata", "name"]?.string?.isEmpty ?? true { throw problem("invalid pod: name is needed for the pod") }
    complete(&value)
    Kind.pod.applyDefaults(to: &value)
    let errors = Kind.pod.validate(value)
    if !errors.isEmpty {
      throw problem("invalid pod: [\(errors.map { "\($0.field): \($0.message)" }.joined(separator: ", "))]")
    }
    if let reference = Self.reference(in: value["spec"] ?? [:]) {
      throw problem("static pods may not reference \(reference)")
    }
    return Pod(value)
  }

  private func document() throws(ManifestProblem) -> Value {
    let documents: [Value]
    do throws(SyntaxError) {
      documents = try YAML.parse(text)
    } catch {
      throw problem("\(error)")
    }
    guard let value = documents.first, value["kind"]?.string == "Pod", value["apiVersion"]?.string == "v1" else {
      throw problem("invalid pod: a manifest is one object of apiVersion v1 and kind Pod")
    }
    return value
  }

  private func problem(_ message: String) -> ManifestProblem {
    ManifestProblem(message: "\(ManifestDirectory.path)/\(file): \(message)")
  }

  private func complete(_ value: inout Value) {
    let identity = NodeImages.hexadecimal(
      RandomStream(seed: 0, name: "host:\(node)file:\(ManifestDirectory.path)/\(file)\(text)"))
    var pod = Pod(value)
    if pod.uid.isEmpty { pod.metadata.uid = String(identity.prefix(32)) }
    pod.metadata.name += "-" + node.lowercased()
    if pod.namespace.isEmpty { pod.metadata.namespace = "default" }
    pod.spec.nodeName = node
    pod.metadata.value["annotations", StaticPods.hashAnnotation] = .string(pod.uid)
    pod.metadata.value["annotations", StaticPods.sourceAnnotation] = "file"
    let toleration: Value = ["effect": "NoExecute", "operator": "Exists"]
    if !pod.spec.tolerations.contains(toleration) { pod.spec.tolerations.append(toleration) }
    pod.value["status"] = ["phase": "Pending"]
    value = pod.value
  }

  /// The kind of objects that a static pod needs of the API, which it must not
  /// (kubernetes/pkg/api/pod, HasAPIObjectReference).
  private static func reference(in spec: Value) -> String? {
    if spec["serviceAccountName"]?.string?.isEmpty == false { return "serviceaccounts" }
    if spec["imagePullSecrets"]?.array?.isEmpty == false { return "secrets" }
    if spec["resourceClaims"]?.array?.isEmpty == false { return "resourceclaims" }
    for list in ["initContainers", "containers", "ephemeralContainers"] {
      for container in spec[list]?.array ?? [] {
        for source in container["envFrom"]?.array ?? [] {
          if source["configMapRef"] != nil { return "configmaps" }
          if source["secretRef"] != nil { return "secrets" }
        }
        for variable in container["env"]?.array ?? [] {
          if variable["valueFrom", "configMapKeyRef"] != nil { return "configmaps" }
          if variable["valueFrom", "secretKeyRef"] != nil { return "secrets" }
        }
      }
    }
    return (spec["volumes"]?.array ?? []).lazy.compactMap(reference(inVolume:)).first
  }

  private static func reference(inVolume volume: Value) -> String? {
    if volume["persistentVolumeClaim"] != nil { return "persistentvolumeclaims" }
    for source in [volume] + (volume["projected", "sources"]?.array ?? []) {
      if source["configMap"] != nil { return "configmaps" }
      if source["secret"] != nil { return "secrets" }
      if source["serviceAccountToken"] != nil { return "serviceaccounts" }
      if source["clusterTrustBundle"] != nil { return "clustertrustbundles" }
    }
    return nil
  }
}
