import Kinds
import Loop
import Network
import Tree

/// What a node holds of one pod: its sandbox with an address, and its containers.
final class PodRun {
  let uid: String
  /// When the kubelet took it on.
  let admitted: Time
  let network: PodNetwork
  let volumes = PodVolumes()
  /// What the node has set aside for its containers.
  var allocation: PodAllocation
  /// When its sandbox (network, cgroup) is there.
  let sandboxReady: Time
  var initContainers: [ContainerRun]
  var containers: [ContainerRun]
  var ephemeralContainers: [ContainerRun] = []
  /// The ConfigMaps and Secrets whose files it mounts: `configmaps/settings`.
  let configurations: Set<String>
  /// Its volumes on the node's disk, and whether it says how much of the disk it may use.
  let scratchVolumes: [String]
  let hasDiskLimits: Bool
  /// Those who are attached to containers' programs.
  var attachments: [(container: String, attachment: Attachment)] = []
  /// Not before that moment does the kubelet notice what became of the containers (it looks once a second).
  var noticed: Time?
  /// Set once the pod is to end for good, whatever its containers do.
  var ending: Ending?
  /// When its containers were told to end because it is deleted.
  var stopRequested: Time?
  /// When it was last said that Secrets for pulling images are missing.
  var toldOfSecrets: Time?
  /// When its volumes are tried again, and how long that was put off last (500 ms doubling to 2 min 2 s).
  var mountRetry: Time?
  var mountDelay: Duration = .milliseconds(250)
  static let longestMountDelay: Duration = .seconds(122)
  /// All is over; the object is removed at that moment.
  var removal: Time?

  /// Why a pod ends that nobody deleted.
  struct Ending: Equatable {
    var reason: String
    var message: String
    /// Whether the node ends it for reasons of its own (condition DisruptionTarget).
    var isDisruption = false
  }

  init(_ pod: Pod, admitted: Time, network: PodNetwork, sandboxReady: Time) {
    uid = pod.uid
    self.admitted = admitted
    self.network = network
    self.sandboxReady = sandboxReady
    allocation = PodAllocation(pod)
    initContainers = pod.spec.initContainers.map {
      ContainerRun(name: $0.name, role: $0.value["restartPolicy"]?.string == "Always" ? .sidecar : .initial)
    }
    configurations = VolumeContent.configurations(of: pod)
    scratchVolumes = Self.scratchVolumes(of: pod)
    hasDiskLimits = DiskLimits.isLimited(pod)
    let isWaiting = !initContainers.isEmpty
    containers = pod.spec.containers.map { container in
      var run = ContainerRun(name: container.name, role: .main)
      if isWaiting { run.state = .waiting(reason: "PodInitializing") }
      return run
    }
  }

  var ip: String { network.peer.address }

  var isInitialised: Bool { initContainers.allSatisfy(\.isInitialised) }

  var allContainers: [ContainerRun] {
    initContainers.isEmpty && ephemeralContainers.isEmpty
      ? containers : initContainers + containers + ephemeralContainers
  }

  /// Whether no container runs any more or will.
  var isStopped: Bool {
    allContainers.allSatisfy { !$0.state.isRunning && !$0.isBusy }
  }

  func container(_ name: String) -> ContainerRun? { allContainers.first { $0.name == name } }

  /// Changes a container. Meanwhile it is out of the pod, so that what the change does may look at the pod.
  func update<Result>(_ name: String, _ change: (inout ContainerRun) -> Result) -> Result? {
    for list in [\PodRun.containers, \PodRun.initContainers, \PodRun.ephemeralContainers] {
      guard let index = self[keyPath: list].firstIndex(where: { $0.name == name }) else { continue }
      var container = ContainerRun(name: name, role: .main)
      swap(&container, &self[keyPath: list][index])
      defer { self[keyPath: list][index] = container }
      return change(&container)
    }
    return nil
  }

  /// When something is due for the pod after now. What was due before and could not be done is looked at again with
  /// the next relisting.
  func nextDeadline(now: Time) -> Time? {
    var deadlines = allContainers.compactMap { $0.nextDeadline(now: now) }
    if sandboxReady > now { deadlines.append(sandboxReady) }
    if let noticed { deadlines.append(noticed) }
    if let removal { deadlines.append(removal) }
    if let mountRetry, mountRetry > now { deadlines.append(mountRetry) }
    if let retry = allocation.retry, retry > now { deadlines.append(retry) }
    if let completion = allocation.completion { deadlines.append(completion) }
    return deadlines.map { $0 > now ? $0 : now + Kubelet.relistPeriod }.min()
  }
}
