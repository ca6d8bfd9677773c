package import API
import Kinds
import Loop
import Store
import Tree

/// Keeps one pod of a DaemonSet on each node that it is meant for (kubernetes/pkg/controller/daemon).
package final class DaemonSetController {
  private let component: Component
  private let backoff = DaemonBackoff()
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("daemonset-controller", client: client)
  }

  package func start() {
    let store = component.store
    for kind in [Kind.pod, .controllerRevision] { store.addControllerIndex(on: kind) }
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    store.observe([.daemonSet, .pod, .node]) { [unowned self] in note($0) }
    for set in component.client.list(.daemonSet) { queue?.add(set.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.daemonSet.groupResource:
      queue?.add(change.key)
      if change.kind == .deleted { backoff.forget(change.object.uid) }
    case Kind.pod.groupResource:
      for key in PodOwners(component: component, kind: .daemonSet).keys(for: change) { queue?.add(key) }
    case Kind.node.groupResource:
      if let previous = change.previous, change.kind == .updated,
        previous.metadata.labels == change.object.metadata.labels,
        Node(previous.value).spec.taints == Node(change.object.value).spec.taints
      {
        return
      }
      for set in component.client.list(.daemonSet) { queue?.add(set.key) }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], let selector = PodOwners.selector(of: stored) else { return .done }
    if selector.isEmpty {
      component.events.record(
        .warning, "SelectingAll", "This daemon set is selecting all pods. A non-empty selector is required.",
        about: DaemonSetView(stored.value), kind: .daemonSet)
      return .done
    }
    if stored.metadata.isDeleting { return .done }
    do throws(Status) {
      return try reconcile(stored, selector)
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }

  private func reconcile(_ stored: StoredObject, _ selector: LabelSelector) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    var history = try RevisionHistory(
      component: component, owner: stored, kind: .daemonSet, selector: selector, label: RevisionHistory.podLabel)
    let former = stored.value["status", "collisionCount"]?.integer.map { Int($0) }
    var collisionCount = former ?? 0
    let template = stored.value["spec", "template"] ?? [:]
    let revision = try history.present(collisionCount: &collisionCount) { _, count in
      TemplateHash.text(of: template, collisionCount: count == 0 ? nil : count)
    }
    let hash = revision.metadata.labels[RevisionHistory.podLabel] ?? ""
    let claim = Claim(component: component, owner: stored, ownerKind: .daemonSet, selector: selector, kind: .pod)
    let nodes = component.client.list(.node).map { Node($0.value) }
    let round = try DaemonRound(
      component: component, owner: stored, hash: hash, nodes: nodes, pods: claim.settle(claim.controlled))
    let (failure, delay) = round.manage(backoff)
    if failure == nil {
      let after = component.store.controlled(.pod, by: stored.uid)
      let rolling = DaemonRound(component: component, owner: stored, hash: hash, nodes: nodes, pods: after)
      if DaemonSetView(stored.value).isRolling { try rolling.roll() }
    }
    try writeStatus(stored, round.status(collisionCount: collisionCount == 0 ? former : collisionCount))
    let limit = DaemonSetView(stored.value).revisionHistoryLimit
    let hashes = component.store.controlled(.pod, by: stored.uid).map { Pod($0.value).revisionLabel }
    try history.truncate(limit: limit) { old in
      old.uid == revision.uid || hashes.contains(old.metadata.labels[RevisionHistory.podLabel] ?? "")
    }
    if let failure { throw failure }
    let waits = [delay, round.nextAvailability.map { $0 - component.now }].compactMap { $0 }
    return waits.min().map { .again(after: $0) } ?? .done
  }

  private func writeStatus(_ stored: StoredObject, _ status: Value) throws(Status) {
    var status = status
    status["conditions"] = stored.value["status", "conditions"]
    guard status.sortedByKeys != stored.value["status"]?.sortedByKeys else { return }
    var next = stored.value
    next["status"] = status
    try component.update(.daemonSet, next, subresource: "status", because: stored)
  }
}
