package import API
import Kinds
import Loop
import Store
import Tree

/// Changes the number of a workload's pods with their load (kubernetes/pkg/controller/podautoscaler).
package final class Autoscaler {
  /// How often the load is looked at.
  static let period = Duration.seconds(15)
  /// The APIService that says that the use of containers is measured.
  static let metricsService = "v1beta1.metrics.k8s.io"

  let component: Component
  private weak var usage: (any UsageSource)?
  private var queue: WorkQueue<ObjectKey>?
  /// What was recommended and done of late, by the autoscaler's key.
  private var memories: [ObjectKey: ScalingMemory] = [:]

  /// - Parameter usage: where the use of containers is measured; nil where it is not.
  package init(client: Client, usage: (any UsageSource)?) {
    component = Component("horizontal-pod-autoscaler", client: client)
    self.usage = usage
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.horizontalPodAutoscaler]) { [unowned self] change in
      if change.kind == .deleted {
        memories[change.key] = nil
      } else if change.previous?.value["spec"] != change.object.value["spec"] {
        queue?.add(change.key, after: change.kind == .created ? Self.period : .zero)
      }
    }
    for stored in component.client.list(.horizontalPodAutoscaler) { queue?.add(stored.key) }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    let measured = component.client.get(.apiService, name: Self.metricsService) == nil ? nil : usage
    var round = AutoscalerRound(
      component: component, stored: stored, usage: measured, memory: memories[key] ?? ScalingMemory())
    round.run()
    memories[key] = round.memory
    return .again(after: Self.period)
  }
}

/// What an autoscaler remembers between its looks: it is lost with the controller, as Kubernetes' is.
struct ScalingMemory {
  /// How many pods would have been right, and when.
  var recommendations: [(time: Time, replicas: Int)] = []
  /// Pods that were added or (negative) removed, and when.
  var changes: [(time: Time, replicas: Int)] = []

  /// More than that many looks, an hour's, no rule asks for.
  private static let limit = 300

  mutating func recommend(_ replicas: Int, at now: Time) {
    recommendations.append((now, replicas))
    if recommendations.count > Self.limit { recommendations.removeFirst() }
  }

  mutating func note(change: Int, at now: Time) {
    changes.append((now, change))
    if changes.count > Self.limit { changes.removeFirst() }
  }

  /// The pods added and removed since then.
  func changed(since time: Time) -> (added: Int, removed: Int) {
    let recent = changes.filter { $0.time > time }.map(\.replicas)
    return (recent.filter { $0 > 0 }.reduce(0, +), -recent.filter { $0 < 0 }.reduce(0, +))
  }
}
