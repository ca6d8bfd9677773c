import Kinds
import Store

/// A paused Deployment is scaled and tidied, but its template goes nowhere.
extension Rollout {
  mutating func syncPaused() throws(Status) {
    try syncRevision(creating: false)
    try scaleAll()
    try removeHistory()
    try syncStatus()
  }

  /// Says in condition Progressing that the rollout stands still, or that it goes on, so that the deadline counts anew.
  mutating func notePause() throws(Status) {
    guard deployment.progressDeadline != nil else { return }
    let present = deployment.status.conditions.condition(Condition.progressing)
    if present?.reason == DeploymentReason.deadlineExceeded { return }
    let isNoted = present?.reason == DeploymentReason.paused
    guard deployment.spec.isPaused != isNoted else { return }
    var next = deployment
    next.status.conditions.put(
      deployment.spec.isPaused
        ? progressing("Unknown", DeploymentReason.paused, "Deployment is paused")
        : progressing("Unknown", DeploymentReason.resumed, "Deployment is resumed"))
    try save(next)
  }
}
