import API
import Kinds
import Loop
import Store
import Tree

/// One look at a Job and its pods, and what follows: pods made or deleted, ended ones counted, conditions set.
///
/// Pods are counted in two writes, so that none is forgotten or counted twice: first their uids go into the status, then
/// their finalizers are taken off, then the uids become numbers.
struct JobRound {
  let component: Component
  var stored: StoredObject
  let pods: [StoredObject]
  private(set) var backoff: JobBackoff
  /// What creating or deleting pods ended with.
  var failure: Status?

  /// The status as it is to be written next.
  var status: Value
  var active: [StoredObject]
  var activeCount: Int
  var ready: Int
  var terminating: Int
  var succeeded = 0
  private var failed = 0
  var succeededIndexes = IndexSet()
  var failedIndexes: IndexSet?
  /// How the Job ends, or what will end it.
  private var finish: Condition?
  /// When to look again.
  var delay: Duration?

  var job: JobView { JobView(stored.value) }

  init(component: Component, stored: StoredObject, pods: [StoredObject], backoff: JobBackoff) {
    self.component = component
    self.stored = stored
    self.pods = pods
    self.backoff = backoff
    status = stored.value["status"] ?? [:]
    active = pods.filter { Pod($0.value).isActive }
    activeCount = active.count
    ready = active.count { Pod($0.value).isReady }
    terminating = pods.count { Pod($0.value).isTerminating }
  }

  // MARK: The round

  /// Answers after how long to look again.
  mutating func run() throws(Status) -> Duration? {
    if status["uncountedTerminatedPods"] == nil { status["uncountedTerminatedPods"] = [:] }
    if status["startTime"] == nil, !job.isSuspended { status["startTime"] = .string(component.now.timestamp) }
    observePods()
    finish = decideFinish()
    var isChanged = false
    if finish != nil {
      deleteActivePods()
    } else {
      isChanged = manage()
    }
    isChanged = isChanged || activeCount != job.count("active") || status["ready"]?.integer != Int64(ready)
    isChanged = isChanged || status["terminating"]?.integer != Int64(terminating)
    status["active"] = activeCount == 0 ? nil : .integer(Int64(activeCount))
    status["ready"] = .integer(Int64(ready))
    status["terminating"] = .integer(Int64(terminating))
    try track(isChanged)
    return delay
  }

  /// The pods that ended and that neither the counts nor the list of the uncounted hold.
  private func newlyEnded(_ list: String, _ hasEnded: (Pod) -> Bool) -> [Pod] {
    let known = job.uncounted(list)
    return pods.map { Pod($0.value) }
      .filter { $0.isTracked && !known.contains($0.uid) && isValid($0) && hasEnded($0) }
  }

  /// An indexed Job's pod has an index that the Job asks for.
  private func isValid(_ pod: Pod) -> Bool {
    guard job.isIndexed else { return true }
    return pod.completionIndex.map { (0..<(job.completions ?? 0)).contains($0) } ?? false
  }

  private mutating func observePods() {
    let job = job
    let newSucceeded = newlyEnded("succeeded") { $0.status.phase == "Succeeded" }
    let policy = JobFailurePolicy(job: job)
    let newFailed = newlyEnded("failed") { $0.hasFailed(of: job) }
    succeeded = job.count("succeeded") + newSucceeded.count + job.uncounted("succeeded").count
    failed = job.count("failed") + newFailed.count { policy.counts($0) } + job.uncounted("failed").count
    backoff = backoff.adding(succeeded: newSucceeded, failed: newFailed, now: component.now)
    guard job.isIndexed, let completions = job.completions else { return }
    succeededIndexes = IndexSet(status["completedIndexes"]?.string ?? "", below: completions)
    for pod in newSucceeded {
      if let index = pod.completionIndex { succeededIndexes.insert(index) }
    }
    succeeded = succeededIndexes.count
    if job.backoffLimitPerIndex != nil { failedIndexes = findFailedIndexes(policy) }
  }

  /// The indexes whose pods failed more often than each may.
  private func findFailedIndexes(_ policy: JobFailurePolicy) -> IndexSet {
    var indexes = IndexSet(status["failedIndexes"]?.string ?? "", below: job.completions ?? 0)
    let limit = job.backoffLimitPerIndex ?? 0
    for (index, failures) in failuresByIndex() where failures > limit { indexes.insert(index) }
    for object in pods {
      let pod = Pod(object.value)
      guard pod.hasFailed(of: job), isValid(pod), let index = pod.completionIndex else { continue }
      if policy.match(pod)?.action == "FailIndex" { indexes.insert(index) }
    }
    return indexes
  }

  /// How often the pods of each index failed so far: a pod carries the count of those before it.
  func failuresByIndex() -> [Int: Int] {
    var counts: [Int: Int] = [:]
    let policy = JobFailurePolicy(job: job)
    for object in pods {
      let pod = Pod(object.value)
      guard let index = pod.completionIndex, pod.hasFailed(of: job) else { continue }
      let before = pod.metadata.annotations.number(JobView.failuresKey) ?? 0
      counts[index] = max(counts[index] ?? 0, before + (policy.counts(pod) ? 1 : 0))
    }
    return counts
  }

  // MARK: Whether it is over

