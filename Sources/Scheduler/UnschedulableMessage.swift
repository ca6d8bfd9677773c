/// The sentence that tells why a pod fits nowhere, as kube-scheduler words it (framework.FitError).
enum UnschedulableMessage {
  static let noNodes = "no nodes available to schedule pods"

  /// `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. … preemption: …`
  static func text(_ refusals: [Refusal], mayPreempt: Bool) -> String {
    let count = refusals.count
    let helpless = refusals.count { !$0.couldBeHelpedByPreemption }
    let preemption =
      mayPreempt
      ? "0/\(count) nodes are available: "
        + histogram([
          "Preemption is not helpful for scheduling": helpless,
          "No preemption victims found for incoming pod": count - helpless,
        ]) + "."
      : "not eligible due to preemptionPolicy=Never."
    var counts: [String: Int] = [:]
    for refusal in refusals {
      for reason in refusal.reasons { counts[reason, default: 0] += 1 }
    }
    return
      "0/\(count) nodes are available: \(histogram(counts)). no new claims to deallocate, preemption: \(preemption)"
  }

  /// The sentence when a claim that the pod needs is missing, which is found before any node is looked at.
  static func missingClaim(_ name: String, nodeCount: Int) -> String {
    "0/\(nodeCount) nodes are available: persistentvolumeclaim \"\(name)\" not found. not found"
  }

  private static func histogram(_ counts: [String: Int]) -> String {
    counts.filter { $0.value > 0 }.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
  }
}
