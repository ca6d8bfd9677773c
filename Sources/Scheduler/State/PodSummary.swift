import API
import Kinds
import Loop
import Store
import Tree

/// What the scheduler needs of a pod, read from the object once.
final class PodSummary: Sendable {
  let key: ObjectKey
  let uid: String
  let pod: Pod
  let labels: TextMap
  let requests: PodRequests
  let tolerations: [Toleration]
  let hostPorts: [HostPort]
  let priority: Int64
  let nodeName: String?
  let schedulerName: String
  /// Where it is to go once those have left that are in its way.
  let nominatedNode: String?
  let isDeleting: Bool
  let isTerminal: Bool
  let isGated: Bool
  /// When its kubelet took it up, or else when it was made.
  let startTime: Time
  /// Near what it must, should, must not and should not run; nil where it does not care.
  let affinity: PodAffinity?
  let spread: [TopologySpreadConstraint]
  /// The names of the claims that its volumes use, with the volumes' own ones.
  let claims: [PodClaim]

  init(_ object: StoredObject) {
    let pod = Pod(object.value)
    let metadata = pod.metadata
    let spec = pod.spec
    key = object.key
    uid = metadata.uid
    self.pod = pod
    let labels = metadata.labels
    self.labels = labels
    requests = PodRequests(spec)
    tolerations = spec.tolerations.map(Toleration.init)
    hostPorts = spec.containers.flatMap { $0.ports.compactMap(HostPort.init) }
    priority = spec.value["priority"]?.integer ?? 0
    nodeName = spec.nodeName.flatMap { $0.isEmpty ? nil : $0 }
    schedulerName = spec.schedulerName
    nominatedNode = pod.status.nominatedNodeName.flatMap { $0.isEmpty ? nil : $0 }
    isDeleting = metadata.isDeleting
    isTerminal = pod.isTerminal
    isGated = spec.value["schedulingGates"]?.array?.isEmpty == false
    let start = pod.status.startTime ?? metadata.creationTimestamp
    startTime = start.flatMap(Time.init(timestamp:)) ?? .distantFuture
    let namespace = object.key.namespace
    affinity = spec.value["affinity"].flatMap { PodAffinity($0, labels: labels, namespace: namespace) }
    spread = (spec.value["topologySpreadConstraints"]?.array ?? [])
      .map { TopologySpreadConstraint($0, labels: labels, namespace: namespace) }
    claims = (spec.value["volumes"]?.array ?? []).compactMap { PodClaim($0, pod: object.key.name) }
  }

  /// The same pod after it was bound to a node, which changes nothing else of what the scheduler reads.
  init(_ waiting: PodSummary, boundAs object: StoredObject) {
    let pod = Pod(object.value)
    key = waiting.key
    uid = waiting.uid
    self.pod = pod
    labels = waiting.labels
    requests = waiting.requests
    tolerations = waiting.tolerations
    hostPorts = waiting.hostPorts
    priority = waiting.priority
    nodeName = pod.spec.nodeName.flatMap { $0.isEmpty ? nil : $0 }
    schedulerName = waiting.schedulerName
    nominatedNode = nil
    isDeleting = waiting.isDeleting
    isTerminal = waiting.isTerminal
    isGated = waiting.isGated
    startTime = waiting.startTime
    affinity = waiting.affinity
    spread = waiting.spread
    claims = waiting.claims
  }

  var namespace: String { key.namespace }
  /// `default/web`
  var path: String { key.path }
  /// A pod that has ended, or is to be deleted, holds up no other for long.
  var nodeAffinity: Value? { pod.spec.value["affinity", "nodeAffinity"] }
  var canPreempt: Bool { pod.spec.value["preemptionPolicy"]?.string != "Never" }
}

/// A claim that a pod's volume uses.
struct PodClaim: Sendable {
  let name: String
  /// Whether the claim is made for this pod alone.
  let isEphemeral: Bool

  init?(_ volume: Value, pod: String) {
    if let name = volume["persistentVolumeClaim", "claimName"]?.string {
      self.name = name
      isEphemeral = false
    } else if volume["ephemeral"] != nil, let name = volume["name"]?.string {
      self.name = pod + "-" + name
      isEphemeral = true
    } else {
      return nil
    }
  }
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
