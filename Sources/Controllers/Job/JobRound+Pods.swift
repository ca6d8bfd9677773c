import API
import Kinds
import Loop
import Store
import Tree

/// How many pods run, and which.
extension JobRound {
  mutating func managePods() {
    if job.isSuspended { return remove(active) }
    let wanted = wantedCount
    let excess = excess(atLeast: max(0, activeCount - wanted))
    if !excess.isEmpty { return remove(Array(excess.prefix(Burst.limit))) }
    let missing = wanted - activeCount - (job.replacesOnlyFailed ? terminating : 0)
    if missing > 0 { create(missing) }
  }

  /// As many as may run at once, and no more than have to succeed. A Job without a number of completions starts no pod
  /// after the first success.
  private var wantedCount: Int {
    guard let completions = job.completions else { return succeeded > 0 ? activeCount : job.parallelism }
    return max(0, min(completions - succeeded, job.parallelism))
  }

  /// Pods beyond what is wanted: those without a valid index of their own, then those that did least.
  private func excess(atLeast count: Int) -> [StoredObject] {
    var excess: [StoredObject] = []
    var rest = active
    if job.isIndexed {
      var seen: Set<Int> = []
      rest = []
      for object in active {
        let index = Pod(object.value).completionIndex ?? .max
        if index < job.completions ?? 0, seen.insert(index).inserted {
          rest.append(object)
        } else {
          excess.append(object)
        }
      }
    }
    guard excess.count < count else { return excess }
    let ranking = PodRanking(podsOnNode: [:], now: component.now)
    let ranked = rest.map { (object: $0, pod: Pod($0.value)) }.sorted { ranking.deletes($0.pod, before: $1.pod) }
    return excess + ranked.prefix(count - excess.count).map(\.object)
  }

  /// Deletes pods that count neither as succeeded nor as failed.
  private mutating func remove(_ pods: [StoredObject]) {
    let template = PodFromTemplate(owner: stored, kind: .job)
    for pod in pods {
      do throws(Status) {
        try component.stopTracking(pod, because: stored)
      } catch {
        failure = failure ?? error
        continue
      }
      if let refusal = template.delete(pod, by: component) {
        failure = failure ?? refusal
        continue
      }
      activeCount -= 1
      terminating += 1
      if Pod(pod.value).isReady { ready -= 1 }
    }
  }

  private mutating func create(_ count: Int) {
    let wait = backoff.remaining(at: component.now)
    if wait > .zero {
      delay = delay.map { min($0, wait) } ?? wait
      return
    }
    let template = PodFromTemplate(owner: stored, kind: .job)
    let indexes = job.isIndexed ? pendingIndexes(min(count, Burst.limit)) : []
    let failures = failuresByIndex()
    var remaining = min(job.isIndexed ? indexes.count : count, Burst.limit)
    var made = 0
    var batch = 1
    while remaining > 0, failure == nil {
      for _ in 0..<min(batch, remaining) {
        let index = job.isIndexed ? indexes[made] : nil
        let refusal = template.create(pod(index, failures: index.flatMap { failures[$0] } ?? 0), by: component)
        failure = failure ?? refusal
        if refusal == nil { activeCount += 1 }
        made += 1
        remaining -= 1
      }
      batch *= 2
    }
    if failure == nil, made == Burst.limit { delay = .zero }
  }

  /// The first indexes that neither ended nor are worked on.
  private func pendingIndexes(_ count: Int) -> [Int] {
    let busy = pods.map { Pod($0.value) }.filter { $0.isActive || job.replacesOnlyFailed && $0.isTerminating }
    var taken = succeededIndexes
    taken.formUnion(IndexSet(busy.compactMap(\.completionIndex)))
    if let failedIndexes { taken.formUnion(failedIndexes) }
    return taken.firstMissing(count, below: job.completions ?? 0)
  }

  /// A pod that is held until it is counted; one of an indexed Job knows its index.
  private func pod(_ index: Int?, failures: Int) -> Value {
    var pod = PodFromTemplate(owner: stored, kind: .job).pod
    var view = AnyObjectView(pod)
    if !view.metadata.finalizers.contains(JobView.finalizer) { view.metadata.finalizers.append(JobView.finalizer) }
    pod = view.value
    guard let index else { return pod }
    pod["metadata", "annotations", JobView.indexKey] = .string(String(index))
    pod["metadata", "labels", JobView.indexKey] = .string(String(index))
    if job.backoffLimitPerIndex != nil {
      pod["metadata", "annotations", JobView.failuresKey] = .string(String(failures))
    }
    pod["metadata", "generateName"] = .string("\(stored.name)-\(index)-")
    pod["spec", "hostname"] = .string("\(stored.name)-\(index)")
    for list in ["initContainers", "containers"] { Self.tellIndex(to: list, of: &pod) }
    return pod
  }

  private static func tellIndex(to list: String, of pod: inout Value) {
    guard let containers = pod["spec", list]?.array else { return }
    pod["spec", list] = .array(
      containers.map { container in
        var container = container
        var variables = container["env"]?.array ?? []
        if variables.contains(where: { $0["name"]?.string == "JOB_COMPLETION_INDEX" }) { return container }
        let path = "metadata.labels['\(JobView.indexKey)']"
        variables.append([
          "name": "JOB_COMPLETION_INDEX", "valueFrom": ["fieldRef": ["fieldPath": .string(path)]],
        ])
        container["env"] = .array(variables)
        return container
      })
  }
}
