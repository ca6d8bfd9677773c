package import API
import Kinds
import Loop
import Store
import Tree

/// Gives each namespace its ServiceAccount `default` (kubernetes/pkg/controller/serviceaccount).
package final class ServiceAccountController {
  private let component: Component
  private var queue: WorkQueue<String>?

  package init(client: Client) {
    component = Component("service-account-controller", client: client)
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.namespace, .serviceAccount]) { [unowned self] change in
      if change.key.groupResource == Kind.namespace.groupResource {
        queue?.add(change.key.name)
      } else if change.key.groupResource == Kind.serviceAccount.groupResource, change.kind == .deleted {
        queue?.add(change.key.namespace)
      }
    }
    for namespace in component.client.list(.namespace) { queue?.add(namespace.name) }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let namespace = component.client.get(.namespace, name: name), !namespace.metadata.isDeleting,
      component.client.get(.serviceAccount, namespace: name, name: "default") == nil
    else { return .done }
    let account: Value = ["metadata": ["name": "default", "namespace": .string(name)]]
    do throws(Status) {
      try component.create(.serviceAccount, account, because: namespace)
      return .done
    } catch {
      return error.isNamespaceTerminating || error.isAlreadyExists ? .done : .failed
    }
  }
}