  private func condition(_ type: String, _ reason: String, _ message: String) -> Condition {
    let now: Value = .string(component.now.timestamp)
    return Condition([
      "type": .string(type), "status": "True", "lastProbeTime": now, "lastTransitionTime": now,
      "reason": .string(reason), "message": .string(message),
    ])
  }

  private mutating func decideFinish() -> Condition? {
    if let met = job.condition("SuccessCriteriaMet") { return met }
    if let target = job.condition("FailureTarget") {
      return condition("Failed", target.reason ?? "", target.message ?? "")
    }
    let policy = JobFailurePolicy(job: job)
    for pod in pods.map({ Pod($0.value) }) where pod.hasFailed(of: job) {
      if let match = policy.match(pod), match.action == "FailJob" {
        return condition("FailureTarget", "PodFailurePolicy", match.message)
      }
    }
    if failed > job.backoffLimit || hasRestartedTooOften {
      return condition("FailureTarget", "BackoffLimitExceeded", "Job has reached the specified backoff limit")
    }
    if let deadline = job.activeDeadline, !job.isSuspended,
      let start = status["startTime"]?.string.flatMap(Time.init(timestamp:))
    {
      let rest = start + deadline - component.now
      if rest <= .zero {
        return condition("FailureTarget", "DeadlineExceeded", "Job was active longer than specified deadline")
      }
      delay = rest
    }
    return decideByIndexes()
  }

  private func decideByIndexes() -> Condition? {
    guard job.isIndexed, let completions = job.completions else { return nil }
    if let failedIndexes {
      if let limit = job.maxFailedIndexes, failedIndexes.count > limit {
        return condition(
          "FailureTarget", "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes")
      }
      if failedIndexes.count > 0, failedIndexes.count + succeededIndexes.count >= completions {
        return condition("FailureTarget", "FailedIndexes", "Job has failed indexes")
      }
    }
    let rules = job.value["spec", "successPolicy", "rules"]?.array ?? []
    for (index, rule) in rules.enumerated() where isMet(rule, completions) {
      return condition("SuccessCriteriaMet", "SuccessPolicy", "Matched rules at index \(index)")
    }
    return nil
  }

  private func isMet(_ rule: Value, _ completions: Int) -> Bool {
    var done = succeededIndexes.indexes
    let wanted = rule["succeededIndexes"]?.string.map { IndexSet($0, below: completions).indexes }
    if let wanted { done.formIntersection(wanted) }
    if let count = rule["succeededCount"]?.integer { return done.count >= Int(count) }
    return wanted.map { done.count == $0.count } ?? false
  }

  /// Containers that are restarted in their pods count as failures, too.
  private var hasRestartedTooOften: Bool {
    guard job.restartPolicy == "OnFailure" else { return false }
    let statuses = pods.map { Pod($0.value).status }.filter { ["Running", "Pending"].contains($0.phase) }
    let restarts = statuses.flatMap { $0.initContainerStatuses + $0.containerStatuses }
      .reduce(0) { $0 + $1.restartCount }
    return job.backoffLimit == 0 ? restarts > 0 : restarts >= job.backoffLimit
  }

  // MARK: Pods

  private mutating func deleteActivePods() {
    let template = PodFromTemplate(owner: stored, kind: .job)
    for pod in active {
      if let refusal = template.delete(pod, by: component) {
        failure = failure ?? refusal
        finish = nil
        continue
      }
      activeCount -= 1
      terminating += 1
      if Pod(pod.value).isReady { ready -= 1 }
    }
  }

  /// Makes or deletes pods, and tells whether the Job is complete or suspended. Answers whether its status changed by
  /// that.
  private mutating func manage() -> Bool {
    if !stored.metadata.isDeleting { managePods() }
    let isComplete = job.completions.map { succeeded >= $0 } ?? (succeeded > 0)
    if isComplete, activeCount == 0 {
      finish = condition(
        "SuccessCriteriaMet", "CompletionsReached", "Reached expected number of succeeded pods")
      return false
    }
    if stored.metadata.isDeleting { return false }
    return settleSuspension()
  }

  private mutating func settleSuspension() -> Bool {
    let isSuspended = job.isSuspended
    let present = job.conditions.first { $0.type == "Suspended" }
    if present.map({ $0.isTrue == isSuspended }) ?? !isSuspended { return false }
    var next =
      isSuspended
      ? condition("Suspended", "JobSuspended", "Job suspended") : condition("Suspended", "JobResumed", "Job resumed")
    next.status = isSuspended ? "True" : "False"
    put(next)
    component.events.record(
      .normal, isSuspended ? "Suspended" : "Resumed", isSuspended ? "Job suspended" : "Job resumed", about: job,
      kind: .job)
    // A resumed Job starts anew: its deadline counts from now on.
    if !isSuspended { status["startTime"] = .string(component.now.timestamp) }
    return true
  }

  private mutating func put(_ condition: Condition) {
    var conditions = status["conditions"]?.array ?? []
    conditions.removeAll { $0["type"] == condition.value["type"] }
    status["conditions"] = .array(conditions + [condition.value])
  }

  // MARK: Counting

  private mutating func track(_ isChanged: Bool) throws(Status) {
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
    for field in ["succeeded", "failed"] {
      let uids = status["uncountedTerminatedPods", field]?.array ?? []
      let rest = uids.filter { uid in
        pods.contains { .string($0.uid) == uid && component.store[$0.key].map { Pod($0.value).isTracked } ?? false }
      }
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
