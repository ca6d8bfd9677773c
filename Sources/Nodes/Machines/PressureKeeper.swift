import API
import Kinds
import Loop
import Store
import Tree

/// Ends pods when a node's memory is nearly used up (Kubernetes documentation, "Node-pressure Eviction").
struct PressureKeeper {
  /// How often the kubelet looks (housekeeping of the eviction manager).
  static let period: Duration = .seconds(10)
  /// `memory.available` below which a pod has to go at once.
  static let threshold: Int64 = 100 << 20
  /// How long the condition stays after the pressure has gone (evictionPressureTransitionPeriod).
  static let transition: Duration = .minutes(5)

  let kubelet: Kubelet

  /// One of the node's pods, with what decides about it.
  private struct Candidate {
    let pod: Pod
    let run: PodRun
    let usage: Int64
    let request: Int64
    let priority: Int64

    var excess: Int64 { usage - request }
  }

  /// Looks at the memory; ends one pod if it is nearly used up. Answers whether there is pressure.
  func look() -> Bool {
    let available = NodeUsage.memory - NodeUsage.systemMemory - kubelet.memoryInUse
    guard available < Self.threshold else { return false }
    kubelet.events.record(
      .warning, "EvictionThresholdMet", "Attempting to reclaim memory", about: kubelet.nodeView, kind: .node)
    if let victim = ranked(candidates).first { evict(victim, available: available) }
    return true
  }

  private var candidates: [Candidate] {
    kubelet.sortedRuns.compactMap { key, run in
      guard let stored = kubelet.client.store[key], run.ending == nil else { return nil }
      let pod = Pod(stored.value)
      let usage = run.allContainers.reduce(0) { $0 + $1.memory(at: kubelet.now) }
      let request = pod.spec.containers.reduce(0) { $0 + Self.request($1) }
      return Candidate(
        pod: pod, run: run, usage: usage, request: request, priority: pod.spec.value["priority"]?.integer ?? 0)
    }
  }

  private static func request(_ container: Container) -> Int64 {
    (container.requests["memory"] ?? container.limits["memory"]).flatMap { Quantity($0) }?.value ?? 0
  }

  /// Those above their requests first, then those of low priority, then those furthest above their requests; critical
  /// pods never.
  private func ranked(_ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { $0.priority < 2_000_000_000 && $0.usage > 0 }.sorted { left, right in
      let (leftExceeds, rightExceeds) = (left.excess > 0, right.excess > 0)
      if leftExceeds != rightExceeds { return leftExceeds }
      if left.priority != right.priority { return left.priority < right.priority }
      return left.excess > right.excess
    }
  }

  private func evict(_ victim: Candidate, available: Int64) {
    var message =
      "The node was low on resource: memory. Threshold quantity: \(Self.text(Self.threshold)), "
      + "available: \(available >> 10)Ki. "
    for spec in victim.pod.spec.containers {
      let used = victim.run.container(spec.name)?.memory(at: kubelet.now) ?? 0
      let request = Self.request(spec)
      guard used > request else { continue }
      message +=
        "Container \(spec.name) was using \(used >> 10)Ki, request is \(Self.text(request)), "
        + "has larger consumption of memory. "
    }
    kubelet.events.record(.warning, "Evicted", message, about: victim.pod, kind: .pod)
    victim.run.ending = PodRun.Ending(reason: "Evicted", message: message, isDisruption: true)
    for container in victim.run.allContainers where container.state.isRunning {
      victim.run.update(container.name) { $0.kill(at: kubelet.now) }
    }
    kubelet.add(Kind.pod.key(namespace: victim.pod.namespace, name: victim.pod.name))
  }

  private static func text(_ bytes: Int64) -> String { Quantity(value: bytes, format: .binarySuffix).description }
}
