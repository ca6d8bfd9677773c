import API
import Kinds
import Loop
import Tree

/// What the kubelet does next for one container, from where the container stands.
struct ContainerStep {
  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod
  let spec: Container
  let restartPolicy: String
  /// Whether a container that ended may be started again now.
  let mayRestart: Bool
  /// Whether a container that waits may be begun now; those before it come first.
  let mayBegin: Bool

  /// How long a container's creation takes, once its image is there.
  static let startTime: Duration = .milliseconds(120)

  var now: Time { kubelet.now }

  func perform(_ container: inout ContainerRun) {
    switch container.state {
    case .waiting:
      if mayBegin { ImageStep(step: self).begin(&container) }
    case .pulling(let start, let end):
      if end <= now { ImageStep(step: self).finishPull(&container, start: start) }
    case .starting(let time):
      if time <= now { start(&container) }
    case .running:
      if let hook = container.startHook { endStartHook(hook, &container) } else { askProbes(&container) }
    case .terminated(let end):
      if mayRestart, shouldRestart(after: end) { restart(&container, after: end) }
    case .backingOff(let until, _):
      if mayBegin, until <= now { beginAgain(&container) }
    }
  }

  // MARK: Start

  /// The image is there: creates the container.
  func create(_ container: inout ContainerRun, _ reference: ImageReference) {
    var digest: String?
    if case .found(let image) = kubelet.registry.lookup(reference) { digest = image.digest }
    do throws(ContainerEnvironment.Problem) {
      _ = try setup.environment(ImageBehaviour())
    } catch {
      container.state = .waiting(reason: "CreateContainerConfigError", message: error.message)
      container.pullRetry = now + .seconds(10)
      return record(.warning, "Failed", "Error: " + error.message)
    }
    if container.id != nil { container.restartCount += 1 }
    container.id = NodeImages.hexadecimal(kubelet.random)
    container.image = reference.canonical
    container.imageID = NodeImages.identity(of: reference, digest: digest)
    container.startLog()
    run.allocation.actual[container.name] = spec.value["resources"] ?? [:]
    record(.normal, "Created", "Container created")
    container.state = .starting(at: now + Self.startTime)
  }

  private var setup: ContainerSetup { ContainerSetup(kubelet: kubelet, run: run, pod: pod, spec: spec) }

  private func start(_ container: inout ContainerRun) {
    guard let reference = ImageReference(spec.image),
      case .found(let image) = kubelet.registry.lookup(reference)
    else { return fail(&container, "image \"\(spec.image)\" is gone") }
    var world = setup.world(image)
    switch ProgramChoice(image: image, container: spec).program(start: now, in: &world) {
    case .program(let program):
      container.program = program
      container.world = world
      container.probes = ProbeRun.probes(of: spec, start: now)
      container.terminationMessage = TerminationMessage(spec)
      container.state = .running(since: now)
      record(.normal, "Started", "Container started")
      runStartHook(&container)
      if container.startHook == nil { container.backOffMessage = nil }
      kubelet.add(Kind.pod.key(namespace: pod.namespace, name: pod.name))
    case .failure(let message):
      fail(&container, message)
    }
  }

  private func runStartHook(_ container: inout ContainerRun) {
    guard let hook = spec.value["lifecycle", "postStart"] else { return }
    let outcome = LifecycleHook(kubelet: kubelet, run: run, spec: spec, hook: hook).perform(in: &container)
    let pending = ContainerRun.StartHook(end: now + outcome.time, isFailed: outcome.isFailed)
    container.startHook = pending
    endStartHook(pending, &container)
  }

  /// A container whose hook has failed is ended.
  private func endStartHook(_ hook: ContainerRun.StartHook, _ container: inout ContainerRun) {
    guard hook.end <= now else { return }
    container.startHook = nil
    container.backOffMessage = nil
    container.probes = ProbeRun.probes(of: spec, start: now)
    guard hook.isFailed else { return }
    record(.warning, "FailedPostStartHook", "PostStartHook failed")
    stop(&container, grace: .seconds(Int64(pod.spec.terminationGracePeriodSeconds)), message: "FailedPostStartHook")
  }

  private func stop(_ container: inout ContainerRun, grace: Duration, message: String) {
    ContainerStop(kubelet: kubelet, run: run, pod: pod, spec: spec).begin(&container, grace: grace, message: message)
  }

  /// The runtime could not start the program.
  private func fail(_ container: inout ContainerRun, _ message: String) {
    let text =
      "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: "
      + "unable to start container process: error during container init: " + message
    container.state = .terminated(
      Termination(
        exitCode: 128, reason: "StartError", message: text, startedAt: now, finishedAt: now,
        containerID: container.id ?? ""))
    run.noticed = now + Kubelet.relistPeriod
    record(.warning, "Failed", "Error: " + text)
  }

  // MARK: Restart

  private func shouldRestart(after end: Termination) -> Bool {
    switch restartPolicy {
    case "Never": false
    case "OnFailure": !end.isSuccess
    default: true
    }
  }

  private func restart(_ container: inout ContainerRun, after end: Termination) {
    container.last = end
    let until = container.crashBackoff.end(failure: end.finishedAt)
    guard !container.crashBackoff.isOver(failure: end.finishedAt), now < until else { return beginAgain(&container) }
    let identity = "\(pod.name)_\(pod.namespace)(\(pod.uid))"
    let delay = container.crashBackoff.delay.goText
    let message = "back-off \(delay) restarting failed container=\(spec.name) pod=\(identity)"
    container.backOffMessage = message
    container.state = .backingOff(until: until, message: message)
    record(.warning, "BackOff", "Back-off restarting failed container \(spec.name) in pod \(identity)")
  }

  private func beginAgain(_ container: inout ContainerRun) {
    container.crashBackoff.raise(at: now)
    ImageStep(step: self).begin(&container)
  }

  // MARK: Probes

  private func askProbes(_ container: inout ContainerRun) {
    for index in container.probes.indices {
      guard container.state.isRunning, container.stop == nil, let due = container.probes[index].nextDeadline, due <= now
      else { continue }
      let probe = container.probes[index]
      if probe.purpose != .startup, !container.isStarted {
        container.probes[index].postpone(to: now + .seconds(1))
        continue
      }
      let finding = ProbeQuestion(kubelet: kubelet, pod: pod, container: spec, podIP: run.ip).ask(
        probe.probe, of: &container)
      if case .failure(let text) = finding {
        record(.warning, "Unhealthy", "\(probe.purpose.rawValue) probe failed: \(text)")
      }
      if container.probes[index].record(finding, at: now) { end(&container, failedProbe: probe) }
    }
  }

  private func end(_ container: inout ContainerRun, failedProbe probe: ProbeRun) {
    let purpose = probe.purpose.rawValue.lowercased()
    let grace =
      probe.probe["terminationGracePeriodSeconds"]?.integer ?? Int64(pod.spec.terminationGracePeriodSeconds)
    stop(
      &container, grace: .seconds(grace),
      message: "Container \(spec.name) failed \(purpose) probe, will be restarted")
  }

  // MARK: Events

  func record(_ severity: EventRecorder.Severity, _ reason: String, _ message: String) {
    let list = run.container(spec.name)?.role.list ?? "containers"
    kubelet.events.record(
      severity, reason, message, about: pod, kind: .pod, fieldPath: "spec.\(list){\(spec.name)}")
  }
}
