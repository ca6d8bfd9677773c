import API
import Kinds
import Store
import Tree

/// Brings a Service's slices of one address type to what its pods are.
struct SliceUpdate {
  let component: Component
  let service: StoredObject
  let addressType: String
  let trigger: String?

  /// The endpoints that share one set of ports: pods may give the same name to different ports.
  private struct Group {
    var ports: [Value]
    var endpoints: [Value] = []
  }

  private var view: ServiceView { ServiceView(service.value) }

  /// Writes what differs. Answers false if a pod was left out because its node is not there.
  func run(pods: [Pod], present: [StoredObject]) throws(Status) -> Bool {
    let (groups, isComplete) = desired(pods)
    let labels = EndpointSliceController.labels(for: view)
    let foreign = present.filter { slice in !slice.metadata.ownerReferences.contains { $0.uid == service.uid } }
    let own = present.filter { slice in !foreign.contains { $0.uid == slice.uid } }
    var creations: [(ports: [Value], endpoints: [Value])] = []
    var updates: [(slice: StoredObject, ports: [Value], endpoints: [Value])] = []
    var deletions: [StoredObject] = []
    for group in groups {
      let matching = own.filter { ports(of: $0) == group.ports }
      let plan = SlicePlan(desired: group.endpoints, slices: matching) { $0.metadata.labels.value != labels }
      creations += plan.creations.map { (group.ports, $0) }
      updates += plan.updates.map { ($0.slice, group.ports, $0.endpoints) }
      deletions += plan.deletions
    }
    deletions += own.filter { slice in !groups.contains { $0.ports == ports(of: slice) } }
    addPlaceholder(own: own, labels: labels, &creations, &deletions)
    // A slice that would be deleted takes over what would be created, so that watchers see one change instead of two.
    while let creation = creations.last, let slice = deletions.first {
      creations.removeLast()
      deletions.removeFirst()
      updates.append((slice, creation.ports, creation.endpoints))
    }
    if !service.metadata.isDeleting {
      for creation in creations { try create(creation.ports, creation.endpoints, labels) }
    }
    for update in updates { try write(update.slice, update.ports, update.endpoints, labels) }
    for slice in deletions + foreign { try component.delete(.endpointSlice, slice, because: service) }
    return isComplete
  }

  /// A Service that selects nothing yet has one empty slice, which shows that it was looked at.
  private func addPlaceholder(
    own: [StoredObject], labels: Value, _ creations: inout [(ports: [Value], endpoints: [Value])],
    _ deletions: inout [StoredObject]
  ) {
    guard own.count == deletions.count, creations.isEmpty else { return }
    if deletions.count == 1, let only = deletions.first, ports(of: only).isEmpty,
      only.value["endpoints"]?.array?.isEmpty ?? true, only.metadata.labels.value == labels
    {
      deletions = []
    } else {
      creations.append(([], []))
    }
  }

  private func ports(of slice: StoredObject) -> [Value] { slice.value["ports"]?.array ?? [] }

  private func desired(_ pods: [Pod]) -> ([Group], isComplete: Bool) {
    let endpoints = ServiceEndpoints(service: view, addressType: addressType)
    var groups: [Group] = []
    var isComplete = true
    for pod in pods where ServiceEndpoints.includes(pod) {
      let ports = endpoints.ports(on: pod)
      if !groups.contains(where: { $0.ports == ports }) { groups.append(Group(ports: ports)) }
      let node = pod.spec.nodeName.flatMap { component.client.get(.node, name: $0) }
      if node == nil, !view.publishesNotReady {
        isComplete = false
        continue
      }
      let zone = node?.metadata.labels["topology.kubernetes.io/zone"]
      guard let endpoint = endpoints.endpoint(of: pod, zone: zone) else { continue }
      if let index = groups.firstIndex(where: { $0.ports == ports }) { groups[index].endpoints.append(endpoint) }
    }
    return (groups, isComplete)
  }

  private func create(_ ports: [Value], _ endpoints: [Value], _ labels: Value) throws(Status) {
    var slice: Value = [
      "apiVersion": .string(Kind.endpointSlice.apiVersion), "kind": "EndpointSlice",
      "metadata": [
        "generateName": .string(service.name + "-"), "namespace": .string(service.namespace), "labels": labels,
        "ownerReferences": [OwnerReference(controller: AnyObjectView(service.value), kind: .service).value],
      ],
      "addressType": .string(addressType),
    ]
    slice["endpoints"] = endpoints.isEmpty ? .null : .array(endpoints)
    slice["ports"] = ports.isEmpty ? .null : .array(ports)
    EndpointSliceController.note(trigger, in: &slice)
    try component.create(.endpointSlice, slice, because: service)
  }

  private func write(_ object: StoredObject, _ ports: [Value], _ endpoints: [Value], _ labels: Value) throws(Status) {
    var slice = object.value
    slice["metadata", "labels"] = labels
    slice["endpoints"] = endpoints.isEmpty ? .null : .array(endpoints)
    slice["ports"] = ports.isEmpty ? .null : .array(ports)
    EndpointSliceController.note(trigger, in: &slice)
    try component.update(.endpointSlice, slice, because: service)
  }
}
