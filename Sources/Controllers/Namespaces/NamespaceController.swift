package import API
package import Kinds
import Loop
import Store
import Tree

/// Empties a namespace that is being deleted, then lets it go (kubernetes/pkg/controller/namespace).
package final class NamespaceController {
  private static let finalizer = "kubernetes"

  private let component: Component
  private let table: KindTable
  private var queue: WorkQueue<String>?

  package init(client: Client, kinds: KindTable) {
    component = Component("namespace-controller", client: client)
    table = kinds
  }

  /// What goes after the pods; of a kind's versions one, as they show the same objects.
  private var kinds: [Kind] { table.collections.filter { $0.isNamespaced && $0 != .pod } }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe { [unowned self] change in
      if change.key.groupResource == Kind.namespace.groupResource {
        queue?.add(change.key.name)
      } else if change.kind == .deleted, !change.key.namespace.isEmpty, isEnding(change.key.namespace) {
        queue?.add(change.key.namespace)
      }
    }
    for namespace in component.client.list(.namespace) { queue?.add(namespace.name) }
  }

  private func isEnding(_ name: String) -> Bool {
    component.client.get(.namespace, name: name)?.metadata.isDeleting ?? false
  }

  private func reconcile(_ name: String) -> WorkQueue<String>.Outcome {
    guard let namespace = component.client.get(.namespace, name: name), namespace.metadata.isDeleting else {
      return .done
    }
    let finalizers = namespace.value["spec", "finalizers"]?.array ?? []
    guard finalizers.contains(.string(Self.finalizer)) else { return .done }
    do throws(Status) {
      var report = NamespaceConditions()
      // Pods go first: what runs must not lose its configuration and rights while it ends.
      empty([.pod], of: namespace, &report)
      if report.remaining.isEmpty { empty(kinds, of: namespace, &report) }
      var next = namespace.value
      next["status", "phase"] = "Terminating"
      let present = next["status", "conditions"]?.array?.map { Condition($0) } ?? []
      next["status", "conditions"] = .array(report.updating(present, at: component.now).map(\.value))
      var written = namespace
      if next != namespace.value {
        written = try component.update(.namespace, next, subresource: "status", because: namespace)
      }
      guard report.remaining.isEmpty else { return report.failures.isEmpty ? .done : .failed }
      var final = written.value
      final["spec", "finalizers"] = .array(finalizers.filter { $0 != .string(Self.finalizer) })
      try component.update(.namespace, final, subresource: "finalize", because: written)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  /// Deletes what the namespace holds of the kinds, and notes what stays for now.
  private func empty(_ kinds: [Kind], of namespace: StoredObject, _ report: inout NamespaceConditions) {
    var holders: [String: Int] = [:]
    for kind in kinds {
      for object in component.client.list(kind, namespace: namespace.name) where !object.metadata.isDeleting {
        do throws(Status) {
          try component.delete(kind, object, options: DeleteOptions(propagation: .background), because: namespace)
        } catch {
          if !error.isNotFound { report.failures.append(error.message) }
        }
      }
      let left = component.client.list(kind, namespace: namespace.name)
      if left.isEmpty { continue }
      report.remaining.append((kind.plural + "." + kind.group, left.count))
      for finalizer in left.flatMap(\.metadata.finalizers) { holders[finalizer, default: 0] += 1 }
    }
    report.finalizers += holders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
