package import API
import Kinds
import Loop
import Store
import Tree

/// Moves a Deployment's pods to its present template, by way of ReplicaSets (kubernetes/pkg/controller/deployment).
package final class DeploymentController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("deployment-controller", client: client)
  }

  package func start() {
    let store = component.store
    store.addControllerIndex(on: .replicaSet)
    store.addControllerIndex(on: .pod)
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    store.observe([.deployment, .replicaSet, .pod]) { [unowned self] in note($0) }
    for deployment in component.client.list(.deployment) { queue?.add(deployment.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.deployment.groupResource: queue?.add(change.key)
    case Kind.replicaSet.groupResource: noteReplicaSet(change)
    case Kind.pod.groupResource where change.kind == .deleted: notePodDeleted(change)
    default: break
    }
  }

  private func noteReplicaSet(_ change: Change) {
    for owner in [change.formerController, change.controller] {
      guard let owner, owner.kind == Kind.deployment.name else { continue }
      queue?.add(Kind.deployment.key(namespace: change.key.namespace, name: owner.name))
    }
    guard change.controller == nil, change.kind != .deleted, change.changesLabels || change.formerController != nil
    else { return }
    let labels = change.object.metadata.labels
    for deployment in component.client.list(.deployment, namespace: change.key.namespace) {
      guard let selector = LabelSelector(Deployment(deployment.value).spec.selector) else { continue }
      if selector.matches(labels) { queue?.add(deployment.key) }
    }
  }

  /// The last old pod's end lets a Recreate go on.
  private func notePodDeleted(_ change: Change) {
    guard let owner = change.controller, owner.kind == Kind.replicaSet.name,
      let replicaSet = component.client.get(.replicaSet, namespace: change.key.namespace, name: owner.name),
      let deployment = replicaSet.metadata.controller, deployment.kind == Kind.deployment.name
    else { return }
    let key = Kind.deployment.key(namespace: change.key.namespace, name: deployment.name)
    guard let stored = component.store[key], !Deployment(stored.value).isRolling else { return }
    queue?.add(key)
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    let deployment = Deployment(stored.value)
    guard let selector = LabelSelector(deployment.spec.selector) else { return .done }
    do throws(Status) {
      if selector.isEmpty { return try refuseSelectingAll(stored) }
      let claim = Claim(
        component: component, owner: stored, ownerKind: .deployment, selector: selector, kind: .replicaSet)
      var rollout = Rollout(component: component, deployment: stored, replicaSets: try claim.settle(claim.controlled))
      try step(&rollout)
      return rollout.nextCheck.map { .again(after: $0) } ?? .done
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }

  private func step(_ rollout: inout Rollout) throws(Status) {
    if rollout.deployment.metadata.isDeleting {
      try rollout.syncRevision(creating: false)
      return try rollout.syncStatus()
    }
    try rollout.notePause()
    if rollout.deployment.spec.isPaused { return try rollout.syncPaused() }
    try rollout.syncRevision(creating: false)
    if rollout.isScaling {
      try rollout.scaleAll()
      try rollout.syncStatus()
    } else if rollout.deployment.isRolling {
      try rollout.roll()
    } else {
      try rollout.recreate()
    }
  }

  private func refuseSelectingAll(_ stored: StoredObject) throws(Status) -> WorkQueue<ObjectKey>.Outcome {
    var deployment = Deployment(stored.value)
    component.events.record(
      .warning, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.",
      about: deployment, kind: .deployment)
    if deployment.status.observedGeneration < deployment.metadata.generation {
      deployment.status.observedGeneration = deployment.metadata.generation
      try component.update(.deployment, deployment.value, subresource: "status", because: stored)
    }
    return .done
  }
}
