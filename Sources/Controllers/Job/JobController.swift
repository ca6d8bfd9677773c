package import API
import Kinds
import Loop
import Store
import Tree

/// Runs a Job's pods until enough of them succeeded (kubernetes/pkg/controller/job).
package final class JobController {
  /// Changes of pods are looked at together, this long after the first.
  private static let batchPeriod = Duration.seconds(1)

  private let component: Component
  private var queue: WorkQueue<ObjectKey>?
  private var orphans: WorkQueue<ObjectKey>?
  private var backoffs: [ObjectKey: JobBackoff] = [:]

  package init(client: Client) {
    component = Component("job-controller", client: client)
  }

  package func start() {
    component.store.addControllerIndex(on: .pod)
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    orphans = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in releaseOrphan($0) }
    component.store.observe([.job, .pod]) { [unowned self] in note($0) }
    for job in component.client.list(.job) { queue?.add(job.key) }
    for pod in component.client.list(.pod) where Pod(pod.value).isTracked { orphans?.add(pod.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.job.groupResource:
      queue?.add(change.key)
      if change.kind == .deleted {
        for pod in component.store.controlled(.pod, by: change.object.uid) { orphans?.add(pod.key) }
      }
    case Kind.pod.groupResource:
      for key in PodOwners(component: component, kind: .job).keys(for: change) {
        queue?.add(key, after: Self.batchPeriod)
      }
      if change.kind != .deleted, Pod(change.object.value).isTracked, !isOwned(change.object) {
        orphans?.add(change.key)
      }
    default: break
    }
  }

  private func isOwned(_ pod: StoredObject) -> Bool {
    guard let owner = pod.metadata.controller else { return false }
    return component.client.get(.job, namespace: pod.namespace, name: owner.name)?.uid == owner.uid
  }

  /// A pod whose Job is gone needs to be counted by nobody.
  private func releaseOrphan(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let pod = component.store[key], Pod(pod.value).isTracked, !isOwned(pod) else { return .done }
    do throws(Status) {
      try component.stopTracking(pod, because: nil)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else {
      backoffs[key] = nil
      return .done
    }
    let job = JobView(stored.value)
    if job.end != nil { backoffs[key] = nil }
    guard !job.isForeign, job.end == nil, let selector = PodOwners.selector(of: stored) else { return .done }
    do throws(Status) {
      let claim = Claim(component: component, owner: stored, ownerKind: .job, selector: selector, kind: .pod)
      let pods = try claim.settle(claim.controlled)
      var round = JobRound(component: component, stored: stored, pods: pods, backoff: backoffs[key] ?? JobBackoff())
      let delay = try round.run()
      backoffs[key] = round.backoff
      if let failure = round.failure { return failure.isNamespaceTerminating ? .done : .failed }
      return delay.map { .again(after: $0) } ?? .done
    } catch {
      return error.isNamespaceTerminating || error.isNotFound ? .done : .failed
    }
  }
}

extension Component {
  /// Takes the finalizer off a pod by which its Job holds it until it is counted.
  @discardableResult
  func stopTracking(_ pod: StoredObject, because job: StoredObject?) throws(Status) -> Bool {
    guard let present = store[pod.key], present.uid == pod.uid else { return false }
    var next = AnyObjectView(present.value)
    next.metadata.finalizers.removeAll { $0 == JobView.finalizer }
    if next.value == present.value { return false }
    try update(.pod, next.value, because: job)
    return true
  }
}
