import API
import Kinds
import Loop
import Tree

/// One look at one pod on its node: what has become of its containers, and what is to be done next.
struct PodStep {
  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod

  private var now: Time { kubelet.now }

  func perform() {
    run.adoptEphemeralContainers(of: pod)
    runPrograms()
    if pod.metadata.isDeleting { return PodStop(kubelet: kubelet, run: run, pod: pod).perform() }
    if run.ending == nil { checkDeadline() }
    guard run.ending == nil, run.sandboxReady <= now, mountVolumes() else { return }
    if let noticed = run.noticed, noticed <= now { run.noticed = nil }
    PodResize(kubelet: kubelet, run: run, pod: pod).perform()
    advance(run.ephemeralContainers, specs: pod.ephemeralContainers, policy: "Never")
    advanceInitContainers()
    guard run.isInitialised || run.containers.contains(where: { $0.id != nil }) else { return }
    advance(run.containers, specs: pod.spec.containers, policy: pod.spec.restartPolicy)
    if isDone { stopSidecars() }
  }

  /// Brings the volumes up to date. False while something that they need is not there and nothing runs yet.
  private func mountVolumes() -> Bool {
    guard let problem = kubelet.refreshVolumes(run, pod) else { return true }
    guard run.allContainers.allSatisfy({ $0.id == nil }) else { return true }
    if let retry = run.mountRetry, retry > now { return false }
    kubelet.events.record(
      .warning, "FailedMount", "MountVolume.SetUp failed for volume \"\(problem.volume)\" : \(problem.message)",
      about: pod, kind: .pod)
    run.mountDelay = min(run.mountDelay * 2, PodRun.longestMountDelay)
    run.mountRetry = now + run.mountDelay
    return false
  }

  /// Whether the pod's own containers have ended and none is started again.
  private var isDone: Bool {
    let policy = pod.spec.restartPolicy
    return policy != "Always"
      && run.containers.allSatisfy { $0.state.termination.map { policy == "Never" || $0.isSuccess } ?? false }
  }

  private func stopSidecars() {
    for spec in pod.spec.initContainers { stop(spec) { $0.role == .sidecar } }
  }

  private func runPrograms() {
    for container in run.allContainers where container.state.isRunning {
      let traffic = run.network.takeLines(of: container.name)
      let lines = run.update(container.name) { $0.runProgram(until: now, logging: traffic) } ?? []
      kubelet.logs.tell(lines, pod: run.uid, container: container.name)
      tellAttached(container.name)
      guard let ended = run.container(container.name), !ended.state.isRunning else { continue }
      kubelet.logs.end(pod: run.uid, container: container.name)
      run.noticed = now + Kubelet.relistPeriod
    }
  }

  private func tellAttached(_ container: String) {
    guard !run.attachments.isEmpty else { return }
    let spoken = run.update(container) { $0.world?.takeSpoken() ?? [] } ?? []
    for (name, attachment) in run.attachments where name == container {
      for piece in spoken { attachment.hear(piece.text, isError: piece.isError) }
    }
  }

  /// A pod that may be active only so long.
  private func checkDeadline() {
    guard let limit = pod.spec.value["activeDeadlineSeconds"]?.integer,
      let start = pod.status.startTime.flatMap({ Time(timestamp: $0) })
    else { return }
    let deadline = start + .seconds(limit)
    guard now >= deadline else {
      run.noticed = min(run.noticed ?? deadline, deadline)
      return
    }
    let message = "Pod was active on the node longer than the specified deadline"
    run.ending = PodRun.Ending(reason: "DeadlineExceeded", message: message)
    kubelet.events.record(.normal, "DeadlineExceeded", message, about: pod, kind: .pod)
    for spec in pod.allContainers { stop(spec) { _ in true } }
  }

  private func stop(_ spec: Container, where isMeant: (ContainerRun) -> Bool) {
    guard var container = run.container(spec.name), isMeant(container) else { return }
    ContainerStop(kubelet: kubelet, run: run, pod: pod, spec: spec).begin(
      &container, grace: .seconds(Int64(pod.spec.terminationGracePeriodSeconds)),
      message: "Stopping container \(spec.name)")
    run.update(spec.name) { $0 = container }
  }

  /// Init containers run one after another; sidecars among them go on.
  private func advanceInitContainers() {
    let specs = pod.spec.initContainers
    guard !specs.isEmpty, !isDone else { return }
    let hasStartedMain = run.containers.contains { $0.id != nil }
    for (container, spec) in zip(run.initContainers, specs) {
      let policy =
        container.role == .sidecar
        ? "Always" : pod.spec.restartPolicy == "Always" ? "OnFailure" : pod.spec.restartPolicy
      if hasStartedMain {
        if container.role == .sidecar { step(container.name, spec, policy: policy, mayBegin: true) }
        continue
      }
      step(container.name, spec, policy: policy, mayBegin: true)
      guard run.container(container.name)?.isInitialised ?? true else { return }
    }
  }

  private func advance(_ containers: [ContainerRun], specs: [Container], policy: String) {
    var isBusy = false
    for (container, spec) in zip(containers, specs) {
      step(container.name, spec, policy: policy, mayBegin: !isBusy)
      if run.container(container.name)?.isBusy == true { isBusy = true }
    }
  }

  private func step(_ name: String, _ spec: Container, policy: String, mayBegin: Bool) {
    guard var container = run.container(name) else { return }
    let step = ContainerStep(
      kubelet: kubelet, run: run, pod: pod, spec: run.allocation.granting(spec), restartPolicy: policy,
      mayRestart: mayBegin && run.noticed.map { $0 <= now } ?? true, mayBegin: mayBegin)
    step.perform(&container)
    run.update(name) { $0 = container }
  }
}
