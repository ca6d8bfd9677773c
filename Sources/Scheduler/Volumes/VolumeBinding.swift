import API
import Kinds
import Store
import Tree

/// A pod's claims must be bound to volumes that the node can reach, or be bindable from there.
struct VolumeBindingFilter: FilterPlugin {
  let name = "VolumeBinding"
  let helpfulEvents: ClusterEvents = [.nodeAdded, .nodeLabels, .storage]

  func check(for pod: PodSummary, in cluster: ClusterSummary) -> FilterCheck {
    guard !pod.claims.isEmpty else { return .unconcerned }
    let objects = VolumeObjects(store: cluster.store)
    var bound: [Value] = []
    var open: [Value] = []
    for claim in pod.claims {
      guard let stored = objects.claim(claim, of: pod)?.value else { return .refused(Self.missing(claim)) }
      if let refusal = Self.refusal(stored, claim, of: pod) { return .refused(refusal) }
      if let volume = VolumeObjects.boundVolume(of: stored) {
        guard let volume = objects.volume(volume) else { return Self.volumeGone }
        bound.append(volume)
      } else if VolumeObjects.waitsForFirstConsumer(objects.storageClass(of: stored)) {
        open.append(stored)
      } else {
        return .refused("pod has unbound immediate PersistentVolumeClaims")
      }
    }
    let volumes = open.isEmpty ? [] : objects.volumes
    return .each { node in
      if bound.contains(where: { !VolumeObjects.canReach($0, from: node) }) {
        return .unresolvable("node(s) didn't match PersistentVolume's node affinity")
      }
      return VolumePlan(claims: open, on: node, volumes: volumes, objects: objects) == nil
        ? .unresolvable("node(s) didn't find available persistent volumes to bind") : nil
    }
  }

  private static var volumeGone: FilterCheck {
    .each { _ in
      .unresolvable("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)")
    }
  }

  private static func missing(_ claim: PodClaim) -> String {
    claim.isEphemeral
      ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"\(claim.name)\""
      : "persistentvolumeclaim \"\(claim.name)\" not found"
  }

  private static func refusal(_ stored: Value, _ claim: PodClaim, of pod: PodSummary) -> String? {
    if stored["status", "phase"] == "Lost" {
      let volume = stored["spec", "volumeName"]?.string ?? ""
      return "persistentvolumeclaim \"\(claim.name)\" bound to non-existent persistentvolume \"\(volume)\""
    }
    if stored["metadata", "deletionTimestamp"] != nil {
      return "persistentvolumeclaim \"\(claim.name)\" is being deleted"
    }
    guard claim.isEphemeral else { return nil }
    let owner = AnyObjectView(stored).metadata.controller?.uid
    return owner == pod.uid
      ? nil : "PVC \(pod.namespace)/\(claim.name) was not created for pod \(pod.path) (pod is not owner)"
  }

  func mayHelp(_ event: ClusterEvent, _ pod: PodSummary, in cluster: ClusterSummary) -> Bool {
    guard let claim = event.claim else { return true }
    return claim.namespace == pod.namespace && pod.claims.contains { $0.name == claim.name }
  }
}

/// Where the open claims of a pod would get their volumes on a node.
struct VolumePlan {
  /// Claims that get a volume that is there, by the volume's name.
  private(set) var reservations: [(volume: String, claim: Value)] = []
  /// Claims for which a volume is to be made.
  private(set) var provisions: [Value] = []

  var isEmpty: Bool { reservations.isEmpty && provisions.isEmpty }

  /// Nil where a claim can get none from this node.
  init?(claims: [Value], on node: NodeSummary, volumes: [Value], objects: VolumeObjects) {
    var taken: Set<String> = []
    for claim in claims.sorted(by: {
      Self.size($0["spec", "resources", "requests"]) < Self.size($1["spec", "resources", "requests"])
    }) {
      if let selected = claim["metadata", "annotations", Self.selectedNode]?.string, !selected.isEmpty {
        guard selected == node.name else { return nil }
        provisions.append(claim)
        continue
      }
      if let volume = Self.match(claim, among: volumes, except: taken, on: node) {
        taken.insert(volume)
        reservations.append((volume, claim))
      } else if Self.canProvision(claim, on: node, objects) {
        provisions.append(claim)
      } else {
        return nil
      }
    }
  }

  static let selectedNode = "volume.kubernetes.io/selected-node"

  private static func size(_ amounts: Value?) -> Quantity {
    amounts?["storage"]?.string.flatMap { Quantity($0) } ?? .zero
  }

  /// The smallest volume that is free, reachable and large enough.
  private static func match(_ claim: Value, among volumes: [Value], except taken: Set<String>, on node: NodeSummary)
    -> String?
  {
    let spec = claim["spec"] ?? [:]
    let modes = Set((spec["accessModes"]?.array ?? []).compactMap(\.string))
    let selector = spec["selector"].flatMap { LabelSelector($0) }
    let wanted = size(spec["resources", "requests"])
    let fitting = volumes.filter { volume in
      let name = volume["metadata", "name"]?.string ?? ""
      let offered = Set((volume["spec", "accessModes"]?.array ?? []).compactMap(\.string))
      return volume["status", "phase"] == "Available" && volume["spec", "claimRef"] == nil && !taken.contains(name)
        && volume["spec", "storageClassName"] == spec["storageClassName"]
        && volume["spec", "volumeMode"] == spec["volumeMode"] && modes.isSubset(of: offered)
        && size(volume["spec", "capacity"]) >= wanted
        && selector?.matches(AnyObjectView(volume).metadata.labels) ?? true
        && VolumeObjects.canReach(volume, from: node)
    }
    return fitting.min { size($0["spec", "capacity"]) < size($1["spec", "capacity"]) }?["metadata", "name"]?.string
  }

  private static func canProvision(_ claim: Value, on node: NodeSummary, _ objects: VolumeObjects) -> Bool {
    guard let storageClass = objects.storageClass(of: claim),
      storageClass["provisioner"]?.string != "kubernetes.io/no-provisioner"
    else { return false }
    guard let terms = storageClass["allowedTopologies"]?.array, !terms.isEmpty else { return true }
    return terms.contains { term in
      (term["matchLabelExpressions"]?.array ?? []).allSatisfy { expression in
        let values = (expression["values"]?.array ?? []).compactMap(\.string)
        return node.labels[expression["key"]?.string ?? ""].map(values.contains) ?? false
      }
    }
  }
}
