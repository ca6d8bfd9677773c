package import Kinds
import Loop
package import Store
import Tree

extension ObjectWriter {
  /// Writes a pod's node and the condition PodScheduled, as `pods/binding` does.
  package func bind(namespace: String, pod name: String, node: String, cause: Cause) throws(Status) {
    try bind(namespace: namespace, pod: name, node: node, cause: cause, isDryRun: false)
  }

  func bind(
    namespace: String, pod name: String, node: String, annotations: Members = Members(), cause: Cause, isDryRun: Bool
  ) throws(Status) {
    let key = Kind.pod.key(namespace: namespace, name: name)
    guard let stored = store[key] else { throw Status.notFound(.pod, name) }
    var pod = Pod(stored.value)
    if pod.metadata.isDeleting {
      throw .bindingConflict(name, "pod \(name) is being deleted, cannot be assigned to a host")
    }
    if let present = pod.spec.nodeName, !present.isEmpty {
      throw .bindingConflict(name, "pod \(name) is already assigned to node \"\(present)\"")
    }
    if let gates = pod.value["spec", "schedulingGates"]?.array, !gates.isEmpty {
      throw .bindingConflict(name, "pod \(name) has non-empty .spec.schedulingGates")
    }
    pod.spec.nodeName = node
    for annotation in annotations { pod.value["metadata", "annotations", annotation.key] = annotation.value }
    setScheduled(&pod)
    _ = commit(pod.value, at: key, cause: cause, isDryRun: isDryRun)
  }

  private func setScheduled(_ pod: inout Pod) {
    let condition = Condition([
      "type": "PodScheduled", "status": "True", "lastProbeTime": .null,
      "lastTransitionTime": .string(now.timestamp),
    ])
    pod.status.conditions = pod.status.conditions.filter { $0.type != "PodScheduled" } + [condition]
  }
}

extension Status {
  static func bindingConflict(_ pod: String, _ why: String) -> Status {
    Status(
      code: 409, reason: "Conflict", message: "Operation cannot be fulfilled on pods/binding \"\(pod)\": \(why)",
      details: Details(name: pod, kind: "pods/binding"))
  }
}
