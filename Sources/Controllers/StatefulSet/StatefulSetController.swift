package import API
import Kinds
import Loop
import Store
import Tree

/// Keeps a StatefulSet's pods: each with a name and claims of its own, made in order and replaced in reverse order
/// (kubernetes/pkg/controller/statefulset).
package final class StatefulSetController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("statefulset-controller", client: client)
  }

  package func start() {
    let store = component.store
    for kind in [Kind.pod, .controllerRevision] { store.addControllerIndex(on: kind) }
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    store.observe([.statefulSet, .pod, .persistentVolumeClaim]) { [unowned self] in note($0) }
    for set in component.client.list(.statefulSet) { queue?.add(set.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.statefulSet.groupResource: queue?.add(change.key)
    case Kind.pod.groupResource:
      for key in PodOwners(component: component, kind: .statefulSet).keys(for: change) { queue?.add(key) }
    case Kind.persistentVolumeClaim.groupResource where change.kind == .deleted:
      for set in component.client.list(.statefulSet, namespace: change.key.namespace) { queue?.add(set.key) }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], let selector = PodOwners.selector(of: stored) else { return .done }
    do throws(Status) {
      let set = StatefulSetView(stored.value)
      let claim = Claim(
        component: component, owner: stored, ownerKind: .statefulSet, selector: selector, kind: .pod)
      let pods = try claim.settle(claim.controlled) { set.ordinal(of: $0.name) != nil }
      let history = try RevisionHistory(
        component: component, owner: stored, kind: .statefulSet, selector: selector)
      var update = try StatefulSetUpdate(component: component, owner: stored, pods: pods, history: history)
      try update.run()
      return update.nextAvailability.map { .again(after: $0 - component.now) } ?? .done
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }
}
