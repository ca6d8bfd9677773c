import Kinds
import Tree

/// What a Job's `podFailurePolicy` says of a pod that failed (API reference, PodFailurePolicy v1 batch).
struct JobFailurePolicy {
  let job: JobView

  struct Match {
    let action: String
    let message: String
  }

  /// The first rule that the pod matches; nil where none does or there is no policy.
  func match(_ pod: Pod) -> Match? {
    let rules = job.value["spec", "podFailurePolicy", "rules"]?.array ?? []
    for (index, rule) in rules.enumerated() {
      let action = rule["action"]?.string ?? ""
      let end = "matching \(action) rule at index \(index)"
      if let codes = rule["onExitCodes"], let exit = matching(codes, pod) {
        let name = "Container \(exit.container) for pod \(pod.namespace)/\(pod.name)"
        return Match(action: action, message: "\(name) failed with exit code \(exit.code) \(end)")
      }
      if let condition = matching(rule["onPodConditions"]?.array ?? [], pod) {
        return Match(
          action: action, message: "Pod \(pod.namespace)/\(pod.name) has condition \(condition) \(end)")
      }
    }
    return nil
  }

  /// Whether a failed pod counts towards the back-off limit.
  func counts(_ pod: Pod) -> Bool { match(pod)?.action != "Ignore" }

  private func matching(_ requirement: Value, _ pod: Pod) -> (container: String, code: Int64)? {
    let values = (requirement["values"]?.array ?? []).compactMap(\.integer)
    for status in pod.status.containerStatuses + pod.status.initContainerStatuses {
      if let wanted = requirement["containerName"]?.string, wanted != status.name { continue }
      guard let code = status.state?["terminated", "exitCode"]?.integer, code != 0 else { continue }
      if values.contains(code) == (requirement["operator"]?.string == "In") { return (status.name, code) }
    }
    return nil
  }

  private func matching(_ patterns: [Value], _ pod: Pod) -> String? {
    for pattern in patterns {
      for condition in pod.status.conditions
      where condition.type == pattern["type"]?.string && condition.status == (pattern["status"]?.string ?? "True") {
        return condition.type
      }
    }
    return nil
  }
}
