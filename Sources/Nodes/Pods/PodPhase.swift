import Kinds

/// A pod's phase, from its containers' states (Kubernetes documentation, "Pod Lifecycle").
enum PodPhase {
  static func phase(of run: PodRun, restartPolicy: String, isDeleting: Bool) -> String {
    if run.ending != nil { return run.isStopped ? "Failed" : "Running" }
    let policy = isDeleting && run.isStopped ? "Never" : restartPolicy
    for container in run.initContainers where container.role == .initial && !container.isInitialised {
      let hasFailed = container.state.termination.map { !$0.isSuccess } ?? false
      return hasFailed && policy == "Never" ? "Failed" : "Pending"
    }
    if run.initContainers.contains(where: { $0.role == .sidecar && !$0.isStarted && $0.last == nil }), !isDeleting {
      if run.containers.allSatisfy({ $0.id == nil }) { return "Pending" }
    }
    let phase = phase(of: run.containers, policy: policy)
    let isTerminal = phase == "Succeeded" || phase == "Failed"
    return isTerminal && run.initContainers.contains { $0.state.isRunning } ? "Running" : phase
  }

  private static func phase(of containers: [ContainerRun], policy: String) -> String {
    var (running, waiting, succeeded, failed) = (0, 0, 0, 0)
    for container in containers {
      switch container.state {
      case .running: running += 1
      case .terminated(let end): if end.isSuccess { succeeded += 1 } else { failed += 1 }
      case .backingOff: failed += 1
      case .waiting, .pulling, .starting:
        if let last = container.last {
          if last.isSuccess { succeeded += 1 } else { failed += 1 }
        } else {
          waiting += 1
        }
      }
    }
    if waiting > 0 { return "Pending" }
    if running > 0 || policy == "Always" { return "Running" }
    if failed == 0 { return "Succeeded" }
    return policy == "Never" ? "Failed" : "Running"
  }
}
