import Kinds
import Loop
import Tree

/// Conditions as the deployment controller keeps them: with the time of the last update beside that of the last change.
extension Condition {
  static let progressing = "Progressing"
  static let available = "Available"
  static let replicaFailure = "ReplicaFailure"

  init(deployment type: String, status: String, reason: String, message: String, at now: Time) {
    self.init([
      "type": .string(type), "status": .string(status), "lastUpdateTime": .string(now.timestamp),
      "lastTransitionTime": .string(now.timestamp), "reason": .string(reason), "message": .string(message),
    ])
  }

  var lastUpdateTime: Time? {
    value["lastUpdateTime"]?.string.flatMap(Time.init(timestamp:))
  }
}

/// Why a Deployment's condition is as it is.
enum DeploymentReason {
  static let created = "NewReplicaSetCreated"
  static let found = "FoundNewReplicaSet"
  static let updated = "ReplicaSetUpdated"
  static let complete = "NewReplicaSetAvailable"
  static let createFailed = "ReplicaSetCreateError"
  static let deadlineExceeded = "ProgressDeadlineExceeded"
  static let paused = "DeploymentPaused"
  static let resumed = "DeploymentResumed"
  static let enoughAvailable = "MinimumReplicasAvailable"
  static let tooFewAvailable = "MinimumReplicasUnavailable"
}

extension [Condition] {
  func condition(_ type: String) -> Condition? { first { $0.type == type } }

  mutating func remove(_ type: String) { removeAll { $0.type == type } }

  /// Puts the condition at the end, unless one of the same status and reason is there; the time of transition stays
  /// while the status does.
  mutating func put(_ condition: Condition) {
    var condition = condition
    if let present = self.condition(condition.type) {
      if present.status == condition.status, present.reason == condition.reason { return }
      if present.status == condition.status { condition.lastTransitionTime = present.lastTransitionTime }
    }
    remove(condition.type)
    append(condition)
  }
}

extension Deployment {
  /// Seconds that a rollout may go without progress; nil where nobody asked for a limit.
  var progressDeadline: Duration? {
    guard let seconds = spec.progressDeadlineSeconds, seconds != Int(Int32.max) else { return nil }
    return .seconds(seconds)
  }
}
