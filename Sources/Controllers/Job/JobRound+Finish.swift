import API
import Kinds
import Loop
import Store
import Tree

/// Whether the Job is over, and why.
extension JobRound {
  func condition(_ type: String, _ reason: String, _ message: String) -> Condition {
    let now: Value = .string(component.now.timestamp)
    return Condition([
      "type": .string(type), "status": "True", "lastProbeTime": now, "lastTransitionTime": now,
      "reason": .string(reason), "message": .string(message),
    ])
  }

  mutating func decideFinish() -> Condition? {
    if let met = job.condition("SuccessCriteriaMet") { return met }
    if let target = job.condition("FailureTarget") {
      return condition("Failed", target.reason ?? "", target.message ?? "")
    }
    let policy = JobFailurePolicy(job: job)
    for pod in pods.map({ Pod($0.value) }) where pod.hasFailed(of: job) {
      if let match = policy.match(pod), match.action == "FailJob" {
        return condition("FailureTarget", "PodFailurePolicy", match.message)
      }
    }
    if failed > job.backoffLimit || hasRestartedTooOften {
      return condition("FailureTarget", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
    }
    if let deadline = job.activeDeadline, !job.isSuspended,
      let start = status["startTime"]?.string.flatMap(Time.init(timestamp:))
    {
      let rest = start + deadline - component.now
      if rest <= .zero {
        return condition("FailureTarget", "DeadlineExceeded", "Job was active longer than specified deadline")
      }
      delay = rest
    }
    return decideByIndexes()
  }

  private func decideByIndexes() -> Condition? {
    guard job.isIndexed, let completions = job.completions else { return nil }
    if let failedIndexes {
      if let limit = job.maxFailedIndexes, failedIndexes.count > limit {
        return condition(
          "FailureTarget", "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes")
      }
      if failedIndexes.count > 0, failedIndexes.count + succeededIndexes.count >= completions {
        return condition("FailureTarget", "FailedIndexes", "Job has failed indexes")
      }
    }
    let rules = job.value["spec", "successPolicy", "rules"]?.array ?? []
    for (index, rule) in rules.enumerated() where isMet(rule, completions) {
      return condition("SuccessCriteriaMet", "SuccessPolicy", "Matched rules at index \(index)")
    }
    return nil
  }

  private func isMet(_ rule: Value, _ completions: Int) -> Bool {
    let wanted = rule["succeededIndexes"]?.string.map { IndexSet($0, below: completions) }
    let done = wanted.map { succeededIndexes.countShared(with: $0) } ?? succeededIndexes.count
    if let count = rule["succeededCount"]?.integer { return done >= Int(count) }
    return wanted.map { done == $0.count } ?? false
  }

  /// Containers that are restarted in their pods count as failures, too.
  private var hasRestartedTooOften: Bool {
    guard job.restartPolicy == "OnFailure" else { return false }
    let statuses = pods.map { Pod($0.value).status }.filter { ["Running", "Pending"].contains($0.phase) }
    let restarts = statuses.flatMap { $0.initContainerStatuses + $0.containerStatuses }
      .reduce(0) { $0 + $1.restartCount }
    return job.backoffLimit == 0 ? restarts > 0 : restarts >= job.backoffLimit
  }
}
