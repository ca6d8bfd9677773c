package import API
import Kinds
import Loop
import Store
import Tree

/// Makes the claims of pods' generic ephemeral volumes (Kubernetes documentation, "Generic ephemeral volumes").
package final class EphemeralVolumeController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) { component = Component("ephemeral-volume-controller", client: client) }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.pod, .persistentVolumeClaim]) { [unowned self] in note($0) }
    for pod in component.client.list(.pod) where Self.needsClaims(pod.value) { queue?.add(pod.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.pod.groupResource where change.kind == .created && Self.needsClaims(change.object.value):
      queue?.add(change.key)
    case Kind.persistentVolumeClaim.groupResource where change.kind == .deleted:
      if let owner = change.controller, owner.kind == Kind.pod.name {
        queue?.add(Kind.pod.key(namespace: change.key.namespace, name: owner.name))
      }
    default: break
    }
  }

  private static func needsClaims(_ pod: Value) -> Bool {
    (pod["spec", "volumes"]?.array ?? []).contains { $0["ephemeral"] != nil }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    let pod = Pod(stored.value)
    guard !pod.metadata.isDeleting, !pod.isTerminal else { return .done }
    var outcome = WorkQueue<ObjectKey>.Outcome.done
    for volume in pod.spec.value["volumes"]?.array ?? [] {
      guard let template = volume["ephemeral", "volumeClaimTemplate"], let name = volume["name"]?.string else {
        continue
      }
      if !create(pod.name + "-" + name, from: template, for: stored) { outcome = .failed }
    }
    return outcome
  }

  private func create(_ name: String, from template: Value, for stored: StoredObject) -> Bool {
    let pod = Pod(stored.value)
    if let present = component.client.get(.persistentVolumeClaim, namespace: pod.namespace, name: name) {
      guard present.metadata.controller?.uid != pod.uid else { return true }
      component.events.record(
        .warning, "FailedPVCCreation",
        "ephemeral volume: PVC \(pod.namespace)/\(name) was not created for pod "
          + "\(pod.namespace)/\(pod.name) (pod is not owner)", about: pod, kind: .pod)
      return false
    }
    var metadata = template["metadata"] ?? [:]
    metadata["name"] = .string(name)
    metadata["namespace"] = .string(pod.namespace)
    metadata["ownerReferences"] = [OwnerReference(controller: AnyObjectView(stored.value), kind: .pod).value]
    do throws(Status) {
      try component.create(
        .persistentVolumeClaim, ["metadata": metadata, "spec": template["spec"] ?? [:]], because: stored)
      return true
    } catch {
      return error.isNamespaceTerminating || error.isNotFound
    }
  }
}
