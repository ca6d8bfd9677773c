package import API
import Kinds
import Loop
import Store
import Tree

/// Tells how many pods of a PodDisruptionBudget may go (kubernetes/pkg/controller/disruption).
package final class DisruptionController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("controllermanager", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: "disruption-controller") { [unowned self] in reconcile($0) }
    component.store.observe(
      [.podDisruptionBudget, .pod, .deployment, .replicaSet, .statefulSet, .replicationController]
    ) { [unowned self] in note($0) }
    for budget in component.client.list(.podDisruptionBudget) { queue?.add(budget.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.podDisruptionBudget.groupResource: queue?.add(change.key)
    case Kind.pod.groupResource:
      for budget in component.client.list(.podDisruptionBudget, namespace: change.key.namespace) {
        guard let selector = PodOwners.selector(of: budget) else { continue }
        let labels = [change.object, change.previous].compactMap { $0?.metadata.labels }
        if labels.contains(where: selector.matches) { queue?.add(budget.key) }
      }
    case Kind.deployment.groupResource, Kind.replicaSet.groupResource, Kind.statefulSet.groupResource,
      Kind.replicationController.groupResource:
      if change.previous?.value["spec", "replicas"] == change.object.value["spec", "replicas"] { return }
      for budget in component.client.list(.podDisruptionBudget, namespace: change.key.namespace) {
        queue?.add(budget.key)
      }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], !stored.metadata.isDeleting else { return .done }
    let selector = PodOwners.selector(of: stored)
    let pods = component.client.list(.pod, namespace: key.namespace).map { Pod($0.value) }
      .filter { selector?.matches($0.metadata.labels) ?? false }
    if pods.isEmpty {
      component.events.record(
        .normal, "NoPods", "No matching pods found", about: AnyObjectView(stored.value), kind: .podDisruptionBudget)
    }
    var budget = DisruptionBudget(component: component, stored: stored, pods: pods)
    let status = budget.status()
    if !budget.unmanaged.isEmpty {
      let names = budget.unmanaged.joined(separator: " ")
      component.events.record(
        .warning, "UnmanagedPods",
        "Pods selected by this PodDisruptionBudget (selector: \(selector?.description ?? "")) were found to be"
          + " unmanaged: [\(names)]. As a result, the status of the PDB cannot be calculated correctly, which may"
          + " result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the"
          + " PDB to an integer value.", about: AnyObjectView(stored.value), kind: .podDisruptionBudget)
    }
    do throws(Status) {
      if status.sortedByKeys != stored.value["status"]?.sortedByKeys {
        var next = stored.value
        next["status"] = status
        try component.update(.podDisruptionBudget, next, subresource: "status", because: stored)
      }
      return budget.delay.map { .again(after: $0) } ?? .done
    } catch {
      return .failed
    }
  }
}
