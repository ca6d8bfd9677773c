package import API
import Kinds
import Loop
import Store
import Tree

/// Puts the cluster's certificate authority into each namespace, as ConfigMap `kube-root-ca.crt`
/// (kubernetes/pkg/controller/certificates/rootcacertpublisher).
package final class RootCertificateController {
  private static let name = "kube-root-ca.crt"
  private static let annotation = "kubernetes.io/description"
  /// What Kubernetes says of it, word for word, because clients compare it.
  private static let description =
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the "
    + "internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes "
    + "clusters."

  private let component: Component
  private let certificate: String
  private var queue: WorkQueue<String>?

  package init(client: Client, certificate: String) {
    component = Component("root-ca-cert-publisher", client: client)
    self.certificate = certificate
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.namespace, .configMap]) { [unowned self] change in
      if change.key.groupResource == Kind.namespace.groupResource {
        queue?.add(change.key.name)
      } else if change.key.groupResource == Kind.configMap.groupResource, change.key.name == Self.name {
        queue?.add(change.key.namespace)
      }
    }
    for namespace in component.client.list(.namespace) { queue?.add(namespace.name) }
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let namespace = component.client.get(.namespace, name: name), !namespace.metadata.isDeleting else {
      return .done
    }
    let present = component.client.get(.configMap, namespace: name, name: Self.name)
    var map = present?.value ?? ["metadata": ["name": .string(Self.name), "namespace": .string(name)]]
    map["metadata", "annotations", Self.annotation] = .string(Self.description)
    map["data"] = ["ca.crt": .string(certificate)]
    if map == present?.value { return .done }
    do throws(Status) {
      if present == nil {
        try component.create(.configMap, map, because: namespace)
      } else {
        try component.update(.configMap, map, because: namespace)
      }
      return .done
    } catch {
      return error.isNamespaceTerminating ? .done : .failed
    }
  }
}
