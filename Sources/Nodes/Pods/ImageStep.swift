import API
import Kinds
import Loop

/// Gets a container's image onto its node.
struct ImageStep {
  let step: ContainerStep

  /// How long `ErrImagePull` shows before it becomes `ImagePullBackOff`.
  static let errorShown: Duration = .seconds(2)

  private var kubelet: Kubelet { step.kubelet }
  private var now: Time { step.now }
  private var name: String { step.spec.image }

  /// Creates the container if the image is there, or pulls it.
  func begin(_ container: inout ContainerRun) {
    if let retry = container.pullRetry, retry > now { return }
    if case .waiting("ErrImagePull", let message) = container.state {
      return backOff(&container, message ?? "")
    }
    container.pullRetry = nil
    tellMissingSecrets()
    guard let reference = ImageReference(name) else { return refuseName(&container) }
    let policy = step.spec.imagePullPolicy
    let isPresent = kubelet.images.has(reference) && mayUse(reference)
    if isPresent, policy != "Always" {
      step.record(
        .normal, "Pulled", "Container image \"\(name)\" already present on machine and can be accessed by the pod")
      return step.create(&container, reference)
    }
    if policy == "Never" { return refuseByPolicy(&container) }
    step.record(.normal, "Pulling", "Pulling image \"\(name)\"")
    let (_, end) = kubelet.images.pull(reference, taking: pullTime(reference), at: now)
    container.state = .pulling(start: now, end: end)
  }

  private var secrets: PullSecrets { PullSecrets(client: kubelet.client, pod: step.pod) }

  /// Whether the pod may use an image that the node has: what somebody else pulled with a login is not for all.
  private func mayUse(_ reference: ImageReference) -> Bool {
    guard case .found(let image) = kubelet.registry.lookup(reference) else { return true }
    return secrets.open(reference, wanting: image.login)
  }

  private func tellMissingSecrets() {
    let missing = secrets.missing
    guard !missing.isEmpty, step.run.toldOfSecrets != now else { return }
    step.run.toldOfSecrets = now
    kubelet.events.record(
      .warning, "FailedToRetrieveImagePullSecret",
      "Unable to retrieve some image pull secrets (\(missing.joined(separator: ", "))); attempting to pull the image "
        + "may not succeed.", about: step.pod, kind: .pod)
  }

  private func pullTime(_ reference: ImageReference) -> Duration {
    let factor = kubelet.pullFactor(reference)
    guard case .found(let image) = kubelet.registry.lookup(reference) else { return .milliseconds(900) * factor }
    if kubelet.images.has(reference) { return .milliseconds(450) * factor }
    let transfer = Duration.milliseconds(image.size * 1_000 / NodeImages.bytesPerSecond)
    let time = image.pullTime ?? transfer + .milliseconds(600 + kubelet.random.below(400))
    return time * factor
  }

  func finishPull(_ container: inout ContainerRun, start: Time) {
    guard let reference = ImageReference(name) else { return refuseName(&container) }
    let found = kubelet.registry.lookup(reference)
    if let problem = ImageRegistry.refusal(reference, found, secrets) { return fail(&container, problem) }
    guard case .found(let image) = found else { return }
    container.pullBackoff = RetryBackoff()
    kubelet.images.add(reference, size: image.size, digest: image.digest, at: now)
    let time = (now - start).goText
    step.record(
      .normal, "Pulled",
      "Successfully pulled image \"\(name)\" in \(time) (\(time) including waiting). Image size: \(image.size) bytes.")
    step.create(&container, reference)
  }

  // MARK: Refusals

  private func fail(_ container: inout ContainerRun, _ problem: String) {
    container.pullBackoff.raise(at: now)
    step.record(.warning, "Failed", "Failed to pull image \"\(name)\": \(problem)")
    step.record(.warning, "Failed", "Error: ErrImagePull")
    container.state = .waiting(reason: "ErrImagePull", message: problem)
    container.pullRetry = now + Self.errorShown
  }

  private func backOff(_ container: inout ContainerRun, _ problem: String) {
    step.record(.normal, "BackOff", "Back-off pulling image \"\(name)\"")
    step.record(.warning, "Failed", "Error: ImagePullBackOff")
    container.state = .waiting(
      reason: "ImagePullBackOff", message: "Back-off pulling image \"\(name)\": ErrImagePull: \(problem)")
    container.pullRetry = now + container.pullBackoff.delay - Self.errorShown
  }

  private func refuseByPolicy(_ container: inout ContainerRun) {
    let message = "Container image \"\(name)\" is not present with pull policy of Never"
    step.record(.warning, "ErrImageNeverPull", message)
    step.record(.warning, "Failed", "Error: ErrImageNeverPull")
    container.state = .waiting(reason: "ErrImageNeverPull", message: message)
    container.pullRetry = now + .seconds(10)
  }

  private func refuseName(_ container: inout ContainerRun) {
    let message =
      "Failed to apply default image tag \"\(name)\": couldn't parse image name \"\(name)\": invalid reference format"
    step.record(.warning, "InspectFailed", message)
    step.record(.warning, "Failed", "Error: InvalidImageName")
    container.state = .waiting(reason: "InvalidImageName", message: message)
    container.pullRetry = now + .seconds(10)
  }
}
