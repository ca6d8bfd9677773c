import API
import Kinds
import Store
import Tree

/// Whether a node takes a pod, or more of a pod (kubernetes/pkg/kubelet/lifecycle). The scheduler has looked at the same
/// things; a pod whose `nodeName` somebody wrote has met no scheduler.
struct NodeAdmission {
  /// Why the node refuses.
  struct Refusal: Equatable {
    /// `OutOfcpu`, `NodeAffinity`, `Deferred` …
    var reason: String
    var message: String
  }

  let kubelet: Kubelet

  private static let counted = ["cpu", "memory", "ephemeral-storage"]

  /// Why the pod is not taken on at all; nil: it is.
  func refusal(of pod: Pod) -> Refusal? {
    if let pressure = pressure(on: pod) { return pressure }
    let node = kubelet.nodeView
    if let shortage = shortage(for: pod, on: node) { return shortage }
    let labels = node.metadata.labels
    if pod.spec.nodeSelector.pairs.contains(where: { labels[$0.key] != $0.value }) {
      return Refusal(
        reason: "NodeAffinity",
        message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector")
    }
    return nil
  }

  /// A node on which something runs short takes critical pods only; if it is memory, also those that say what they need,
  /// and those that bear it (kubernetes/pkg/kubelet/eviction, Admit).
  private func pressure(on pod: Pod) -> Refusal? {
    guard !kubelet.pressures.isEmpty, !PressureKeeper.isCritical(pod) else { return nil }
    if kubelet.pressures == [.memory] {
      if QualityOfService.className(of: pod.spec) != "BestEffort" || Self.bearsMemoryPressure(pod) { return nil }
    }
    let conditions = kubelet.pressures.map(\.condition).joined(separator: " ")
    return Refusal(reason: "Evicted", message: "The node had condition: [\(conditions)]. ")
  }

  private static func bearsMemoryPressure(_ pod: Pod) -> Bool {
    pod.spec.tolerations.contains { toleration in
      let key = toleration["key"]?.string ?? ""
      let effect = toleration["effect"]?.string ?? ""
      guard effect.isEmpty || effect == "NoSchedule" else { return false }
      if key.isEmpty { return toleration["operator"]?.string == "Exists" }
      return key == "node.kubernetes.io/memory-pressure"
    }
  }

  private func shortage(for pod: Pod, on node: Node) -> Refusal? {
    let others = others(than: pod)
    if let limit = node.status.allocatable["pods"].flatMap({ Int64($0) }), Int64(others.count) + 1 > limit {
      return insufficient("pods", requested: 1, used: Int64(others.count), capacity: limit)
    }
    for resource in Self.counted {
      let requested = PodRequests.amount(resource, of: pod.spec)
      guard requested > 0, let capacity = capacity(resource, of: node) else { continue }
      let used = others.reduce(0) { $0 + PodRequests.amount(resource, of: $1.spec) }
      if requested > capacity - used {
        return insufficient(resource, requested: requested, used: used, capacity: capacity)
      }
    }
    return nil
  }

  private func insufficient(_ resource: String, requested: Int64, used: Int64, capacity: Int64) -> Refusal {
    Refusal(
      reason: "OutOf" + resource,
      message: "Node didn't have enough resource: \(resource), requested: \(requested), used: \(used), "
        + "capacity: \(capacity)")
  }

  /// Why a pod that runs does not get what its spec wishes now; nil: it does.
  func refusal(ofResize pod: Pod) -> Refusal? {
    let node = kubelet.nodeView
    for resource in ["cpu", "memory"] {
      let requested = PodRequests.amount(resource, of: pod.spec)
      guard let capacity = capacity(resource, of: node), requested > capacity else { continue }
      return Refusal(
        reason: "Infeasible",
        message: "Node didn't have enough capacity: \(resource), requested: \(requested), capacity: \(capacity)")
    }
    return shortage(for: pod, on: node).map { Refusal(reason: "Deferred", message: $0.message) }
  }

  private func capacity(_ resource: String, of node: Node) -> Int64? {
    guard let quantity = node.status.allocatable[resource].flatMap({ Quantity($0) }) else { return nil }
    return resource == "cpu" ? quantity.milliValue : quantity.value
  }

  /// The node's other pods that have not ended, with what was granted to them.
  private func others(than pod: Pod) -> [Pod] {
    kubelet.sortedRuns.compactMap { key, run in
      guard run.uid != pod.uid, let stored = kubelet.client.store[key] else { return nil }
      let other = Pod(stored.value)
      return other.isTerminal ? nil : run.allocation.granting(other)
    }
  }
}
