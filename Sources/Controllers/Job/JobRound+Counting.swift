import API
import Kinds
import Loop
import Store
import Tree

/// Counting the pods that ended, and what is written of it.
extension JobRound {
  mutating func track(_ isChanged: Bool) throws(Status) {
    var needsWrite = countUntracked() || isChanged
    let ended = pods.filter { object in
      let pod = Pod(object.value)
      return pod.isTracked
        && (stored.metadata.isDeleting || finish != nil || pod.status.phase == "Succeeded" || pod.hasFailed(of: job))
    }
    if collect(ended) { needsWrite = true }
    if noteIndexes() { needsWrite = true }
    if let target = finish, ["FailureTarget", "SuccessCriteriaMet"].contains(target.type) {
      if job.condition(target.type) == nil {
        put(target)
        needsWrite = true
      }
      let end = target.type == "FailureTarget" ? "Failed" : "Complete"
      finish = condition(end, target.reason ?? "", target.message ?? "")
    }
    if needsWrite { try write() }
    for pod in ended { try component.stopTracking(pod, because: stored) }
    needsWrite = countUntracked()
    let isFinished = enactFinish()
    if needsWrite || isFinished { try write() }
    if isFinished, let finish { tellEnd(finish) }
  }

  private mutating func write() throws(Status) {
    var next = stored.value
    next["status"] = status
    stored = try component.update(.job, next, subresource: "status", because: stored)
    status = stored.value["status"] ?? [:]
  }

  /// Lists the pods that ended as uncounted. Answers whether any was added.
  private mutating func collect(_ ended: [StoredObject]) -> Bool {
    var isChanged = false
    let isFailing = finish.map { $0.type != "SuccessCriteriaMet" && $0.type != "Complete" } ?? false
    let policy = JobFailurePolicy(job: job)
    for pod in ended.map({ Pod($0.value) }) where isValid(pod) {
      if pod.status.phase == "Succeeded" {
        if !job.isIndexed, list(pod.uid, "succeeded") { isChanged = true }
      } else if pod.hasFailed(of: job) || isFailing, policy.counts(pod), list(pod.uid, "failed") {
        isChanged = true
      }
    }
    return isChanged
  }

  private mutating func list(_ uid: String, _ field: String) -> Bool {
    var uids = status["uncountedTerminatedPods", field]?.array ?? []
    if uids.contains(.string(uid)) { return false }
    uids.append(.string(uid))
    status["uncountedTerminatedPods", field] = .array(uids)
    return true
  }

  /// Turns the uncounted pods whose finalizer is off into numbers. Answers whether there was any.
  private mutating func countUntracked() -> Bool {
    var isChanged = false
    let fields = ["succeeded", "failed"]
    guard fields.contains(where: { status["uncountedTerminatedPods", $0] != nil }) else { return false }
    let tracked = Set(
      pods.filter { component.store[$0.key].map { Pod($0.value).isTracked } ?? false }.map(\.uid))
    for field in fields {
      let uids = status["uncountedTerminatedPods", field]?.array ?? []
      let rest = uids.filter { $0.string.map(tracked.contains) ?? false }
      if rest.count == uids.count { continue }
      status["uncountedTerminatedPods", field] = rest.isEmpty ? nil : .array(rest)
      status[field] = .integer((status[field]?.integer ?? 0) + Int64(uids.count - rest.count))
      isChanged = true
    }
    return isChanged
  }

  private mutating func noteIndexes() -> Bool {
    guard job.isIndexed else { return false }
    let before = status
    status["completedIndexes"] = succeededIndexes.count == 0 ? nil : .string(succeededIndexes.text)
    status["succeeded"] = succeededIndexes.count == 0 ? nil : .integer(Int64(succeededIndexes.count))
    status["failedIndexes"] = failedIndexes.map { .string($0.text) }
    return status != before
  }

  /// Sets the last condition, once every pod has ended and is counted.
  private mutating func enactFinish() -> Bool {
    guard let finish, terminating == 0 else { return false }
    let uncounted = status["uncountedTerminatedPods"]?.object
    if let uncounted, uncounted.contains(where: { $0.value.array?.isEmpty == false }) { return false }
    put(finish)
    if finish.type == "Complete" { status["completionTime"] = finish.value["lastTransitionTime"] }
    return true
  }

  private func tellEnd(_ finish: Condition) {
    guard finish.type == "Complete" else {
      component.events.record(.warning, finish.reason ?? "", finish.message ?? "", about: job, kind: .job)
      return
    }
    if let completions = job.completions, job.count("succeeded") > completions {
      component.events.record(
        .warning, "TooManySucceededPods", "Too many succeeded pods running after completion count reached",
        about: job, kind: .job)
    }
    component.events.record(.normal, "Completed", "Job completed", about: job, kind: .job)
  }
}
