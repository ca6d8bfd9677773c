import Kinds
import Tree

/// Why a pod's containers do not run, are not ready, or were started again.
enum ContainerExplanation {
  static func findings(_ pod: Pod) -> [Finding] {
    let statuses = pod.status.initContainerStatuses + pod.status.containerStatuses
    var findings = statuses.flatMap { Self.findings(of: $0.value) }
    if pod.status.phase == "Failed", let reason = pod.status.reason {
      findings.append(Finding(reason, Phrases.podFailed(reason, pod.status.message ?? "")))
    }
    let isRunning = pod.status.phase == "Running" && pod.metadata.value["deletionTimestamp"] == nil
    if isRunning, !pod.isReady, findings.isEmpty {
      let waiting = pod.status.conditions.filter { !$0.isTrue && $0.type != "Ready" }
      findings.append(
        Finding("NotReady", Phrases.notReady(waiting.map { $0.value["message"]?.string ?? $0.type })))
    }
    return findings
  }

  private static func findings(of status: Value) -> [Finding] {
    let name = status["name"]?.string ?? ""
    var findings: [Finding] = []
    let restarts = status["restartCount"]?.integer ?? 0
    if restarts > 0, let last = status["lastState", "terminated"] {
      let reason = last["reason"]?.string ?? ""
      let code = last["exitCode"]?.integer ?? 0
      findings.append(Finding("Restarted", Phrases.restarted(name, restarts, reason: reason, exitCode: code)))
    }
    if let waiting = status["state", "waiting"], let reason = waiting["reason"]?.string,
      !["ContainerCreating", "PodInitializing"].contains(reason)
    {
      findings.append(Finding(reason, Phrases.waiting(name, reason, waiting["message"]?.string ?? "")))
    }
    if let end = status["state", "terminated"], let code = end["exitCode"]?.integer, code != 0 {
      findings.append(Finding("Terminated", Phrases.terminated(name, end["reason"]?.string ?? "", exitCode: code)))
    }
    return findings
  }
}
