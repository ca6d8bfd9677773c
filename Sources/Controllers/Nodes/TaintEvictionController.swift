package import API
import Kinds
import Loop
import Store
import Tree

/// Deletes pods from nodes with NoExecute taints that they do not tolerate, or no longer
/// (kubernetes/pkg/controller/tainteviction).
package final class TaintEvictionController {
  private static let reason = "TaintManagerEviction"

  private let component: Component
  private var queue: WorkQueue<ObjectKey>?
  /// Pods that wait for their eviction, and since when.
  private var waiting: [ObjectKey: (uid: String, since: Time)] = [:]

  package init(client: Client) {
    component = Component("taint-eviction-controller", client: client)
  }

  package func start() {
    component.store.addPodsByNodeIndex()
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.node, .pod]) { [unowned self] in note($0) }
    for node in component.client.list(.node) where !Self.taints(of: node.value).isEmpty { addPods(of: node.name) }
  }

  private func note(_ change: Change) {
    if change.key.groupResource == Kind.node.groupResource {
      let before = change.previous.map { Self.taints(of: $0.value) } ?? []
      let after = change.kind == .deleted ? [] : Self.taints(of: change.object.value)
      if before != after { addPods(of: change.key.name) }
    } else if change.key.groupResource == Kind.pod.groupResource {
      let (before, after) = (change.previous.map { Pod($0.value).spec }, Pod(change.object.value).spec)
      if change.kind == .deleted || before?.nodeName != after.nodeName || before?.tolerations != after.tolerations {
        queue?.add(change.key)
      }
    }
  }

  private func addPods(of node: String) {
    for pod in component.store.pods(onNode: node) { queue?.add(pod.key) }
  }

  private static func taints(of node: Value) -> [Taint] { Node(node).spec.taints.filter { $0.effect == "NoExecute" } }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key], let name = Pod(stored.value).spec.nodeName,
      let node = component.client.get(.node, name: name)
    else {
      waiting[key] = nil
      return .done
    }
    let pod = Pod(stored.value)
    if let entry = waiting[key], entry.uid != pod.uid { waiting[key] = nil }
    let taints = Self.taints(of: node.value)
    switch Tolerations(tolerations: pod.spec.tolerations).patience(with: taints) {
    case .forever:
      cancel(pod, key)
      return .done
    case .none:
      return evict(pod, stored, because: node)
    case .limited(let patience):
      let since = waiting[key]?.since ?? component.now
      waiting[key] = (pod.uid, since)
      let left = since + patience - component.now
      return left > .zero ? .again(after: left) : evict(pod, stored, because: node)
    }
  }

  private func cancel(_ pod: Pod, _ key: ObjectKey) {
    guard waiting.removeValue(forKey: key) != nil else { return }
    component.events.record(.normal, Self.reason, "Cancelling deletion of Pod \(key.path)", about: pod, kind: .pod)
  }

  private func evict(_ pod: Pod, _ stored: StoredObject, because node: StoredObject) -> WorkQueue<ObjectKey>.Outcome {
    waiting[stored.key] = nil
    if pod.metadata.isDeleting { return .done }
    component.events.record(.normal, Self.reason, "Marking for deletion Pod \(stored.key.path)", about: pod, kind: .pod)
    var next = pod
    next.setCondition(
      "DisruptionTarget", status: "True", reason: "DeletionByTaintManager",
      message: "Taint manager: deleting due to NoExecute taint", at: component.now)
    do throws(Status) {
      let marked = try component.update(.pod, next.value, subresource: "status", because: node)
      try component.delete(.pod, marked, because: node)
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }
}
