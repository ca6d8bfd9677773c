import API
import Cluster
import Kinds
import Loop
import Store
import Tree

/// Makes a cluster as it was before any lesson: no workloads, configuration, faults and images of a learner, no
/// namespaces but those of the system, plain nodes, a clock that runs.
struct Tidying {
  /// The label of what a lesson's start made outside of namespaces.
  static let label = "podium.dev/lesson"
  private static let settling = Duration.seconds(3)

  let cluster: Cluster

  func run(_ cause: Cause) throws(Status) {
    try resetClock(cause)
    delete(clusterWide, in: nil, cause) {
      HeldObjects.holder(of: $0.value) != nil
        || $0.key.groupResource != Kind.persistentVolume.groupResource && !isMade($0)
    }
    let namespaces = cluster.client.list(.namespace).map(\.name).filter { !$0.hasPrefix("kube-") }
    for namespace in namespaces { delete(namespaced, in: namespace, cause, unless: isKept) }
    delete([.namespace], in: nil, cause) { $0.name == "default" || $0.name.hasPrefix("kube-") }
    for node in cluster.client.list(.node) { try reset(node, cause) }
    cluster.advance(to: cluster.loop.now + Self.settling)
  }

  /// Owners before what they own.
  private let namespaced: [Kind] = [
    .cronJob, .job, .deployment, .statefulSet, .daemonSet, .replicationController, .replicaSet, .podDisruptionBudget,
    .horizontalPodAutoscaler, .resourceQuota, .limitRange, .ingress, .networkPolicy, .service, .configMap, .secret,
    .serviceAccount, .role, .roleBinding, .pod, .persistentVolumeClaim, .controllerRevision, .endpointSlice, .event,
  ]
  private let clusterWide: [Kind] = [
    .fault, .image, .persistentVolume, .storageClass, .priorityClass, .clusterRole, .clusterRoleBinding,
    .customResourceDefinition,
  ]

  private func delete(_ kinds: [Kind], in namespace: String?, _ cause: Cause, unless isKept: (StoredObject) -> Bool) {
    for kind in kinds {
      for object in cluster.client.list(kind, namespace: namespace) where !isKept(object) {
        // Gone already where a deletion before took it along.
        try? cluster.client.delete(
          kind, namespace: object.namespace, name: object.name,
          options: DeleteOptions(gracePeriodSeconds: 0, propagation: .background), cause: cause)
      }
    }
  }

  /// Whether an object outside of namespaces came with a lesson or is of Podium's own kinds.
  private func isMade(_ object: StoredObject) -> Bool {
    object.key.groupResource.group == "podium.dev" || object.value["metadata", "labels", Self.label] != nil
  }

  private func isKept(_ object: StoredObject) -> Bool {
    guard object.namespace == "default" else { return false }
    switch object.key.groupResource {
    case Kind.service.groupResource: return object.name == "kubernetes"
    case Kind.configMap.groupResource: return object.name == "kube-root-ca.crt"
    case Kind.serviceAccount.groupResource: return object.name == "default"
    case Kind.roleBinding.groupResource: return object.name == "learner"
    case Kind.endpointSlice.groupResource: return object.name.hasPrefix("kubernetes")
    default: return false
    }
  }

  /// Takes away cordons, and labels and taints that are not Kubernetes' own.
  private func reset(_ stored: StoredObject, _ cause: Cause) throws(Status) {
    var node = stored.value
    node["spec", "unschedulable"] = nil
    if let taints = node["spec", "taints"]?.array {
      let own = taints.filter { taint in
        let key = taint["key"]?.string ?? ""
        return key.hasPrefix("node.kubernetes.io/") && key != "node.kubernetes.io/unschedulable"
      }
      node["spec", "taints"] = own.isEmpty ? nil : .array(own)
    }
    for key in node["metadata", "labels"]?.object?.keys ?? [] where !key.contains("kubernetes.io/") {
      node["metadata", "labels", key] = nil
    }
    guard node != stored.value else { return }
    node["metadata", "resourceVersion"] = nil
    try cluster.client.update(.node, node, cause: cause)
  }

  private func resetClock(_ cause: Cause) throws(Status) {
    guard let stored = cluster.client.get(.clock, name: "cluster") else { return }
    var clock = stored.value
    // Steps and skips are totals: a new start counts from nothing.
    let isHeld = HeldObjects.holder(of: clock) != nil
    clock["spec"] = ["speed": 1, "paused": .boolean(isHeld), "steps": 0, "skipSeconds": 0]
    clock["metadata", "resourceVersion"] = nil
    try cluster.client.update(.clock, clock, cause: cause)
  }
}
