package import Kinds
import Loop
package import Store
import Tree

extension ObjectWriter {
  /// How many evictions may wait for a budget's controller to notice them (kubernetes, registry/core/pod eviction).
  private static var unconfirmedLimit: Int { 2_000 }

  /// Deletes a pod, if the disruption budget over it leaves room for that.
  package func evict(namespace: String, pod name: String, options: DeleteOptions, cause: Cause) throws(Status) {
    guard let stored = store[Kind.pod.key(namespace: namespace, name: name)] else { throw Status.notFound(.pod, name) }
    let pod = Pod(stored.value)
    // Before the budget is touched: a write that waits for a webhook must not have written.
    try admitDeletion(of: stored, .pod, cause: cause, isDryRun: options.isDryRun)
    // What does not run, or is going anyway, disrupts nobody.
    if !pod.isTerminal, pod.status.phase != "Pending", !pod.metadata.isDeleting {
      let budgets = budgets(over: pod)
      guard budgets.count < 2 else {
        throw Status(
          code: 500, reason: "InternalError",
          message: "Internal error occurred: This pod has more than one PodDisruptionBudget, which the eviction "
            + "subresource does not support.")
      }
      if let budget = budgets.first, !isFree(pod, budget.value) {
        try take(pod, from: budget, cause: cause, isDryRun: options.isDryRun)
      }
    }
    var options = options
    let isMeant =
      (options.uid.map { $0 == stored.uid } ?? true)
      && (options.resourceVersion.map { $0 == String(stored.revision) } ?? true)
    if isMeant, !options.isDryRun, !pod.metadata.isDeleting {
      markEvicted(pod, at: stored.key, cause: cause)
      options.resourceVersion = nil
    }
    _ = try deletion(of: .pod, namespace: namespace, name: name, options: options, cause: cause, isAdmitted: true)
  }

  /// Condition DisruptionTarget=True, which tells the pod's owner why it goes.
  private func markEvicted(_ pod: Pod, at key: ObjectKey, cause: Cause) {
    var condition = Condition([
      "type": "DisruptionTarget", "status": "True", "lastProbeTime": .null,
      "lastTransitionTime": .string(loop.now.timestamp), "reason": "EvictionByEvictionAPI",
      "message": "Eviction API: evicting",
    ])
    condition.value["observedGeneration"] = pod.value["metadata", "generation"]
    var next = pod
    next.status.conditions = pod.status.conditions.filter { $0.type != "DisruptionTarget" } + [condition]
    store.replace(next.value, at: key, cause: cause)
  }

  private func budgets(over pod: Pod) -> [StoredObject] {
    store.list(Kind.podDisruptionBudget.groupResource, namespace: pod.namespace).filter { budget in
      budget.value["spec", "selector"].flatMap { LabelSelector($0) }?.matches(pod.metadata.labels) ?? false
    }
  }

  /// Whether a pod that is not ready goes without asking its budget.
  private func isFree(_ pod: Pod, _ budget: Value) -> Bool {
    guard !pod.isReady else { return false }
    if budget["spec", "unhealthyPodEvictionPolicy"]?.string == "AlwaysAllow" { return true }
    let desired = budget["status", "desiredHealthy"]?.integer ?? 0
    return desired > 0 && (budget["status", "currentHealthy"]?.integer ?? 0) >= desired
  }

  private func take(_ pod: Pod, from budget: StoredObject, cause: Cause, isDryRun: Bool) throws(Status) {
    var value = budget.value
    let observed = value["status", "observedGeneration"]?.integer ?? 0
    if observed < value["metadata", "generation"]?.integer ?? 0 {
      throw .budgetRefusal(
        "The disruption budget \(budget.name) is still being processed by the server.", retryAfterSeconds: 10)
    }
    let allowed = value["status", "disruptionsAllowed"]?.integer ?? 0
    if allowed < 0 {
      throw .forbidden(.podDisruptionBudget, budget.name, "pdb disruptions allowed is negative")
    }
    if (value["status", "disruptedPods"]?.object ?? Members()).count > Self.unconfirmedLimit {
      throw .forbidden(
        .podDisruptionBudget, budget.name,
        "DisruptedPods map too big - too many evictions not confirmed by PDB controller")
    }
    if allowed == 0 {
      let desired = value["status", "desiredHealthy"]?.integer ?? 0
      let healthy = value["status", "currentHealthy"]?.integer ?? 0
      throw .budgetRefusal(
        "The disruption budget \(budget.name) needs \(desired) healthy pods and has \(healthy) currently")
    }
    guard !isDryRun else { return }
    value["status", "disruptionsAllowed"] = .integer(allowed - 1)
    value["status", "disruptedPods", pod.name] = .string(now.timestamp)
    store.replace(value, at: budget.key, cause: cause)
  }
}

extension Status {
  /// A budget has no room: the client may try again later.
  fileprivate static func budgetRefusal(_ why: String, retryAfterSeconds: Int? = nil) -> Status {
    Status(
      code: 429, reason: "TooManyRequests",
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: Details(
        causes: [Cause(reason: "DisruptionBudget", message: why, field: "")], retryAfterSeconds: retryAfterSeconds))
  }
}
