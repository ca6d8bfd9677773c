import API
import Kinds
import Loop
import Tree

/// The end of a deleted pod: its containers are told to end, killed when the grace period is over, and then its object
/// goes.
struct PodStop {
  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod

  private var now: Time { kubelet.now }

  func perform() {
    abandonBusy()
    let since = run.stopRequested ?? now
    run.stopRequested = since
    let grace = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds
    let deadline = since + .seconds(Int64(grace))
    stop(specs: pod.spec.containers, deadline: deadline)
    // Sidecars serve the others to their end.
    if run.containers.allSatisfy({ !$0.state.isRunning }) { stop(specs: pod.spec.initContainers, deadline: deadline) }
    guard run.isStopped, run.removal == nil else { return }
    run.noticed = nil
    run.removal = now + Kubelet.cleanupTime
  }

  /// What was being pulled or created is given up.
  private func abandonBusy() {
    for container in run.allContainers where container.state.isBusy {
      run.update(container.name) { $0.state = $0.last.map(ContainerState.terminated) ?? .creating }
    }
    for container in run.allContainers {
      run.update(container.name) { $0.pullRetry = nil }
      if case .backingOff = container.state, let last = container.last {
        run.update(container.name) { $0.state = .terminated(last) }
      }
    }
  }

  private func stop(specs: [Container], deadline: Time) {
    for spec in specs {
      guard let container = run.container(spec.name), container.state.isRunning else { continue }
      if container.stop == nil {
        let list = container.role == .main ? "containers" : "initContainers"
        kubelet.events.record(
          .normal, "Killing", "Stopping container \(spec.name)", about: pod, kind: .pod,
          fieldPath: "spec.\(list){\(spec.name)}")
      }
      let hook = preStopTime(spec)
      run.update(spec.name) { $0.requestStop(at: now + hook, deadline: deadline) }
    }
  }

  /// How long the container's preStop hook takes.
  private func preStopTime(_ spec: Container) -> Duration {
    guard run.stopRequested == now, let hook = spec.value["lifecycle", "preStop"] else { return .zero }
    if let seconds = hook["sleep"]?["seconds"]?.integer { return .seconds(seconds) }
    guard let command = hook["exec"]?["command"]?.array else { return .zero }
    let time = run.update(spec.name) { container -> Duration in
      guard var world = container.world else { return .zero }
      let result = ShellProgram.runToEnd(command.compactMap(\.string), in: &world, at: now)
      container.world = world
      return result.time
    }
    return time ?? .zero
  }
}
