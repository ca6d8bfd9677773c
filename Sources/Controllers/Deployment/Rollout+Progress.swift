import Kinds
import Loop
import Store
import Tree

/// Whether a rollout moves, has arrived, or is stuck: condition Progressing.
extension Rollout {
  /// Writes the status with what it says about progress.
  mutating func syncRolloutStatus() throws(Status) {
    var next = deployment
    next.status = observedStatus
    if deployment.progressDeadline == nil {
      next.status.conditions.remove(Condition.progressing)
    } else if !hasArrived(next.status) {
      estimateProgress(&next.status)
    }
    if let failure = replicaFailure {
      next.status.conditions.put(failure)
    } else {
      next.status.conditions.remove(Condition.replicaFailure)
    }
    try save(next)
  }

  /// Whether this rollout was found complete before and nothing old has come back.
  private func hasArrived(_ status: DeploymentStatus) -> Bool {
    status.replicas == status.updatedReplicas
      && deployment.status.conditions.condition(Condition.progressing)?.reason == DeploymentReason.complete
  }

  private func estimateProgress(_ status: inout DeploymentStatus) {
    let subject = newReplicaSet.map { "ReplicaSet \"\($0.name)\"" } ?? "Deployment \"\(deployment.name)\""
    let present = deployment.status.conditions.condition(Condition.progressing)
    if isComplete(status) {
      status.conditions.put(progressing("True", DeploymentReason.complete, "\(subject) has successfully progressed."))
    } else if hasProgressed(to: status) {
      var condition = progressing("True", DeploymentReason.updated, "\(subject) is progressing.")
      // Replaced even where status and reason are the same: the deadline counts from the time of the last update.
      if let present, present.isTrue { condition.lastTransitionTime = present.lastTransitionTime }
      status.conditions.remove(Condition.progressing)
      status.conditions.append(condition)
    } else if hasTimedOut(present) {
      status.conditions.put(
        progressing("False", DeploymentReason.deadlineExceeded, "\(subject) has timed out progressing."))
    }
  }

  private func hasProgressed(to status: DeploymentStatus) -> Bool {
    let former = deployment.status
    return status.updatedReplicas > former.updatedReplicas
      || status.replicas - status.updatedReplicas < former.replicas - former.updatedReplicas
      || status.readyReplicas > former.readyReplicas || status.availableReplicas > former.availableReplicas
  }

  private func hasTimedOut(_ condition: Condition?) -> Bool {
    guard let condition, condition.reason != DeploymentReason.complete else { return false }
    if condition.reason == DeploymentReason.deadlineExceeded { return true }
    guard let deadline = deployment.progressDeadline, let start = condition.lastUpdateTime else { return false }
    return start + deadline < component.now
  }

  /// When to look again whether the rollout is stuck; nil where it need not be watched.
  var nextCheck: Duration? {
    guard let deadline = deployment.progressDeadline,
      let condition = deployment.status.conditions.condition(Condition.progressing),
      condition.reason != DeploymentReason.deadlineExceeded, !isComplete(deployment.status),
      let start = condition.lastUpdateTime
    else { return nil }
    // Timestamps are cut to whole seconds; one more makes sure that the deadline has passed.
    return max(start + deadline - component.now, .zero) + .seconds(1)
  }
}
