import API
import Kinds
import Loop
import Store
import Tree

/// Ends pods when a node's memory or disk is nearly used up, or when they use more of the disk than they may
/// (Kubernetes documentation, "Node-pressure Eviction"; kubernetes/pkg/kubelet/eviction).
///
/// The number of processes has no threshold unless somebody sets one, and nobody has.
struct PressureKeeper {
  /// How often the kubelet looks (housekeeping of the eviction manager).
  static let period: Duration = .seconds(10)
  /// How long a condition stays after the pressure has gone (evictionPressureTransitionPeriod).
  static let transition: Duration = .minutes(5)
  /// From this priority on a pod is critical, and never ended for its node's sake.
  static let criticalPriority: Int64 = 2_000_000_000

  let kubelet: Kubelet

  /// Something that runs short.
  enum Signal: CaseIterable {
    case memory, disk

    var resource: String { self == .memory ? "memory" : "ephemeral-storage" }
    /// The node's condition.
    var condition: String { self == .memory ? "MemoryPressure" : "DiskPressure" }

    /// How much has to be free: `memory.available` of 100Mi; and as images and containers share a disk, the higher one of
    /// `imagefs.available` 15% and `nodefs.available` 10%.
    var threshold: Int64 { self == .memory ? 100 << 20 : NodeUsage.disk * 15 / 100 }
  }

  /// Looks at what is used, and ends what has to end. Answers what runs short.
  func look() -> [Signal] {
    let short = Signal.allCases.filter { available($0) < $0.threshold }
    if evictOverLimits() { return short }
    guard let first = short.first else { return [] }
    kubelet.events.record(
      .warning, "EvictionThresholdMet", "Attempting to reclaim \(first.resource)", about: kubelet.nodeView, kind: .node)
    if first == .disk {
      ImageCleaner(kubelet: kubelet).removeUnused()
      if available(.disk) >= first.threshold { return short }
    }
    if let victim = ranked(candidates(first)).first { evict(victim, first) }
    return short
  }

  private func available(_ signal: Signal) -> Int64 {
    signal == .memory
      ? NodeUsage.memory - NodeUsage.systemMemory - kubelet.memoryInUse : NodeUsage.disk - kubelet.diskInUse
  }

  // MARK: Who goes

  /// One of the node's pods, with what decides about it.
  private struct Candidate {
    let pod: Pod
    let run: PodRun
    let usage: Int64
    let request: Int64

    var priority: Int64 { pod.spec.value["priority"]?.integer ?? 0 }
    var excess: Int64 { usage - request }
  }

  private func candidates(_ signal: Signal) -> [Candidate] {
    activePods.map { pod, run in
      let usage = signal == .memory ? run.memory(at: kubelet.now) : run.diskUse
      return Candidate(pod: pod, run: run, usage: usage, request: PodRequests.amount(signal.resource, of: pod.spec))
    }
  }

  /// The pods that may be ended: not those that end already, and not those that the node or the cluster cannot do without.
  private var activePods: [(pod: Pod, run: PodRun)] {
    kubelet.sortedRuns.compactMap { key, run in
      guard let stored = kubelet.client.store[key], run.ending == nil else { return nil }
      let pod = Pod(stored.value)
      return pod.isTerminal || Self.isCritical(pod) ? nil : (pod, run)
    }
  }

  static func isCritical(_ pod: Pod) -> Bool {
    StaticPods.isMirror(pod) || (pod.spec.value["priority"]?.integer ?? 0) >= criticalPriority
  }

  /// Those above their requests first, then those of low priority, then those furthest above their requests.
  private func ranked(_ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { $0.usage > 0 }.sorted { left, right in
      let (leftExceeds, rightExceeds) = (left.excess > 0, right.excess > 0)
      if leftExceeds != rightExceeds { return leftExceeds }
      if left.priority != right.priority { return left.priority < right.priority }
      return left.excess > right.excess
    }
  }

  private func evict(_ victim: Candidate, _ signal: Signal) {
    var message =
      "The node was low on resource: \(signal.resource). Threshold quantity: \(Self.text(signal.threshold)), "
      + "available: \(Self.text(available(signal))). "
    if signal == .memory, let request = victim.pod.spec.value["resources", "requests", "memory"]?.string {
      message +=
        "Pod \(victim.pod.name) was using \(Self.text(victim.usage)), request is \(request), "
        + "has larger consumption of memory. "
    }
    for spec in victim.pod.spec.containers + victim.pod.spec.initContainers {
      guard let container = victim.run.container(spec.name), container.id != nil else { continue }
      let used = signal == .memory ? container.memory(at: kubelet.now) : container.diskUse
      let request = spec.requests[signal.resource].flatMap { Quantity($0) }
      guard used > request?.value ?? 0 else { continue }
      message +=
        "Container \(spec.name) was using \(Self.text(used)), request is \(request?.description ?? "0"), "
        + "has larger consumption of \(signal.resource). "
    }
    end(victim.pod, victim.run, message, isDisruption: true)
  }

