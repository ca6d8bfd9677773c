import Kinds
import Loop
import Store
import Tree

/// What the Deployment's status says.
extension Rollout {
  /// Writes the status that follows from the ReplicaSets, without a word on progress: for what is paused or scaled.
  mutating func syncStatus() throws(Status) {
    var next = deployment
    next.status = observedStatus
    try save(next)
  }

  var observedStatus: DeploymentStatus {
    let deployment = deployment
    let available = Self.available(replicaSets)
    let ready = replicaSets.reduce(0) { $0 + ReplicaSet($1.value).status.readyReplicas }
    var value = Value.counts([
      ("observedGeneration", deployment.metadata.generation), ("replicas", Self.actual(replicaSets)),
      ("updatedReplicas", Self.actual(newReplicaSet.map { [$0] } ?? [])), ("readyReplicas", ready),
      ("availableReplicas", available),
      ("unavailableReplicas", max(0, Self.desired(replicaSets) - available)),
    ])
    let terminating = replicaSets.map { $0.value["status", "terminatingReplicas"]?.integer }
    if !terminating.contains(nil) {
      value["terminatingReplicas"] = .integer(terminating.reduce(0) { $0 + ($1 ?? 0) })
    }
    var status = DeploymentStatus(value)
    status.conditions = deployment.status.conditions
    status.conditions.put(availability(available))
    status.value["collisionCount"] = deployment.status.value["collisionCount"]
    return status
  }

  private func availability(_ available: Int) -> Condition {
    let isEnough = available >= deployment.spec.replicas - deployment.maxUnavailable
    return Condition(
      deployment: Condition.available, status: isEnough ? "True" : "False",
      reason: isEnough ? DeploymentReason.enoughAvailable : DeploymentReason.tooFewAvailable,
      message: isEnough
        ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
      at: component.now)
  }

  /// Whether all wanted pods are of the new template, available, and nothing else is left.
  func isComplete(_ status: DeploymentStatus) -> Bool {
    let wanted = deployment.spec.replicas
    return status.updatedReplicas == wanted && status.replicas == wanted && status.availableReplicas == wanted
      && status.observedGeneration >= deployment.metadata.generation
  }

  /// The failure of a ReplicaSet to make its pods, the new one's first.
  var replicaFailure: Condition? {
    let ordered = (newReplicaSet.map { [$0] } ?? []) + oldReplicaSets
    for replicaSet in ordered {
      let conditions = replicaSet.value["status", "conditions"]?.array?.map { Condition($0) } ?? []
      guard let failure = conditions.condition(Condition.replicaFailure) else { continue }
      var condition = Condition(["type": .string(Condition.replicaFailure), "status": .string(failure.status)])
      condition.value["lastUpdateTime"] = failure.value["lastTransitionTime"]
      condition.lastTransitionTime = failure.lastTransitionTime
      condition.reason = failure.reason
      condition.message = failure.message
      return condition
    }
    return nil
  }
}
