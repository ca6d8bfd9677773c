import API
import Kinds
import Scheduler
import Store
import Tree

/// Why a workload has not what it wants: a rollout that does not go on, pods that are missing or not ready.
struct WorkloadExplanation {
  private let object: StoredObject
  private let kind: Kind
  private let store: Store
  private let scheduler: Scheduler

  init(_ object: StoredObject, kind: Kind, store: Store, scheduler: Scheduler) {
    self.object = object
    self.kind = kind
    self.store = store
    self.scheduler = scheduler
  }

  var findings: [Finding] {
    var findings = conditions
    if object.value["spec", "paused"]?.boolean == true { findings.append(Finding("Paused", Phrases.rolloutPaused)) }
    let pods = ownedPods(of: object.uid, depth: 2)
    let wanted = object.value["spec", "replicas"]?.integer ?? object.value["spec", "parallelism"]?.integer
    let ready = pods.count { Pod($0.value).isReady }
    if let wanted, kind != .job {
      findings.append(
        Finding(
          Int64(ready) >= wanted ? "AllReady" : "PodsMissing", Phrases.readyPods(ready, of: wanted, there: pods.count)))
    }
    if kind == .statefulSet || kind == .daemonSet { findings += heldUpdates(pods) }
    // One pod of a sort is enough: a hundred pods fail for the same reason.
    var said: Set<String> = []
    for stored in pods where !Pod(stored.value).isReady {
      for finding in podFindings(stored) where said.insert(finding.reason).inserted { findings.append(finding) }
    }
    return findings
  }

  /// Why pods of a set keep an old template, or are not there yet.
  private func heldUpdates(_ pods: [StoredObject]) -> [Finding] {
    let (spec, status) = (object.value["spec"], object.value["status"])
    var findings: [Finding] = []
    let isOld =
      kind == .daemonSet
      ? status?["updatedNumberScheduled"]?.integer ?? 0 < status?["desiredNumberScheduled"]?.integer ?? 0
      : status?["currentRevision"] != status?["updateRevision"]
    if isOld, spec?["updateStrategy", "type"] == "OnDelete" {
      findings.append(Finding("OnDelete", Phrases.isOnDelete))
    }
    guard kind == .statefulSet else { return findings }
    let partition = spec?["updateStrategy", "rollingUpdate", "partition"]?.integer ?? 0
    if isOld, partition > 0 { findings.append(Finding("Partition", Phrases.heldByPartition(partition))) }
    guard spec?["podManagementPolicy"] != "Parallel" else { return findings }
    let waiting = pods.filter { !Pod($0.value).isReady }
      .sorted { ordinal(of: $0) < ordinal(of: $1) }
    if let first = waiting.first {
      findings.append(Finding("WaitsForOrdinal", Phrases.waitsForOrdinal(first.name), object: first.key))
    }
    return findings
  }

  private func ordinal(of pod: StoredObject) -> Int { pod.name.split(separator: "-").last.flatMap { Int($0) } ?? 0 }

  /// The conditions that say that something is wrong, in their own words.
  private var conditions: [Finding] {
    (object.value["status", "conditions"]?.array ?? []).compactMap { condition in
      let (type, status) = (condition["type"]?.string ?? "", condition["status"]?.string ?? "")
      let isBad = ["ReplicaFailure", "Failed", "FailureTarget"].contains(type) ? status == "True" : status == "False"
      guard isBad, ["Progressing", "Available", "ReplicaFailure", "Failed", "FailureTarget"].contains(type) else {
        return nil
      }
      let reason = condition["reason"]?.string ?? type
      return Finding(reason, Phrases.condition(type, reason, condition["message"]?.string ?? ""))
    }
  }

  private func ownedPods(of uid: String, depth: Int) -> [StoredObject] {
    store.owned(by: uid).flatMap { owned -> [StoredObject] in
      if owned.key.groupResource == Kind.pod.groupResource { return [owned] }
      return depth > 1 ? ownedPods(of: owned.uid, depth: depth - 1) : []
    }
  }

  private func podFindings(_ stored: StoredObject) -> [Finding] {
    let pod = Pod(stored.value)
    let placing = SchedulingExplanation(pod, decision: scheduler.decision(for: pod.uid), scheduler: scheduler)
    return (placing.findings + ContainerExplanation.findings(pod))
      .filter { !["Scheduled", "Placed"].contains($0.reason) }
      .map { Finding($0.reason, $0.phrase, object: stored.key) }
  }
}
