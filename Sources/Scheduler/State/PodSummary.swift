import Kinds
import Store
import Tree

/// What the scheduler needs of a pod, read from the object once.
struct PodSummary: Sendable {
  let key: ObjectKey
  let uid: String
  let pod: Pod
  let labels: TextMap
  let requests: PodRequests
  let tolerations: [Toleration]
  let hostPorts: [HostPort]
  let priority: Int64
  let nodeName: String?
  let isDeleting: Bool
  /// Whether it keeps pods away from itself (required anti-affinity).
  let repelsPods: Bool

  init(_ object: StoredObject) {
    let pod = Pod(object.value)
    let metadata = pod.metadata
    let spec = pod.spec
    key = object.key
    uid = metadata.uid
    self.pod = pod
    labels = metadata.labels
    requests = PodRequests(spec)
    tolerations = spec.tolerations.map(Toleration.init)
    hostPorts = spec.containers.flatMap { $0.ports.compactMap(HostPort.init) }
    priority = spec.value["priority"]?.integer ?? 0
    nodeName = spec.nodeName.flatMap { $0.isEmpty ? nil : $0 }
    isDeleting = metadata.isDeleting
    let rules = spec.value["affinity"]?["podAntiAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"]
    repelsPods = rules?.array?.isEmpty == false
  }

  var namespace: String { key.namespace }
  /// `default/web`
  var path: String { key.path }
  var affinity: Value? { pod.spec.value["affinity"] }
}

/// A port of the node itself that a container takes.
struct HostPort: Sendable, Hashable {
  let port: Int64
  let transport: String
  let address: String

  init?(_ value: Value) {
    guard let port = value["hostPort"]?.integer, port > 0 else { return nil }
    self.port = port
    transport = value["protocol"]?.string ?? "TCP"
    address = value["hostIP"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "0.0.0.0"
  }

  func conflicts(with other: HostPort) -> Bool {
    port == other.port && transport == other.transport
      && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
  }
}
