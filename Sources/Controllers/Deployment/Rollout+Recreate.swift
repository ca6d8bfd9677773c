import Kinds
import Store

/// Recreate: all old pods go, and are gone, before the first new one comes.
extension Rollout {
  mutating func recreate() throws(Status) {
    try syncRevision(creating: false)
    var hasScaledDown = false
    for old in Self.active(oldReplicaSets) where try scale(old, to: 0) { hasScaledDown = true }
    if hasScaledDown || hasOldPods { return try syncRolloutStatus() }
    if newReplicaSet == nil { try syncRevision(creating: true) }
    if let new = newReplicaSet { _ = try scale(new, to: deployment.spec.replicas) }
    if isComplete(deployment.status) { try removeHistory() }
    try syncRolloutStatus()
  }

  private var hasOldPods: Bool {
    Self.actual(oldReplicaSets) > 0
      || oldReplicaSets.contains { old in
        component.store.controlled(.pod, by: old.uid).contains { !Pod($0.value).isTerminal }
      }
  }
}
