package import API
import Kinds
import Loop
import Store
import Tree

/// Starts a CronJob's Jobs when its schedule says so (kubernetes/pkg/controller/cronjob).
package final class CronJobController {
  private let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("cronjob-controller", client: client)
  }

  package func start() {
    component.store.addControllerIndex(on: .job)
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.cronJob, .job]) { [unowned self] in note($0) }
    for cronJob in component.client.list(.cronJob) { queue?.add(cronJob.key) }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.cronJob.groupResource: queue?.add(change.key)
    case Kind.job.groupResource:
      for owner in [change.formerController, change.controller] {
        guard let owner, owner.kind == Kind.cronJob.name else { continue }
        queue?.add(Kind.cronJob.key(namespace: change.key.namespace, name: owner.name))
      }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    var round = CronJobRound(component: component, stored: stored)
    do throws(Status) {
      let delay = try round.run()
      return delay.map { .again(after: $0) } ?? .done
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }
}
