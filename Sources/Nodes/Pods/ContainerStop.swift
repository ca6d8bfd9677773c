import API
import Kinds
import Loop
import Tree

/// The orderly end of one container: the preStop hook, SIGTERM, and SIGKILL when the grace period is over
/// (kubernetes/pkg/kubelet/kuberuntime).
struct ContainerStop {
  /// What a container has at least between the signal and its end, however long its hook took.
  static let leastTime: Duration = .seconds(2)

  let kubelet: Kubelet
  let run: PodRun
  let pod: Pod
  let spec: Container

  /// Begins the end; `message` is what the event says.
  func begin(_ container: inout ContainerRun, grace: Duration, message: String) {
    guard container.state.isRunning, container.stop == nil else { return }
    let now = kubelet.now
    record(.normal, "Killing", message, container)
    var hookTime = Duration.zero
    if let hook = spec.value["lifecycle", "preStop"], grace > .zero {
      let outcome = LifecycleHook(kubelet: kubelet, run: run, spec: spec, hook: hook).perform(in: &container)
      if outcome.isFailed { record(.warning, "FailedPreStopHook", "PreStopHook failed", container) }
      hookTime = min(outcome.time, grace)
    }
    let signal = now + hookTime
    container.requestStop(
      at: signal, deadline: signal + max(grace - hookTime, hookTime > .zero ? Self.leastTime : .zero))
  }

  private func record(
    _ severity: EventRecorder.Severity, _ reason: String, _ message: String, _ container: ContainerRun
  ) {
    kubelet.events.record(
      severity, reason, message, about: pod, kind: .pod, fieldPath: "spec.\(container.role.list){\(spec.name)}")
  }
}
