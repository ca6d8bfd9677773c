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
    let seconds = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds
    let grace = max(since + .seconds(Int64(seconds)) - now, .zero)
    stop(pod.ephemeralContainers + pod.spec.containers, grace: grace)
    // Sidecars serve the others to their end, and end in the opposite order of their start.
    if run.containers.allSatisfy({ !$0.state.isRunning }) { stopSidecars(grace: grace) }
    guard run.isStopped, run.removal == nil else { return }
    run.noticed = nil
    run.removal = now + Kubelet.cleanupTime
  }

  private func stopSidecars(grace: Duration) {
    for spec in pod.spec.initContainers.reversed() {
      guard let container = run.container(spec.name), container.state.isRunning else { continue }
      stop([spec], grace: grace)
      // The next goes when this one has gone, unless there is no time left.
      if grace > .zero { return }
    }
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

  private func stop(_ specs: [Container], grace: Duration) {
    for spec in specs {
      guard var container = run.container(spec.name), container.state.isRunning else { continue }
      if container.stop == nil {
        ContainerStop(kubelet: kubelet, run: run, pod: pod, spec: spec)
          .begin(&container, grace: grace, message: "Stopping container \(spec.name)")
      } else {
        // A second deletion may leave less time than the first.
        container.hasten(to: now + grace)
      }
      run.update(spec.name) { $0 = container }
    }
  }
}
