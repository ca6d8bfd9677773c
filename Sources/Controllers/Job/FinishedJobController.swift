package import API
import Kinds
import Loop
import Store
import Tree

/// Deletes Jobs a while after they ended, where they ask for it (`ttlSecondsAfterFinished`;
/// kubernetes/pkg/controller/ttlafterfinished).
package final class FinishedJobController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("ttl-after-finished-controller", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.job]) { [unowned self] change in
      if change.kind != .deleted, JobView(change.object.value).timeToLive != nil { queue?.add(change.key) }
    }
    for job in component.client.list(.job) where JobView(job.value).timeToLive != nil { queue?.add(job.key) }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], !stored.metadata.isDeleting else { return .done }
    let job = JobView(stored.value)
    guard let timeToLive = job.timeToLive,
      let ended = job.end?.lastTransitionTime.flatMap(Time.init(timestamp:))
    else { return .done }
    let rest = ended + timeToLive - component.now
    if rest > .zero { return .again(after: rest) }
    do throws(Status) {
      try component.delete(.job, stored, options: DeleteOptions(propagation: .foreground), because: stored)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }
}
