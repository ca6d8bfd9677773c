import Kinds
import Loop
import Tree

/// What each kind's registry does before a write (Kubernetes' strategies): which fields a user does not decide.
enum Strategy {
  /// The kinds whose `metadata.generation` counts the changes of what was wished.
  static func hasGeneration(_ kind: Kind) -> Bool {
    [.pod, .deployment, .replicaSet, .endpointSlice].contains(kind) || kind.countsGenerations
      || kind.group == "podium.dev"
  }

  /// The kinds that answer a deletion with the object and not with a Status.
  static func returnsDeletedObject(_ kind: Kind) -> Bool {
    [
      .pod, .service, .serviceAccount, .podTemplate, .resourceQuota, .persistentVolume, .persistentVolumeClaim,
      .csiDriver, .csiNode, .storageClass, .volumeAttachment, .volumeAttributesClass,
    ].contains(kind)
  }

  /// The kinds of which an update makes what is not there yet (the strategies' AllowCreateOnUpdate).
  static func createsOnUpdate(_ kind: Kind) -> Bool {
    [
      .service, .endpoints, .event, .limitRange, .lease, .role, .clusterRole, .roleBinding, .clusterRoleBinding,
    ].contains(kind)
  }

  static func prepareForCreate(_ value: inout Value, _ kind: Kind, now: Time) {
    switch kind {
    case .pod:
      value["status"] = ["phase": "Pending", "qosClass": .string(QualityOfService.ofPod(value).rawValue)]
      if value["spec", "schedulingGates"]?.array?.isEmpty == false {
        value["status", "conditions"] = [gatedCondition(now)]
      }
    case .namespace:
      value["spec", "finalizers"] = ["kubernetes"]
      value["status"] = ["phase": "Active"]
    case .service: value["status"] = ["loadBalancer": [:]]
    case .deployment: value["status"] = [:]
    case .replicaSet: value["status"] = ["replicas": 0]
    case .node: break
    default:
      if kind.group == "podium.dev" { value["status"] = nil } else { kind.prepareForCreation(&value) }
    }
  }

  private static func gatedCondition(_ now: Time) -> Value {
    [
      "type": "PodScheduled", "status": "False", "lastProbeTime": .null,
      "lastTransitionTime": .string(now.timestamp), "reason": "SchedulingGated",
      "message": "Scheduling is blocked due to non-empty scheduling gates",
    ]
  }

  /// What Kubernetes does while it reads an object, before it looks at who sets what; `old` is nil of a creation.
  static func complete(_ value: inout Value, _ kind: Kind, old: Value?) {
    if kind == .namespace { labelNamespace(&value) }
    if kind == .secret { readStringData(&value) }
    if kind == .daemonSet { countTemplates(&value, old: old) }
  }

  /// A DaemonSet's count of its templates is an annotation that its users do not decide.
  private static func countTemplates(_ value: inout Value, old: Value?) {
    let annotation = "deprecated.daemonset.template.generation"
    var count = old?["metadata", "annotations", annotation]?.string.flatMap { Int($0) } ?? 1
    if let old, old["spec", "template"] != value["spec", "template"] { count += 1 }
    value["metadata", "annotations", annotation] = .string(String(count))
  }

  static func prepareForUpdate(_ next: inout Value, from old: Value, _ kind: Kind, subresource: String?) {
    switch subresource {
    case "status": next = onlyStatus(of: next, in: old, kind)
    case "approval":
      var value = old
      value["status", "conditions"] = next["status", "conditions"]
      next = value
    case "ephemeralcontainers":
      var value = old
      value["spec", "ephemeralContainers"] = next["spec", "ephemeralContainers"]
      next = value
      raiseGeneration(&next, from: old, kind)
    case "resize":
      next = resized(next, old)
      raiseGeneration(&next, from: old, kind)
    case "finalize":
      var value = old
      value["spec", "finalizers"] = next["spec", "finalizers"]
      next = value
    default:
      if kind.subresources.contains("status") { next["status"] = old["status"] }
      if kind == .namespace {
        next["spec", "finalizers"] = old["spec", "finalizers"]
      }
      // Whoever approves a request must be sure that nobody changes it afterwards.
      if kind == .certificateSigningRequest { next["spec"] = old["spec"] }
      raiseGeneration(&next, from: old, kind)
    }
  }

  /// Notes when a volume's phase changed; nobody comes to own that field by it.
  static func stamp(_ next: inout Value, from old: Value, _ kind: Kind, now: Time) {
    guard kind == .persistentVolume, next["status", "phase"] != old["status", "phase"] else { return }
    next["status", "lastPhaseTransitionTime"] = .string(now.timestamp)
  }

  /// A pod whose containers have the other's resources, found by their names.
  private static func resized(_ next: Value, _ old: Value) -> Value {
    var value = old
    for list in ["containers", "initContainers"] {
      guard var containers = value["spec", list]?.array else { continue }
      for wanted in next["spec", list]?.array ?? [] {
        guard let index = containers.firstIndex(where: { $0["name"] == wanted["name"] }) else { continue }
        for field in ["resources", "resizePolicy"] { containers[index][field] = wanted[field] }
      }
      value["spec", list] = .array(containers)
    }
    return value
  }

  /// A status update leaves the rest as it is, but for a few fields of metadata.
  private static func onlyStatus(of next: Value, in old: Value, _ kind: Kind) -> Value {
    var value = old
    value["status"] = next["status"]
    // A kubelet may leave out what a pod got at its creation.
    if kind == .pod, next["status", "qosClass"]?.string ?? "" == "" {
      value["status", "qosClass"] = old["status", "qosClass"]
    }
    if kind.group != "podium.dev" { value["metadata", "annotations"] = next["metadata", "annotations"] }
    if [.pod, .node, .namespace].contains(kind) {
      value["metadata", "labels"] = next["metadata", "labels"]
      value["metadata", "finalizers"] = next["metadata", "finalizers"]
    }
    return value
  }

  private static func raiseGeneration(_ next: inout Value, from old: Value, _ kind: Kind) {
    guard hasGeneration(kind), wish(of: next, kind) != wish(of: old, kind) else { return }
    next["metadata", "generation"] = .integer((old["metadata", "generation"]?.integer ?? 0) + 1)
  }

  /// What of an object is wished and not observed.
  private static func wish(of value: Value, _ kind: Kind) -> [Value?] {
    switch kind {
    case .deployment: return [value["spec"], value["metadata", "annotations"]]
    case .pod, .replicaSet: return [value["spec"]]
    case .endpointSlice: return [value["metadata", "labels"], value["addressType"], value["endpoints"], value["ports"]]
    default:
      var rest = value
      rest["metadata"] = nil
      rest["status"] = nil
      return [rest]
    }
  }

  private static func labelNamespace(_ value: inout Value) {
    value["metadata", "labels", "kubernetes.io/metadata.name"] = value["metadata", "name"]
  }

  /// `stringData` is written only: it becomes `data`.
  private static func readStringData(_ value: inout Value) {
    guard let texts = value["stringData"]?.object else { return }
    for member in texts {
      let text = Array((member.value.string ?? "").utf8)
      value["data", member.key] = .string(Base64.encode(text, alphabet: .standard))
    }
    value["stringData"] = nil
  }
}
