package import API
package import Kinds
import Loop
import Store
import Tree

/// Keeps as many pods of a ReplicaSet as it asks for (kubernetes/pkg/controller/replicaset), or of a
/// ReplicationController, which is the same with a simpler selector.
package final class ReplicaSetController {
  private let component: Component
  private let kind: Kind
  private var queue: WorkQueue<ObjectKey>?
  /// What the last whole look at a ReplicaSet found, while it holds.
  private var looks: [ObjectKey: Look] = [:]

  /// A ReplicaSet that had the pods it asks for.
  private struct Look {
    /// Its state then; another one may ask for something else.
    var revision: Int64
    var pods: ReplicaSetPods
  }

  /// - Parameter kind: ReplicaSets or ReplicationControllers.
  package init(client: Client, kind: Kind = .replicaSet) {
    self.kind = kind
    component = Component(kind == .replicaSet ? "replicaset-controller" : "replication-controller", client: client)
  }

  package func start() {
    let store = component.store
    store.addControllerIndex(on: .pod)
    store.addControllerIndex(on: kind)
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    store.observe([kind, .pod]) { [unowned self] in note($0) }
    for replicaSet in component.client.list(kind) { queue?.add(replicaSet.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case kind.groupResource: queue?.add(change.key)
    case Kind.pod.groupResource: notePod(change)
    default: break
    }
  }

  private func notePod(_ change: Change) {
    if let previous = change.previous, change.kind == .updated, isSameMember(previous, change.object) {
      noteReadiness(previous, change.object)
      return
    }
    for owner in [change.formerController, change.controller] {
      guard let owner, owner.kind == kind.name else { continue }
      lookAgain(kind.key(namespace: change.key.namespace, name: owner.name))
    }
    guard change.controller == nil, change.kind != .deleted, change.changesLabels || change.formerController != nil
    else { return }
    let labels = change.object.metadata.labels
    for replicaSet in component.client.list(kind, namespace: change.key.namespace) {
      guard let selector = PodOwners.selector(of: replicaSet) else { continue }
      if selector.matches(labels) { lookAgain(replicaSet.key) }
    }
  }

  /// Whether a pod belongs to the same ReplicaSet as before and counts there as it did, but for its readiness.
  private func isSameMember(_ previous: StoredObject, _ object: StoredObject) -> Bool {
    let (before, after) = (Pod(previous.value), Pod(object.value))
    return before.isTerminal == after.isTerminal && before.metadata.isDeleting == after.metadata.isDeleting
      && before.metadata.labels == after.metadata.labels
      && before.metadata.ownerReferences == after.metadata.ownerReferences
  }

  private func noteReadiness(_ previous: StoredObject, _ object: StoredObject) {
    let pod = Pod(object.value)
    guard pod.isReady != Pod(previous.value).isReady, let owner = pod.metadata.controller, owner.kind == kind.name
    else { return }
    let key = kind.key(namespace: object.namespace, name: owner.name)
    looks[key]?.pods.noteReadiness(of: pod)
    queue?.add(key)
  }

  /// What was found the last time holds no longer.
  private func lookAgain(_ key: ObjectKey) {
    looks[key] = nil
    queue?.add(key)
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else {
      looks[key] = nil
      return .done
    }
    guard let selector = PodOwners.selector(of: stored) else { return .done }
    do throws(Status) {
      if let look = looks[key], look.revision == stored.revision {
        return try tell(of: look.pods, stored, failure: nil)
      }
      looks[key] = nil
      return try reconcile(stored, selector)
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }

  private func reconcile(_ stored: StoredObject, _ selector: LabelSelector) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    let claim = Claim(
      component: component, owner: stored, ownerKind: kind, selector: selector, kind: .pod)
    let controlled = claim.controlled
    let active = try claim.settle(controlled.filter { Pod($0.value).isActive }) { Pod($0.value).isActive }
    let terminating = controlled.map { Pod($0.value) }
      .count { $0.isTerminating && selector.matches($0.metadata.labels) }
    let failure = stored.metadata.isDeleting ? nil : manage(active, of: stored)
    let replicaSet = ReplicaSet(stored.value)
    let pods = ReplicaSetPods(of: replicaSet, active: active.map { Pod($0.value) }, terminating: terminating)
    if active.count == replicaSet.spec.replicas {
      looks[stored.key] = Look(revision: stored.revision, pods: pods)
    }
    return try tell(of: pods, stored, failure: failure)
  }

  /// Brings the status up to date.
  private func tell(of pods: ReplicaSetPods, _ stored: StoredObject, failure: Status?) throws(Status)
    -> WorkQueue<ObjectKey>.Outcome
  {
    let observation = ReplicaSetObservation(replicaSet: ReplicaSet(stored.value), pods: pods, now: component.now)
    var next = stored.value
    next["status"] = observation.status(failure: failure, tellsTerminating: kind == .replicaSet)
    if next["status"] != stored.value["status"] {
      let written = try component.update(kind, next, subresource: "status", because: stored)
      if looks[stored.key]?.revision == stored.revision { looks[stored.key]?.revision = written.revision }
    }
    if let failure { throw failure }
    return pods.nextAvailability(after: component.now).map { .again(after: $0 - component.now) } ?? .done
  }

  /// Creates the pods that are missing, or deletes those that are too many. Answers the first refusal.
  private func manage(_ pods: [StoredObject], of stored: StoredObject) -> Status? {
    let missing = ReplicaSet(stored.value).spec.replicas - pods.count
    if missing > 0 { return createPods(min(missing, Burst.limit), for: stored) }
    if missing < 0 { return deletePods(min(-missing, Burst.limit), of: pods, for: stored) }
    return nil
  }

  /// Creates pods in batches of 1, 2, 4 …, so that a template that is refused costs one request and not hundreds.
  private func createPods(_ count: Int, for stored: StoredObject) -> Status? {
    let template = PodFromTemplate(owner: stored, kind: kind)
    var remaining = count
    var batch = 1
    while remaining > 0 {
      var failure: Status?
      for _ in 0..<min(batch, remaining) {
        let refusal = template.create(by: component)
        failure = failure ?? refusal
        remaining -= 1
      }
      // A namespace that is being deleted takes no more pods; that is no failure of the ReplicaSet.
      if let failure { return failure.isNamespaceTerminating ? nil : failure }
      batch *= 2
    }
    return nil
  }

  private func deletePods(_ count: Int, of pods: [StoredObject], for stored: StoredObject) -> Status? {
    let ranking = PodRanking(podsOnNode: podsOnNode(relatedTo: stored), now: component.now)
    let ranked = pods.map { (object: $0, pod: Pod($0.value)) }
      .sorted { ranking.deletes($0.pod, before: $1.pod) }
    let replicaSet = ReplicaSet(stored.value)
    var failure: Status?
    for (object, pod) in ranked.prefix(count) {
      do throws(Status) {
        try component.delete(.pod, object, because: stored)
        component.events.record(
          .normal, "SuccessfulDelete", "Deleted pod: \(pod.name)", about: replicaSet, kind: kind)
      } catch {
        if error.isNotFound { continue }
        component.events.record(
          .warning, "FailedDelete", "Error deleting: \(error.message)", about: replicaSet, kind: kind)
        failure = failure ?? error
      }
    }
    return failure
  }

  /// How many active pods of this ReplicaSet and its siblings (those with the same controller) run on each node.
  private func podsOnNode(relatedTo stored: StoredObject) -> [String: Int] {
    let store = component.store
    let family = stored.metadata.controller.map { store.controlled(kind, by: $0.uid) } ?? [stored]
    var counts: [String: Int] = [:]
    for relative in family {
      for object in store.controlled(.pod, by: relative.uid) {
        let pod = Pod(object.value)
        if pod.isActive, let node = pod.spec.nodeName { counts[node, default: 0] += 1 }
      }
    }
    return counts
  }
}
