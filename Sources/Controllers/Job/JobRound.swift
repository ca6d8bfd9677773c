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
  private(set) var failed = 0
  var succeededIndexes = IndexSet()
  var failedIndexes: IndexSet?
  /// How the Job ends, or what will end it.
  var finish: Condition?
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
  func isValid(_ pod: Pod) -> Bool {
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

  mutating func put(_ condition: Condition) {
    var conditions = status["conditions"]?.array ?? []
    conditions.removeAll { $0["type"] == condition.value["type"] }
    status["conditions"] = .array(conditions + [condition.value])
  }
}
