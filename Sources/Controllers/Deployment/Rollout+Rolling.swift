import Kinds
import Store

/// RollingUpdate: up by what surge allows, down by what availability allows, one step for each look.
extension Rollout {
  mutating func roll() throws(Status) {
    try syncRevision(creating: true)
    if try scaleNewUp() { return try syncRolloutStatus() }
    if try scaleOldDown() { return try syncRolloutStatus() }
    if isComplete(deployment.status) { try removeHistory() }
    try syncRolloutStatus()
  }

  /// How many pods the new ReplicaSet should have now, if it has `present`.
  func replicasOfNew(having present: Int) -> Int {
    let wanted = deployment.spec.replicas
    guard deployment.isRolling else { return wanted }
    let room = wanted + deployment.maxSurge - Self.desired(replicaSets)
    return room <= 0 ? present : present + min(room, wanted - present)
  }

  private mutating func scaleNewUp() throws(Status) -> Bool {
    guard let new = newReplicaSet else { return false }
    let present = ReplicaSet(new.value).spec.replicas
    let wanted = deployment.spec.replicas
    if present == wanted { return false }
    return try scale(new, to: present > wanted ? wanted : replicasOfNew(having: present))
  }

  private mutating func scaleOldDown() throws(Status) -> Bool {
    guard Self.desired(oldReplicaSets) > 0, let new = newReplicaSet.map({ ReplicaSet($0.value) }) else { return false }
    let minAvailable = deployment.spec.replicas - deployment.maxUnavailable
    let newUnavailable = new.spec.replicas - new.status.availableReplicas
    // Pods of the new template that are not yet available count as if they might never be.
    let removable = Self.desired(replicaSets) - minAvailable - newUnavailable
    if removable <= 0 { return false }
    let unhealthy = try removeUnhealthy(limit: removable)
    let healthy = try removeAvailable(above: minAvailable)
    return unhealthy + healthy > 0
  }

  /// Takes old pods away that are not available anyway, so that they do not hold the rollout up.
  private mutating func removeUnhealthy(limit: Int) throws(Status) -> Int {
    var removed = 0
    for old in Self.oldestFirst(Self.active(oldReplicaSets)) where removed < limit {
      let replicaSet = ReplicaSet(old.value)
      let count = min(limit - removed, replicaSet.spec.replicas - replicaSet.status.availableReplicas)
      guard count > 0 else { continue }
      _ = try scale(old, to: replicaSet.spec.replicas - count)
      removed += count
    }
    return removed
  }

  private mutating func removeAvailable(above minAvailable: Int) throws(Status) -> Int {
    let limit = Self.available(replicaSets) - minAvailable
    var removed = 0
    for old in Self.oldestFirst(Self.active(oldReplicaSets)) where removed < limit {
      let present = ReplicaSet(old.value).spec.replicas
      let count = min(present, limit - removed)
      _ = try scale(old, to: present - count)
      removed += count
    }
    return removed
  }
}
