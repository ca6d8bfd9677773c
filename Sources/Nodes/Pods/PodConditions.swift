import Kinds
import Loop
import Tree

/// A pod's conditions, as the kubelet writes them. A condition's transition time moves only when its status does.
struct PodConditions {
  let run: PodRun
  let phase: String
  let pod: Pod
  let now: Time

  var all: [Condition] {
    let present = pod.status.conditions
    let own = [readyToStart, initialised, ready, containersReady, scheduled]
    let (resize, disruption) = (resize, disruption)
    let kept = present.filter { condition in
      !Self.resizeTypes.contains(condition.type) && !(own + disruption).contains { $0.type == condition.type }
    }
    return resize.map { timed($0, present) } + own.map { timed($0, present) } + kept
      + disruption.map { timed($0, present) }
  }

  private func timed(_ condition: Condition, _ present: [Condition]) -> Condition {
    var condition = condition
    let before = present.first { $0.type == condition.type }
    let isSame = before?.status == condition.status
    condition.lastTransitionTime = isSame ? before?.lastTransitionTime ?? now.timestamp : now.timestamp
    return condition
  }

  private func condition(_ type: String, _ isTrue: Bool, _ reason: String? = nil, _ message: String? = nil) -> Condition
  {
    var value: Value = ["type": .string(type), "status": isTrue ? "True" : "False"]
    value["observedGeneration"] = pod.value["metadata", "generation"]
    value["lastProbeTime"] = .null
    value["lastTransitionTime"] = .null
    value["reason"] = reason.map(Value.string)
    value["message"] = message.map(Value.string)
    return Condition(value)
  }

  private var isFinished: Bool { phase == "Succeeded" || phase == "Failed" }

  private var readyToStart: Condition {
    condition("PodReadyToStartContainers", run.sandboxReady <= now && !isFinished)
  }

  private var initialised: Condition {
    if phase == "Succeeded" { return condition("Initialized", true, "PodCompleted") }
    let incomplete = run.initContainers.filter { !$0.isInitialised }.map(\.name)
    guard !incomplete.isEmpty, run.containers.allSatisfy({ $0.id == nil }) else {
      return condition("Initialized", true)
    }
    return condition("Initialized", false, "ContainersNotInitialized", Self.names("incomplete", incomplete))
  }

  private var containersReady: Condition { readiness("ContainersReady") }

  private var ready: Condition {
    let containers = readiness("Ready")
    guard containers.isTrue else { return containers }
    let gates = (pod.spec.value["readinessGates"]?.array ?? []).compactMap { $0["conditionType"]?.string }
    for gate in gates where !pod.status.conditions.contains(where: { $0.type == gate && $0.isTrue }) {
      let isThere = pod.status.conditions.contains { $0.type == gate }
      let message =
        isThere
        ? "the status of pod readiness gate \"\(gate)\" is not \"True\", but False"
        : "corresponding condition of pod readiness gate \"\(gate)\" does not exist."
      return condition("Ready", false, "ReadinessGatesNotReady", message)
    }
    return containers
  }

  private func readiness(_ type: String) -> Condition {
    if phase == "Succeeded" { return condition(type, false, "PodCompleted") }
    if phase == "Failed" { return condition(type, false, "PodFailed") }
    let counted = run.initContainers.filter { $0.role == .sidecar } + run.containers
    let unready = counted.filter { !$0.isReady }.map(\.name)
    guard !unready.isEmpty else { return condition(type, true) }
    return condition(type, false, "ContainersNotReady", Self.names("unready", unready))
  }

  private static func names(_ what: String, _ names: [String]) -> String {
    "containers with \(what) status: [\(names.joined(separator: " "))]"
  }

  private static let resizeTypes = ["PodResizePending", "PodResizeInProgress"]

  /// Where a resize of the pod stands.
  private var resize: [Condition] {
    var conditions: [Condition] = []
    if let pending = run.allocation.pending {
      conditions.append(
        condition("PodResizePending", true, pending.reason, pending.message).observing(pending.generation))
    }
    if let progress = run.allocation.progress {
      let reason = progress.problem.map { _ in "Error" }
      conditions.append(
        condition("PodResizeInProgress", true, reason, progress.problem).observing(progress.generation))
    }
    return conditions
  }

  /// What a pod that the node ends for its own sake says.
  private var disruption: [Condition] {
    guard let ending = run.ending, ending.isDisruption else { return [] }
    return [condition("DisruptionTarget", true, "TerminationByKubelet", ending.message)]
  }

  private var scheduled: Condition { condition("PodScheduled", true) }
}

extension Condition {
  /// The condition as it was found for that generation of the object.
  fileprivate func observing(_ generation: Int64) -> Condition {
    var condition = self
    condition.value["observedGeneration"] = .integer(generation)
    return condition
  }
}
