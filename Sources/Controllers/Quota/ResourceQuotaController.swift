package import API
package import Kinds
import Loop
import Store
import Tree

/// Counts what a namespace uses of its ResourceQuotas (kubernetes/pkg/controller/resourcequota). Admission counts up
/// what is made; this counts anew when a quota changes and when something goes.
package final class ResourceQuotaController {
  private let component: Component
  private let kinds: KindTable
  private var queue: WorkQueue<ObjectKey>?

  /// - Parameter kinds: what the cluster serves, and so what can be counted.
  package init(client: Client, kinds: KindTable) {
    component = Component("resourcequota-controller", client: client)
    self.kinds = kinds
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe { [unowned self] in note($0) }
    for quota in component.client.list(.resourceQuota) { queue?.add(quota.key) }
  }

  private func note(_ change: Change) {
    if change.key.groupResource == Kind.event.groupResource || change.key.namespace.isEmpty { return }
    if change.key.groupResource == Kind.resourceQuota.groupResource { queue?.add(change.key) }
    guard change.kind != .updated || freesResources(change) else { return }
    for quota in component.client.list(.resourceQuota, namespace: change.key.namespace) { queue?.add(quota.key) }
  }

  /// Whether a change leaves less in use: a pod that ended, or a Service of another type.
  private func freesResources(_ change: Change) -> Bool {
    switch change.key.groupResource {
    case Kind.pod.groupResource:
      return Pod(change.object.value).isTerminal && change.previous.map { !Pod($0.value).isTerminal } ?? false
    case Kind.service.groupResource: return change.previous?.value["spec"] != change.object.value["spec"]
    default: return false
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], !stored.metadata.isDeleting else { return .done }
    let used = QuotaUsage.used(
      by: stored.value, namespace: key.namespace, in: component.store, kinds: kinds.collections)
    var status: Value = [:]
    status["hard"] = stored.value["spec", "hard"]
    status["used"] = used
    if status.sortedByKeys == stored.value["status"]?.sortedByKeys { return .done }
    var next = stored.value
    next["status"] = status
    do throws(Status) {
      try component.update(.resourceQuota, next, subresource: "status", because: stored)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }
}
