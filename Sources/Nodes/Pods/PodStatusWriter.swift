import Kinds
import Loop
import Tree

/// A pod's status as its node sees it.
struct PodStatusWriter {
  let run: PodRun
  let pod: Pod
  let hostIP: String
  let now: Time

  /// The whole status; what is not the kubelet's is kept.
  var status: PodStatus {
    var status = pod.status
    let phase = PodPhase.phase(
      of: run, restartPolicy: pod.spec.restartPolicy, isDeleting: pod.metadata.isDeleting)
    status.value["observedGeneration"] = pod.value["metadata", "generation"]
    status.phase = phase
    status.reason = run.ending?.reason ?? status.reason
    status.message = run.ending?.message ?? status.message
    status.conditions = PodConditions(run: run, phase: phase, pod: pod, now: now).all
    status.hostIP = hostIP
    status.value["hostIPs"] = [["ip": .string(hostIP)]]
    if run.sandboxReady <= now {
      status.podIP = run.ip
      status.value["podIPs"] = [["ip": .string(run.ip)]]
    }
    if status.startTime == nil { status.startTime = run.admitted.timestamp }
    if status.value["qosClass"] == nil { status.value["qosClass"] = .string(QualityOfService.className(of: pod.spec)) }
    if !run.initContainers.isEmpty {
      status.initContainerStatuses = zip(run.initContainers, pod.spec.initContainers).map(containerStatus)
    }
    if !run.ephemeralContainers.isEmpty {
      let own = zip(run.ephemeralContainers, pod.ephemeralContainers).map { containerStatus($0, $1).value }
      status.value["ephemeralContainerStatuses"] = .array(own)
    }
    status.containerStatuses = zip(run.containers, pod.spec.containers).map(containerStatus)
    return status
  }

  private func containerStatus(_ run: ContainerRun, _ container: Container) -> ContainerStatus {
    var value: Value = ["name": .string(run.name)]
    let (state, last) = states(of: run)
    value["state"] = state
    value["lastState"] = last ?? [:]
    let isReady = run.role == .initial ? run.isInitialised : run.role != .ephemeral && run.isReady
    value["ready"] = .boolean(isReady)
    value["restartCount"] = .integer(Int64(run.restartCount))
    value["image"] = .string(run.image ?? container.image)
    value["imageID"] = .string(run.imageID ?? "")
    value["containerID"] = run.id.map { .string("containerd://" + $0) }
    value["started"] = .boolean(run.role == .initial ? run.state.isRunning : run.isStarted)
    if let granted = self.run.allocation.granted[run.name] {
      value["allocatedResources"] = granted["requests"]
      value["resources"] = run.state.isRunning ? self.run.allocation.actual[run.name] ?? granted : granted
    } else {
      value["allocatedResources"] = container.value["resources", "requests"]
      value["resources"] = container.value["resources"] ?? [:]
    }
    if let mounts = container.value["volumeMounts"]?.array, !mounts.isEmpty {
      value["volumeMounts"] = .array(mounts.map(Self.mountStatus))
    }
    return ContainerStatus(value)
  }

  private static func mountStatus(_ mount: Value) -> Value {
    var status: Value = [:]
    status["name"] = mount["name"]
    status["mountPath"] = mount["mountPath"]
    if mount["readOnly"]?.boolean == true {
      status["readOnly"] = true
      status["recursiveReadOnly"] = "Disabled"
    }
    return status
  }

  private func states(of run: ContainerRun) -> (state: Value, last: Value?) {
    let last = run.last.map(Self.terminated)
    switch run.state {
    case .waiting(let reason, let message):
      return (Self.waiting(reason, message), last)
    case .pulling, .starting: return preparing(run, last)
    case .running where run.startHook != nil: return preparing(run, last)
    case .running(let since):
      return (["running": ["startedAt": .string(since.timestamp)]], last)
    case .terminated(let end) where end.isStartError && pod.spec.restartPolicy != "Never":
      return (Self.waiting("RunContainerError", end.message), Self.terminated(end))
    case .terminated(let end):
      return (Self.terminated(end), last)
    case .backingOff(_, let message):
      return (Self.waiting("CrashLoopBackOff", message), last)
    }
  }

  /// A container that is started again shows its end until it runs.
  private func preparing(_ run: ContainerRun, _ last: Value?) -> (state: Value, last: Value?) {
    if let message = run.backOffMessage { return (Self.waiting("CrashLoopBackOff", message), last) }
    if let last { return (last, last) }
    let isFirst = run.role == .main || run.role == .ephemeral
    return (Self.waiting(isFirst ? "ContainerCreating" : "PodInitializing", nil), nil)
  }

  private static func waiting(_ reason: String, _ message: String?) -> Value {
    var waiting: Value = ["reason": .string(reason)]
    waiting["message"] = message.map(Value.string)
    return ["waiting": waiting]
  }

  private static func terminated(_ end: Termination) -> Value {
    var value: Value = ["exitCode": .integer(Int64(end.exitCode)), "reason": .string(end.reason)]
    value["message"] = end.message.map(Value.string)
    value["startedAt"] = .string(end.isStartError ? Time(seconds: 0).timestamp : end.startedAt.timestamp)
    value["finishedAt"] = .string(end.finishedAt.timestamp)
    value["containerID"] = .string("containerd://" + end.containerID)
    return ["terminated": value]
  }
}
