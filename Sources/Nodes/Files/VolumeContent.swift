import API
import Kinds
import Store
import Tree

/// What the kubelet puts into a pod's volumes: the files of ConfigMaps, Secrets, the downward API, and of several of
/// them projected into one.
struct VolumeContent {
  /// Something that a volume needs is not there.
  struct Problem: Error, Equatable {
    /// In the kubelet's words: `configmap "settings" not found`.
    let message: String
  }

  /// The kinds of volumes whose files the kubelet writes; they cannot be written to.
  static let written = ["configMap", "secret", "projected", "downwardAPI"]

  /// The ConfigMaps and Secrets that a pod mounts: `configmaps/settings`.
  static func configurations(of pod: Pod) -> Set<String> {
    var names: Set<String> = []
    for volume in pod.spec.value["volumes"]?.array ?? [] {
      for source in [volume] + (volume["projected"]?["sources"]?.array ?? []) {
        if let name = source["configMap"]?["name"]?.string { names.insert("configmaps/" + name) }
        let secret = source["secret"]
        if let name = secret?["secretName"]?.string ?? secret?["name"]?.string { names.insert("secrets/" + name) }
      }
    }
    return names
  }

  let client: Client
  let pod: Pod
  let podIP: String
  let hostIP: String

  /// The files by path; nil where the volume is of another kind.
  func files(of volume: Value) throws(Problem) -> [String: String]? {
    if let map = volume["configMap"] { return try files(map, name: map["name"]?.string ?? "", of: .configMap) }
    if let secret = volume["secret"] {
      return try files(secret, name: secret["secretName"]?.string ?? "", of: .secret)
    }
    if let items = volume["downwardAPI"] { return try downward(items) }
    guard let projected = volume["projected"] else { return nil }
    var files: [String: String] = [:]
    for source in projected["sources"]?.array ?? [] {
      for (path, text) in try self.projected(source) { files[path] = text }
    }
    return files
  }

  private func projected(_ source: Value) throws(Problem) -> [String: String] {
    if let map = source["configMap"] { return try files(map, name: map["name"]?.string ?? "", of: .configMap) }
    if let secret = source["secret"] { return try files(secret, name: secret["name"]?.string ?? "", of: .secret) }
    if let items = source["downwardAPI"] { return try downward(items) }
    return [:]
  }

  private func files(_ source: Value, name: String, of kind: Kind) throws(Problem) -> [String: String] {
    let word = kind == .secret ? "secret" : "configmap"
    let isOptional = source["optional"]?.boolean == true
    guard let object = client.get(kind, namespace: pod.namespace, name: name) else {
      if isOptional { return [:] }
      throw Problem(message: "\(word) \"\(name)\" not found")
    }
    let texts = ConfigurationData.texts(of: object.value, kind: kind)
    guard let items = source["items"]?.array else {
      return Dictionary(texts.map { ($0.key, $0.text) }) { first, _ in first }
    }
    var files: [String: String] = [:]
    for item in items {
      guard let path = item["path"]?.string, let key = item["key"]?.string else { continue }
      guard let text = texts.first(where: { $0.key == key }) else {
        if isOptional { continue }
        throw Problem(message: "references non-existent \(word == "secret" ? "secret" : "config") key: \(key)")
      }
      files[path] = text.text
    }
    return files
  }

  private func downward(_ source: Value) throws(Problem) -> [String: String] {
    var files: [String: String] = [:]
    for item in source["items"]?.array ?? [] {
      guard let path = item["path"]?.string else { continue }
      let fields = PodFields(pod: pod, podIP: podIP, hostIP: hostIP)
      if let field = item["fieldRef"]?["fieldPath"]?.string {
        files[path] = fields.text(field) ?? ""
      } else if let resource = item["resourceFieldRef"] {
        let name = resource["containerName"]?.string
        let container = (pod.spec.containers + pod.spec.initContainers).first { $0.name == name }
        files[path] = container.map { PodFields.amount(resource, of: $0) } ?? ""
      }
    }
    return files
  }
}
