import Kinds
import Loop
import Tree

/// What a ReplicaSet's status should say.
struct ReplicaSetObservation {
  let replicaSet: ReplicaSet
  let pods: ReplicaSetPods
  let now: Time

  /// The next status. `failure` is what creating or deleting pods ended with; a ReplicationController's status does not
  /// tell of terminating pods.
  func status(failure: Status?, tellsTerminating: Bool) -> Value {
    var status: Value = ["replicas": .integer(Int64(pods.count))]
    for (key, count) in [
      ("fullyLabeledReplicas", pods.fullyLabeled), ("readyReplicas", pods.ready),
      ("availableReplicas", pods.available(at: now)),
    ] where count != 0 {
      status[key] = .integer(Int64(count))
    }
    if tellsTerminating { status["terminatingReplicas"] = .integer(Int64(pods.terminating)) }
    status["observedGeneration"] = .integer(Int64(replicaSet.metadata.generation))
    let conditions = conditions(failure: failure)
    if !conditions.isEmpty { status["conditions"] = .array(conditions.map(\.value)) }
    return status
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
          "reason": pods.count < replicaSet.spec.replicas ? "FailedCreate" : "FailedDelete",
          "message": .string(failure.message),
        ]))
    }
    return conditions
  }
}
