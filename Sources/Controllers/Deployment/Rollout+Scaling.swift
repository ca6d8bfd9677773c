import Kinds
import Store
import Tree

/// Changing the number of pods without a rollout, or in the middle of one.
extension Rollout {
  /// Gives a ReplicaSet another number of pods. Answers whether the number changed.
  mutating func scale(_ object: StoredObject, to count: Int) throws(Status) -> Bool {
    var next = ReplicaSet(object.value)
    let present = next.spec.replicas
    next.spec.replicas = count
    next.noteReplicas(of: deployment)
    guard next != ReplicaSet(object.value) else { return false }
    try save(next)
    guard present != count else { return false }
    let direction = present < count ? "up" : "down"
    record("ScalingReplicaSet", "Scaled \(direction) replica set \(object.name) from \(present) to \(count)")
    return true
  }

  /// Whether the wanted number changed since the ReplicaSets were last scaled.
  var isScaling: Bool {
    Self.active(replicaSets).contains { replicaSet in
      replicaSet.number(in: DeploymentAnnotations.desiredReplicas).map { $0 != deployment.spec.replicas } ?? false
    }
  }

  /// Brings the ReplicaSets to the wanted number; during a rollout each by its share.
  mutating func scaleAll() throws(Status) {
    let wanted = deployment.spec.replicas
    if let only = activeOrLatest {
      _ = try scale(only, to: wanted)
    } else if isSaturated {
      for old in Self.active(oldReplicaSets) { _ = try scale(old, to: 0) }
    } else if deployment.isRolling {
      try scaleProportionally()
    }
  }

  /// The one ReplicaSet with pods; where none has any, the new one or else the latest; nil where several have.
  private var activeOrLatest: StoredObject? {
    let active = Self.active(replicaSets)
    if active.count > 1 { return nil }
    return active.first ?? newReplicaSet ?? Self.oldestFirst(oldReplicaSets).last
  }

  /// Whether the new ReplicaSet has and keeps all that is wanted.
  private var isSaturated: Bool {
    guard let new = newReplicaSet else { return false }
    let (wanted, replicaSet) = (deployment.spec.replicas, ReplicaSet(new.value))
    return replicaSet.spec.replicas == wanted && replicaSet.status.availableReplicas == wanted
      && new.number(in: DeploymentAnnotations.desiredReplicas) == wanted
  }

  /// Shares what is to be added or removed among the ReplicaSets by their sizes; what rounding leaves over goes to the
  /// largest.
  private mutating func scaleProportionally() throws(Status) {
    let wanted = deployment.spec.replicas
    let allowed = wanted > 0 ? wanted + deployment.maxSurge : 0
    let total = allowed - Self.desired(replicaSets)
    let ordered = largestFirst(Self.active(replicaSets), newerFirst: total > 0)
    var added = 0
    var sizes = ordered.map { ReplicaSet($0.value).spec.replicas }
    for (index, replicaSet) in ordered.enumerated() where total != 0 {
      let share = share(of: replicaSet, total: total, added: added)
      sizes[index] += share
      added += share
    }
    if total != 0, !sizes.isEmpty { sizes[0] = max(0, sizes[0] + total - added) }
    for (replicaSet, size) in zip(ordered, sizes) { _ = try scale(replicaSet, to: size) }
  }

  private func largestFirst(_ replicaSets: [StoredObject], newerFirst: Bool) -> [StoredObject] {
    replicaSets.sorted { left, right in
      let sizes = (ReplicaSet(left.value).spec.replicas, ReplicaSet(right.value).spec.replicas)
      if sizes.0 != sizes.1 { return sizes.0 > sizes.1 }
      return newerFirst ? Self.age(left) > Self.age(right) : Self.age(left) < Self.age(right)
    }
  }

  /// What one ReplicaSet gets of `total`, of which `added` is given out.
  private func share(of object: StoredObject, total: Int, added: Int) -> Int {
    let present = ReplicaSet(object.value).spec.replicas
    let rest = total - added
    guard present > 0, rest != 0 else { return 0 }
    let fraction = fraction(of: object, present)
    return total > 0 ? min(fraction, rest) : max(fraction, rest)
  }

  private func fraction(of object: StoredObject, _ present: Int) -> Int {
    let wanted = deployment.spec.replicas
    if wanted == 0 { return -present }
    let before = object.number(in: DeploymentAnnotations.maxReplicas).flatMap { $0 > 0 ? $0 : nil }
    let base = before ?? deployment.status.replicas
    guard base > 0 else { return 0 }
    let size = Double(present) * Double(wanted + deployment.maxSurge) / Double(base)
    return Int(size.rounded()) - present
  }

  /// Removes old ReplicaSets beyond the history's limit, the earliest revision first, if they are done with.
  mutating func removeHistory() throws(Status) {
    guard let limit = deployment.spec.revisionHistoryLimit, limit != Int(Int32.max) else { return }
    let old = oldReplicaSets.filter { !$0.metadata.isDeleting }
      .sorted { ($0.rolloutRevision, Self.age($0)) < ($1.rolloutRevision, Self.age($1)) }
    for object in old.prefix(max(0, old.count - limit)) {
      let replicaSet = ReplicaSet(object.value)
      if replicaSet.status.replicas != 0 || replicaSet.spec.replicas != 0
        || replicaSet.metadata.generation > replicaSet.status.observedGeneration
      {
        continue
      }
      try component.delete(.replicaSet, object, because: stored)
    }
  }
}

private func < (left: (Int, (String, String)), right: (Int, (String, String))) -> Bool {
  left.0 != right.0 ? left.0 < right.0 : left.1 < right.1
}
