import API
import Kinds
import Loop
import Store
import Tree

/// What becomes of a pod that no node takes as it is: others make room for it, or it waits.
extension Scheduler {
  func makeRoom(
    for entry: QueuedPod, _ stored: StoredObject, _ result: NodeSearch.Result, _ profile: SchedulerProfile
  ) {
    let reasons = result.refused.map(\.refusal)
    let count = cluster.nodes.count
    func wait(_ why: String, keepsNomination: Bool = true) {
      let message = UnschedulableMessage.text(reasons, of: count, then: why)
      refuse(entry, stored, result, message, keepsNomination: keepsNomination)
    }
    guard profile.plugins.preempts else { return wait("no new claims to deallocate") }
    if !entry.pod.canPreempt {
      return wait(UnschedulableMessage.afterPreemption(UnschedulableMessage.mayNotPreempt))
    }
    if waitsForVictims(entry.pod, result) {
      return wait(UnschedulableMessage.afterPreemption(UnschedulableMessage.waitsForVictims))
    }
    let preemption = Preemption(
      pod: entry.pod, cluster: cluster, profile: profile.plugins, nominations: nominations)
    let offset = result.refused.isEmpty ? 0 : client.loop.random("preemption").below(result.refused.count)
    switch preemption.run(result.refused, offset: offset) {
    case .none(let why):
      nominations.remove(uid: entry.pod.uid)
      wait(UnschedulableMessage.afterPreemption(why), keepsNomination: false)
    case .candidate(let candidate):
      let message = UnschedulableMessage.text(reasons, of: count)
      take(candidate, for: entry, stored, result, message)
    }
  }

  /// Whether those are still leaving who were removed for this pod's sake.
  private func waitsForVictims(_ pod: PodSummary, _ result: NodeSearch.Result) -> Bool {
    guard let name = pod.nominatedNode, let node = cluster[name] else { return false }
    let refusal = result.refused.first { $0.node === node }?.refusal
    if refusal?.couldBeHelpedByPreemption == false { return false }
    return node.pods.contains { other in
      other.priority < pod.priority && other.isDeleting
        && other.pod.status.conditions.contains {
          $0.type == "DisruptionTarget" && $0.reason == "PreemptionByScheduler"
        }
    }
  }

  private func take(
    _ candidate: Preemption.Candidate, for entry: QueuedPod, _ stored: StoredObject, _ result: NodeSearch.Result,
    _ message: String
  ) {
    let node = candidate.node.name
    // Before its victims go, so that it hears of it.
    queue.setAside(entry, refusedBy: result.refusingPlugins, now: client.loop.now)
    nominations.set(entry.pod, node)
    for victim in candidate.victims { remove(victim, for: entry.pod, stored, on: node) }
    for other in nominations.pushedBack(on: node, by: entry.pod) { clearNomination(of: other, because: stored) }
    let victims = candidate.victims.map { Decision.Victim(pod: $0.key, priority: $0.priority) }
    report(
      entry, stored, message,
      Decision(of: entry, at: client.loop.now, result, nominated: node, victims: victims, message: message))
  }

  private func remove(_ victim: PodSummary, for pod: PodSummary, _ stored: StoredObject, on node: String) {
    guard let present = client.store[victim.key], present.uid == victim.uid, !victim.isDeleting else { return }
    PodConditions(client: client).setPreempted(present, by: pod)
    let cause = Cause(
      actor: Self.component, request: "preempt pods \(victim.path) for \(pod.path)", subject: stored)
    try? client.delete(
      .pod, namespace: victim.namespace, name: victim.key.name, options: DeleteOptions(uid: victim.uid), cause: cause)
    profile(of: pod)?.events.record(
      .normal, "Preempted", "Preempted by pod \(pod.uid) on node \(node)", about: victim.pod, kind: .pod)
  }

  private func clearNomination(of pod: PodSummary, because subject: StoredObject) {
    nominations.remove(uid: pod.uid)
    guard let stored = client.store[pod.key], stored.uid == pod.uid else { return }
    var next = stored.value
    next["status", "nominatedNodeName"] = nil
    let cause = Cause(
      actor: Self.component, request: "update pods/status \(pod.path): no longer nominated", subject: subject)
    _ = try? client.update(.pod, next, subresource: "status", cause: cause)
  }
}