  private func end(_ pod: Pod, _ run: PodRun, _ message: String, isDisruption: Bool) {
    kubelet.events.record(.warning, "Evicted", message, about: pod, kind: .pod)
    run.ending = PodRun.Ending(reason: "Evicted", message: message, isDisruption: isDisruption)
    for container in run.allContainers where container.state.isRunning {
      run.update(container.name) { $0.kill(at: kubelet.now) }
    }
    kubelet.add(Kind.pod.key(namespace: pod.namespace, name: pod.name))
  }

  private static func text(_ bytes: Int64) -> String { Quantity(value: bytes, format: .binarySuffix).description }

  // MARK: Limits

  /// Ends the pods that use more of the disk than they say they will. Answers whether there were any.
  private func evictOverLimits() -> Bool {
    guard kubelet.hasDiskLimits else { return false }
    var hasEvicted = false
    for (pod, run) in activePods {
      guard let message = DiskLimits(pod: pod, run: run).excess else { continue }
      end(pod, run, message, isDisruption: false)
      hasEvicted = true
    }
    return hasEvicted
  }
}

/// What a pod may use of its node's disk.
struct DiskLimits {
  let pod: Pod
  let run: PodRun

  /// Whether there are any.
  static func isLimited(_ pod: Pod) -> Bool {
    pod.allContainers.contains { $0.limits["ephemeral-storage"] != nil }
      || (pod.spec.value["volumes"]?.array ?? []).contains { $0["emptyDir", "sizeLimit"] != nil }
  }

  /// What is used too much of, in the kubelet's words; nil: nothing.
  var excess: String? { volume ?? whole ?? container }

  private var volume: String? {
    for volume in pod.spec.value["volumes"]?.array ?? [] {
      guard let limit = volume["emptyDir", "sizeLimit"]?.string.flatMap({ Quantity($0) }), limit.value > 0,
        let name = volume["name"]?.string, run.volumes.size(of: name) > limit.value
      else { continue }
      return "Usage of EmptyDir volume \"\(name)\" exceeds the limit \"\(limit)\". "
    }
    return nil
  }

  private func limit(of container: Container) -> Quantity? {
    container.limits["ephemeral-storage"].flatMap { Quantity($0) }
  }

  private var whole: String? {
    let limits = (pod.spec.containers + pod.spec.sidecars).compactMap(limit)
    guard !limits.isEmpty else { return nil }
    let sum = limits.reduce(Quantity.zero) { $0 + $1 }
    guard run.diskUse > sum.value else { return nil }
    return "Pod ephemeral local storage usage exceeds the total limit of containers \(sum). "
  }

  private var container: String? {
    for spec in pod.spec.containers {
      guard let limit = limit(of: spec), limit.value > 0, let used = run.container(spec.name)?.diskUse,
        used > limit.value
      else { continue }
      return "Container \(spec.name) exceeded its local ephemeral storage limit \"\(limit)\". "
    }
    return nil
  }
}

extension ContainerRun {
  /// Bytes of disk for what it has written: its own files, and its log.
  var diskUse: Int64 { id == nil ? 0 : (world?.files.ownSize ?? 0) + log.size }
}

extension PodRun {
  /// Bytes of memory that its containers use.
  func memory(at now: Time) -> Int64 { allContainers.reduce(0) { $0 + $1.memory(at: now) } }

  /// Bytes of the node's disk that its containers and its own volumes use.
  var diskUse: Int64 {
    scratchVolumes.reduce(allContainers.reduce(0) { $0 + $1.diskUse }) { $0 + volumes.size(of: $1) }
  }

  /// The volumes that live and die with the pod, on the node's disk.
  static func scratchVolumes(of pod: Pod) -> [String] {
    (pod.spec.value["volumes"]?.array ?? []).compactMap { volume in
      guard let scratch = volume["emptyDir"], scratch["medium"]?.string?.isEmpty ?? true else { return nil }
      return volume["name"]?.string
    }
  }
}
