package import API
import Kinds
import Loop
import Store
import Tree

/// Keeps the EndpointSlices of Services that select pods (kubernetes/pkg/controller/endpointslice).
package final class EndpointSliceController {
  private static let manager = "endpointslice-controller.k8s.io"
  private static let managedBy = "endpointslice.kubernetes.io/managed-by"
  private static let serviceName = "kubernetes.io/service-name"
  private static let headless = "service.kubernetes.io/headless"
  private static let triggerTime = "endpoints.kubernetes.io/last-change-trigger-time"
  private static let index = "endpoint slices by service"

  private let component: Component
  private var queue: WorkQueue<ObjectKey>?
  /// When a Service's pods last became ready or not, as of the last look.
  private var triggers: [ObjectKey: [String: String]] = [:]

  package init(client: Client) {
    component = Component("endpointslice-controller", client: client)
  }

  package func start() {
    let store = component.store
    store.addIndex(Self.index, on: Kind.endpointSlice.groupResource) { value in
      let metadata = AnyObjectView(value).metadata
      guard metadata.labels[Self.managedBy] == Self.manager, let service = metadata.labels[Self.serviceName]
      else { return [] }
      return [metadata.namespace + "/" + service]
    }
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    store.observe([.service, .pod, .endpointSlice]) { [unowned self] in note($0) }
    for service in component.client.list(.service) { queue?.add(service.key) }
  }

  // MARK: What concerns whom

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.service.groupResource: queue?.add(change.key)
    case Kind.pod.groupResource: notePod(change)
    case Kind.endpointSlice.groupResource:
      let labels = change.object.metadata.labels
      guard change.cause.actor != component.name, labels[Self.managedBy] == Self.manager,
        let service = labels[Self.serviceName]
      else { return }
      queue?.add(Kind.service.key(namespace: change.key.namespace, name: service))
    default: break
    }
  }

  private func notePod(_ change: Change) {
    let (after, before) = (Pod(change.object.value), change.previous.map { Pod($0.value) })
    if change.kind == .updated, before.map(Self.essence) == Self.essence(after) { return }
    for service in component.client.list(.service, namespace: change.key.namespace) {
      let selector = ServiceView(service.value).selector
      if selector.isEmpty { continue }
      let matching = LabelSelector(labels: selector)
      if matching.matches(after.metadata.labels) || before.map({ matching.matches($0.metadata.labels) }) == true {
        queue?.add(service.key)
      }
    }
  }

  /// What of a pod its endpoint shows.
  static func essence(_ pod: Pod) -> [Value] {
    [
      pod.metadata.labels.value, .boolean(pod.isReady), .boolean(pod.isTerminal), .boolean(pod.metadata.isDeleting),
      .array(ServiceEndpoints.addresses(of: pod).map(Value.string)), pod.spec.nodeName.map(Value.string) ?? .null,
    ]
  }

  // MARK: Reconciling

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else {
      triggers[key] = nil
      return .done
    }
    let service = ServiceView(stored.value)
    // A Service without selector has endpoints that somebody else makes.
    if service.selector.isEmpty || service.isExternalName { return .done }
    let selector = LabelSelector(labels: service.selector)
    let pods = component.client.list(.pod, namespace: stored.namespace).map { Pod($0.value) }
      .filter { selector.matches($0.metadata.labels) }
    let trigger = trigger(for: stored, pods)
    let slices = component.store.lookup(Self.index, stored.namespace + "/" + stored.name)
      .filter { !$0.metadata.isDeleting }
    var isComplete = true
    do throws(Status) {
      for type in service.addressTypes {
        let update = SliceUpdate(component: component, service: stored, addressType: type, trigger: trigger)
        let present = slices.filter { $0.value["addressType"]?.string == type }
        isComplete = try update.run(pods: pods, present: present) && isComplete
      }
      for slice in slices where !service.addressTypes.contains(slice.value["addressType"]?.string ?? "") {
        try component.delete(.endpointSlice, slice, because: stored)
      }
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
    return isComplete ? .done : .failed
  }

  /// The earliest moment of what has changed since the last look; nil if nothing has that has a time.
  private func trigger(for service: StoredObject, _ pods: [Pod]) -> String? {
    let former = triggers[service.key]
    var present: [String: String] = ["service": service.metadata.creationTimestamp ?? ""]
    for pod in pods {
      present[pod.uid] = pod.status.conditions.first { $0.type == "Ready" }?.lastTransitionTime ?? ""
    }
    triggers[service.key] = present
    return present.filter { !$0.value.isEmpty && former?[$0.key] != $0.value }.values.min()
  }

  /// The labels of the Service's slices: its own, and those that say whose and what they are.
  static func labels(for service: ServiceView) -> Value {
    var labels = service.metadata.labels
    labels[headless] = service.isHeadless ? "" : nil
    labels[serviceName] = service.name
    labels[managedBy] = manager
    return labels.value
  }

  static func note(_ trigger: String?, in slice: inout Value) {
    slice.set(trigger.map(Value.string), at: ["metadata", "annotations", triggerTime])
    if slice["metadata", "annotations"]?.object?.isEmpty == true { slice.set(nil, at: ["metadata", "annotations"]) }
  }
}
