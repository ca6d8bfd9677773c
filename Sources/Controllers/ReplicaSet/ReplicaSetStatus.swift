import Kinds
import Loop
import Tree

/// What a ReplicaSet's status should say.
struct ReplicaSetObservation {
  let replicaSet: ReplicaSet
  let activePods: [Pod]
  let terminatingPods: [Pod]
  let now: Time

  /// The next status. `failure` is what creating or deleting pods ended with; a ReplicationController's status does not
  /// tell of terminating pods.
  func status(failure: Status?, tellsTerminating: Bool) -> Value {
    let templateLabels = replicaSet.spec.template.metadata.labels.pairs
    let labeled = activePods.count { pod in
      let labels = pod.metadata.labels
      return templateLabels.allSatisfy { labels[$0.key] == $0.value }
    }
    let ready = activePods.filter(\.isReady)
    var status: Value = ["replicas": .integer(Int64(activePods.count))]
    for (key, count) in [
      ("fullyLabeledReplicas", labeled), ("readyReplicas", ready.count),
      ("availableReplicas", available(among: ready)),
    ] where count != 0 {
      status[key] = .integer(Int64(count))
    }
    if tellsTerminating { status["terminatingReplicas"] = .integer(Int64(terminatingPods.count)) }
    status["observedGeneration"] = .integer(Int64(replicaSet.metadata.generation))
    let conditions = conditions(failure: failure)
    if !conditions.isEmpty { status["conditions"] = .array(conditions.map(\.value)) }
    return status
  }

  private func available(among ready: [Pod]) -> Int {
    let minReadySeconds = replicaSet.spec.minReadySeconds
    if minReadySeconds == 0 { return ready.count }
    return ready.count { $0.isAvailable(minReadySeconds: minReadySeconds, at: now) }
  }

  private func conditions(failure: Status?) -> [Condition] {
    let type = "ReplicaFailure"
    var conditions = replicaSet.value["status", "conditions"]?.array?.map { Condition($0) } ?? []
    let stands = conditions.contains { $0.type == type }
    guard let failure else { return conditions.filter { $0.type != type } }
    if !stands {
      conditions.append(
        Condition([
          "type": .string(type), "status": "True", "lastTransitionTime": .string(now.timestamp),
          "reason": activePods.count < replicaSet.spec.replicas ? "FailedCreate" : "FailedDelete",
          "message": .string(failure.message),
        ]))
    }
    return conditions
  }

  /// When the next ready pod becomes available; nil if all that are ready are.
  var nextAvailability: Time? {
    let minReadySeconds = replicaSet.spec.minReadySeconds
    if minReadySeconds == 0 { return nil }
    return activePods.compactMap { $0.availableTime(minReadySeconds: minReadySeconds) }
      .filter { $0 > now }.min()
  }
}
