/// The sentence that tells why a pod fits nowhere, as kube-scheduler words it (framework.FitError).
enum UnschedulableMessage {
  static let noNodes = "no nodes available to schedule pods"
  private static let unhelpful = "Preemption is not helpful for scheduling"

  /// `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.` and then what else was tried.
  static func text(_ refusals: [Refusal], of count: Int, then rest: String? = nil) -> String {
    var counts: [String: Int] = [:]
    for refusal in refusals {
      for reason in refusal.reasons { counts[reason, default: 0] += 1 }
    }
    return "0/\(count) nodes are available: \(histogram(counts))." + (rest.map { " " + $0 } ?? "")
  }

  /// What is said after the reasons where the removal of pods was looked at: first of devices' claims, of which none
  /// can be taken back, then of pods.
  static func afterPreemption(_ message: String) -> String {
    "no new claims to deallocate, preemption: \(message)"
  }

  static let mayNotPreempt = "not eligible due to preemptionPolicy=Never."
  static let waitsForVictims = "not eligible due to a terminating pod on the nominated node."

  /// Why no node could be made free, where each of `reasons` tells of one that was looked at.
  static func noVictims(_ reasons: [[String]], of count: Int) -> String {
    var counts: [String: Int] = [unhelpful: count - reasons.count]
    for reason in reasons.joined() { counts[reason, default: 0] += 1 }
    return "0/\(count) nodes are available: \(histogram(counts))."
  }

  /// The sentence when the pod fits nowhere whatever the nodes are. Kubernetes' last words come from a plugin that was
  /// not asked before and finds nothing noted.
  static func early(_ message: String, nodeCount: Int) -> String {
    "0/\(nodeCount) nodes are available: \(message). not found"
  }

  private static func histogram(_ counts: [String: Int]) -> String {
    counts.filter { $0.value > 0 }.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
  }
}
