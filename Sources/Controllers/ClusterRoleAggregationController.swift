package import API
import Kinds
import Loop
import Store
import Tree

/// Fills ClusterRoles that are made of others with their rules (kubernetes/pkg/controller/clusterroleaggregation).
package final class ClusterRoleAggregationController {
  private let component: Component
  private var queue: WorkQueue<String>?

  package init(client: Client) {
    component = Component("clusterrole-aggregation-controller", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.clusterRole]) { [unowned self] _ in addAggregated() }
    addAggregated()
  }

  private func addAggregated() {
    for role in component.client.list(.clusterRole) where role.value["aggregationRule"]?.isNull == false {
      queue?.add(role.name)
    }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let role = component.client.get(.clusterRole, name: name),
      let selectors = role.value["aggregationRule", "clusterRoleSelectors"]?.array?.compactMap({ LabelSelector($0) })
    else { return .done }
    var rules: [Value] = []
    for selector in selectors {
      for other in component.client.list(.clusterRole) where other.name != name {
        guard selector.matches(other.metadata.labels) else { continue }
        for rule in other.value["rules"]?.array ?? [] where !rules.contains(rule) { rules.append(rule) }
      }
    }
    if rules == role.value["rules"]?.array ?? [] { return .done }
    var next = role.value
    next["rules"] = .array(rules)
    do throws(Status) {
      try component.update(.clusterRole, next, because: role)
      return .done
    } catch {
      return .failed
    }
  }
}
