import Kinds
import Loop
import Tree

/// Builds what a node holds of a pod from the pod's status, after the whole cluster was stopped and started again.
///
/// Programs depend on their start only, so one that was running is run again from its start to the present.
struct PodRestorer {
  let kubelet: Kubelet
  let pod: Pod
  let ip: String

  private var now: Time { kubelet.now }

  func restored() -> PodRun {
    let start = pod.status.startTime.flatMap { Time(timestamp: $0) } ?? now
    let run = PodRun(pod, admitted: start, network: kubelet.network(of: pod, address: ip), sandboxReady: start)
    kubelet.refreshVolumes(run, pod)
    run.adoptEphemeralContainers(of: pod)
    restoreAllocation(run)
    let ephemeral = (pod.status.value["ephemeralContainerStatuses"]?.array ?? []).map { ContainerStatus($0) }
    let statuses = pod.status.initContainerStatuses + pod.status.containerStatuses + ephemeral
    let specs = pod.allContainers
    for spec in specs {
      guard let status = statuses.first(where: { $0.name == spec.name }) else { continue }
      run.update(spec.name) { restore(&$0, spec, status, run) }
    }
    return run
  }

  /// What was granted and set is as the status says; a wish that is another is decided on again.
  private func restoreAllocation(_ run: PodRun) {
    for status in pod.status.initContainerStatuses + pod.status.containerStatuses {
      guard run.allocation.granted[status.name] != nil, let actual = status.value["resources"] else { continue }
      run.allocation.actual[status.name] = actual
      var granted = actual
      granted["requests"] = status.value["allocatedResources"]
      run.allocation.granted[status.name] = granted
    }
    let progress = pod.status.conditions.first { $0.type == "PodResizeInProgress" && $0.isTrue }
    run.allocation.progress = progress.map {
      PodAllocation.Progress(generation: $0.value["observedGeneration"]?.integer ?? 1)
    }
  }

  private func restore(_ container: inout ContainerRun, _ spec: Container, _ status: ContainerStatus, _ run: PodRun) {
    container.restartCount = status.restartCount
    container.id = status.containerID.map { String($0.dropFirst("containerd://".count)) }
    if let id = status.imageID, !id.isEmpty {
      container.imageID = id
      container.image = status.image
    }
    container.last = Self.termination(status.lastState)
    container.crashBackoff = RetryBackoff(failures: status.restartCount, at: container.last?.finishedAt ?? now)
    if let end = Self.termination(status.state) {
      container.state = .terminated(end)
    } else if status.state?["waiting"]?["reason"]?.string == "CrashLoopBackOff", let last = container.last {
      container.state = .terminated(last)
    } else if let since = status.state?["running"]?["startedAt"]?.string.flatMap({ Time(timestamp: $0) }) {
      resume(&container, spec, status, run, since: since)
    }
  }

  private func resume(
    _ container: inout ContainerRun, _ spec: Container, _ status: ContainerStatus, _ run: PodRun, since: Time
  ) {
    guard let reference = ImageReference(spec.image), case .found(let image) = kubelet.registry.lookup(reference) else {
      return
    }
    var world = ContainerSetup(kubelet: kubelet, run: run, pod: pod, spec: spec).world(image)
    guard case .program(let program) = ProgramChoice(image: image, container: spec).program(start: since, in: &world)
    else {
      return
    }
    container.world = world
    container.terminationMessage = TerminationMessage(spec)
    container.program = program
    container.state = .running(since: since)
    container.probes = ProbeRun.probes(of: spec, start: now).map { probe in
      var probe = probe
      if probe.purpose == .startup ? status.hasStarted == true : status.isReady { probe.assumePassed() }
      return probe
    }
  }

  private static func termination(_ state: Value?) -> Termination? {
    guard let value = state?["terminated"] else { return nil }
    func time(_ field: String) -> Time { value[field]?.string.flatMap { Time(timestamp: $0) } ?? Time(seconds: 0) }
    return Termination(
      exitCode: Int(value["exitCode"]?.integer ?? 0), reason: value["reason"]?.string ?? "Error",
      message: value["message"]?.string, startedAt: time("startedAt"), finishedAt: time("finishedAt"),
      containerID: String((value["containerID"]?.string ?? "").dropFirst("containerd://".count)))
  }
}
