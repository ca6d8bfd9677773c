import Kinds
import Loop
import Tree

/// A Job (API reference, Job v1 batch).
struct JobView: ObjectView {
  static let finalizer = "batch.kubernetes.io/job-tracking"
  static let indexKey = "batch.kubernetes.io/job-completion-index"
  static let failuresKey = "batch.kubernetes.io/job-index-failure-count"

  var value: Value
  init(_ value: Value) { self.value = value }

  private func number(_ field: String) -> Int? { value["spec", field]?.integer.map { Int($0) } }

  var parallelism: Int { number("parallelism") ?? 1 }
  var completions: Int? { number("completions") }
  var backoffLimit: Int { number("backoffLimit") ?? 6 }
  var backoffLimitPerIndex: Int? { number("backoffLimitPerIndex") }
  var maxFailedIndexes: Int? { number("maxFailedIndexes") }
  var activeDeadline: Duration? { number("activeDeadlineSeconds").map { .seconds(Int64($0)) } }
  var timeToLive: Duration? { number("ttlSecondsAfterFinished").map { .seconds(Int64($0)) } }
  var isSuspended: Bool { value["spec", "suspend"]?.boolean ?? false }
  var isIndexed: Bool { value["spec", "completionMode"]?.string == "Indexed" }
  var replacesOnlyFailed: Bool { value["spec", "podReplacementPolicy"]?.string == "Failed" }
  var restartPolicy: String { value["spec", "template", "spec", "restartPolicy"]?.string ?? "" }
  /// Whether another controller than this one takes care of it.
  var isForeign: Bool { value["spec", "managedBy"]?.string.map { $0 != "kubernetes.io/job-controller" } ?? false }

  var conditions: [Condition] { value["status", "conditions"]?.array?.map { Condition($0) } ?? [] }

  /// The condition of that type, if it is true.
  func condition(_ type: String) -> Condition? { conditions.first { $0.type == type && $0.isTrue } }

  /// The condition by which the Job ended.
  var end: Condition? { condition("Complete") ?? condition("Failed") }

  var startTime: Time? { value["status", "startTime"]?.string.flatMap(Time.init(timestamp:)) }

  func count(_ field: String) -> Int { value["status", field]?.integer.map { Int($0) } ?? 0 }

  /// The pods that ended and are not in the counts yet.
  func uncounted(_ field: String) -> [String] {
    value["status", "uncountedTerminatedPods", field]?.array?.compactMap(\.string) ?? []
  }
}

extension Pod {
  var isTracked: Bool { metadata.finalizers.contains(JobView.finalizer) }

  /// Which of an indexed Job's completions it works on.
  var completionIndex: Int? { metadata.annotations.number(JobView.indexKey) }

  /// Whether it counts as failed: a pod that is deleted before it ended does, unless the Job waits for its end.
  func hasFailed(of job: JobView) -> Bool {
    if status.phase == "Failed" { return true }
    if job.replacesOnlyFailed { return false }
    return metadata.isDeleting && status.phase != "Succeeded"
  }

  /// When its last container ended; nil where that is not known.
  var finishTime: Time? {
    status.containerStatuses.compactMap {
      $0.state?["terminated", "finishedAt"]?.string.flatMap(Time.init(timestamp:))
    }.max()
  }
}
