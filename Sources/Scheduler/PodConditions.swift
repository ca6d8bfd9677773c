import API
import Kinds
import Loop
import Store
import Tree

/// What the scheduler writes into pods' statuses.
struct PodConditions {
  let client: Client

  /// Condition PodScheduled=False, and for which node the pod waits; written only when what it says has changed.
  func setUnschedulable(_ stored: StoredObject, _ message: String, nominated: String?) {
    var pod = Pod(stored.value)
    var conditions = pod.status.conditions
    let present = conditions.first { $0.type == "PodScheduled" }
    // One that still waits for its victims keeps its node.
    let isSame = pod.status.nominatedNodeName ?? "" == nominated ?? ""
    if let present, present.status == "False", present.reason == "Unschedulable", present.message == message, isSame {
      return
    }
    var condition = Condition([
      "type": "PodScheduled", "status": "False", "lastProbeTime": .null,
      "lastTransitionTime": .string(client.loop.now.timestamp), "reason": "Unschedulable", "message": .string(message),
    ])
    condition.value["observedGeneration"] = stored.value["metadata", "generation"]
    if let present, present.status == "False" { condition.lastTransitionTime = present.lastTransitionTime }
    conditions.removeAll { $0.type == "PodScheduled" }
    conditions.append(condition)
    pod.status.conditions = conditions
    pod.value["status", "nominatedNodeName"] = nominated.map(Value.string)
    write(pod, "Unschedulable", stored)
  }

  /// Condition DisruptionTarget=True, which tells the pod's owner why it goes.
  func setPreempted(_ stored: StoredObject, by preemptor: PodSummary) {
    var pod = Pod(stored.value)
    var condition = Condition([
      "type": "DisruptionTarget", "status": "True", "lastProbeTime": .null,
      "lastTransitionTime": .string(client.loop.now.timestamp), "reason": "PreemptionByScheduler",
      "message": .string("\(preemptor.schedulerName): preempting to accommodate a higher priority pod"),
    ])
    condition.value["observedGeneration"] = stored.value["metadata", "generation"]
    pod.status.conditions = pod.status.conditions.filter { $0.type != "DisruptionTarget" } + [condition]
    write(pod, "DisruptionTarget", stored)
  }

  private func write(_ pod: Pod, _ what: String, _ stored: StoredObject) {
    let cause = Cause(
      actor: Scheduler.component, request: "update pods/status \(stored.key.path): \(what)", subject: stored)
    _ = try? client.update(.pod, pod.value, subresource: "status", cause: cause)
  }
}
