package import API
import Kinds
import Loop
import Store
import Tree

/// Keeps the Endpoints of Services that select pods, for those who do not read EndpointSlices yet
/// (kubernetes/pkg/controller/endpoint).
package final class EndpointsController {
  private static let managedBy = "endpoints.kubernetes.io/managed-by"
  private static let headless = "service.kubernetes.io/headless"
  private static let triggerTime = "endpoints.kubernetes.io/last-change-trigger-time"

  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("endpoint-controller", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.service, .pod, .endpoints]) { [unowned self] in note($0) }
    for service in component.client.list(.service) { queue?.add(service.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.service.groupResource: queue?.add(change.key)
    case Kind.pod.groupResource: notePod(change)
    case Kind.endpoints.groupResource where change.cause.actor != component.name:
      queue?.add(Kind.service.key(namespace: change.key.namespace, name: change.key.name))
    default: break
    }
  }

  private func notePod(_ change: Change) {
    let (after, before) = (Pod(change.object.value), change.previous.map { Pod($0.value) })
    if change.kind == .updated, before.map(EndpointSliceController.essence) == EndpointSliceController.essence(after) {
      return
    }
    for service in component.client.list(.service, namespace: change.key.namespace) {
      let labels = ServiceView(service.value).selector
      if labels.isEmpty { continue }
      let selector = LabelSelector(labels: labels)
      if selector.matches(after.metadata.labels) || before.map({ selector.matches($0.metadata.labels) }) == true {
        queue?.add(service.key)
      }
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    let present = component.client.get(.endpoints, namespace: key.namespace, name: key.name)
    do throws(Status) {
      guard let stored = component.store[key] else {
        // Endpoints of no Service that somebody else made are left alone.
        if let present, present.metadata.labels[Self.managedBy] != nil {
          try component.delete(.endpoints, present, because: nil)
        }
        return .done
      }
      let service = ServiceView(stored.value)
      if service.selector.isEmpty || stored.metadata.isDeleting { return .done }
      let selector = LabelSelector(labels: service.selector)
      let pods = component.client.list(.pod, namespace: key.namespace).map { Pod($0.value) }
        .filter { selector.matches($0.metadata.labels) }
      try write(subsets: EndpointSubsets(service: service).subsets(of: pods), of: stored, over: present)
      return .done
    } catch {
      return error.isNamespaceTerminating || error.isNotFound ? .done : .failed
    }
  }

  private func labels(of service: ServiceView) -> Value {
    var labels = service.metadata.labels
    labels[Self.headless] = service.isHeadless ? "" : nil
    labels[Self.managedBy] = component.name
    return labels.value
  }

  private func write(subsets: [Value], of service: StoredObject, over present: StoredObject?) throws(Status) {
    let labels = labels(of: ServiceView(service.value))
    let wanted: Value? = subsets.isEmpty ? nil : .array(subsets)
    if let present {
      if present.value["subsets"] == wanted, present.value["metadata", "labels"] == labels { return }
      var next = present.value
      next["subsets"] = wanted
      next["metadata", "labels"] = labels
      next["metadata", "annotations", Self.triggerTime] = .string(component.now.timestamp)
      try component.update(.endpoints, next, because: service)
      return
    }
    var endpoints: Value = [
      "metadata": [
        "name": .string(service.name), "namespace": .string(service.namespace), "labels": labels,
        "annotations": [Self.triggerTime: .string(component.now.timestamp)],
      ]
    ]
    endpoints["subsets"] = wanted
    try component.create(.endpoints, endpoints, because: service)
  }
}
