import API
import Kinds
import Store
import Tree

/// Which workloads of a kind a pod's change concerns: those that control it or did, and of an orphan those that would
/// take it in.
struct PodOwners {
  let component: Component
  let kind: Kind

  /// The workloads to look at after a change of a pod; none if nothing changed that a workload counts by.
  func keys(for change: Change) -> [ObjectKey] {
    let owners = [change.formerController, change.controller].compactMap { $0 }
      .filter { $0.kind == kind.name && $0.apiVersion == kind.apiVersion }
    let isOrphaned =
      change.controller == nil && change.kind != .deleted && (change.changesLabels || change.formerController != nil)
    // Most changes concern another kind; that is told first, because it costs least.
    if owners.isEmpty, !isOrphaned { return [] }
    if change.kind == .updated, let previous = change.previous, Self.essence(previous) == Self.essence(change.object) {
      return []
    }
    var keys = owners.map { kind.key(namespace: change.key.namespace, name: $0.name) }
    guard isOrphaned else { return keys }
    let labels = change.object.metadata.labels
    for workload in component.client.list(kind, namespace: change.key.namespace) {
      guard let selector = Self.selector(of: workload) else { continue }
      if selector.matches(labels) { keys.append(workload.key) }
    }
    return keys
  }

  /// What a workload selects; nil where nothing or what cannot be evaluated. ReplicationControllers and Services have
  /// plain labels for a selector.
  static func selector(of workload: StoredObject) -> LabelSelector? {
    guard let selector = workload.value["spec", "selector"] else { return nil }
    if workload.key.groupResource == Kind.replicationController.groupResource {
      return LabelSelector(labels: TextMap(selector))
    }
    return LabelSelector(selector)
  }

  private static func essence(_ object: StoredObject) -> [Value] {
    let metadata = object.value["metadata"] ?? [:]
    let pod = Pod(object.value)
    return [
      .string(pod.status.phase), .boolean(pod.isReady), metadata["deletionTimestamp"] ?? .null,
      metadata["labels"] ?? .null, metadata["ownerReferences"] ?? .null, metadata["finalizers"] ?? .null,
      .string(pod.spec.nodeName ?? ""), pod.value["status", "containerStatuses"]?.array.map(restarts) ?? .null,
    ]
  }

  private static func restarts(_ statuses: [Value]) -> Value { .array(statuses.map { $0["restartCount"] ?? 0 }) }
}
