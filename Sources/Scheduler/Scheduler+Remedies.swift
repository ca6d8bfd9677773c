import API
import Kinds
import Store

/// What a node lacks for a pod, for whoever wants to know what would have to change.
extension Scheduler {
  /// An amount of a resource that a node lacks.
  package struct Shortage: Sendable, Equatable {
    /// `cpu`, `memory`, `nvidia.com/gpu`
    package let resource: String
    /// The amount as a manifest writes it: `200m`, `64Mi`.
    package let text: String
  }

  /// How much less the pod would have to request to fit on the node as it is now; empty where nothing is lacking, or
  /// where pod or node is unknown.
  package func shortfall(of uid: String, on name: String) -> [Shortage] {
    guard let pod = waitingPod(uid), let node = cluster.nodes.first(where: { $0.name == name }) else { return [] }
    let (wanted, has, taken) = (pod.requests.amounts, node.allocatable, node.requested)
    var shortages: [Shortage] = []
    func note(_ resource: String, _ missing: Int64, _ quantity: (Int64) -> Quantity) {
      if missing > 0 { shortages.append(Shortage(resource: resource, text: quantity(missing).description)) }
    }
    if wanted.milliCPU > 0 {
      note("cpu", wanted.milliCPU - (has.milliCPU - taken.milliCPU)) { Quantity(milliValue: $0) }
    }
    if wanted.memory > 0 {
      note("memory", wanted.memory - (has.memory - taken.memory)) { Quantity(value: $0, format: .binarySuffix) }
    }
    if wanted.ephemeralStorage > 0 {
      note("ephemeral-storage", wanted.ephemeralStorage - (has.ephemeralStorage - taken.ephemeralStorage)) {
        Quantity(value: $0, format: .binarySuffix)
      }
    }
    for (name, amount) in wanted.extended.sorted(by: { $0.key < $1.key }) where amount > 0 {
      note(name, amount - ((has.extended[name] ?? 0) - (taken.extended[name] ?? 0))) { Quantity(value: $0) }
    }
    return shortages
  }

  /// The node's taints that keep the pod away, as `kubectl taint` takes them: `dedicated=gpu:NoSchedule`.
  package func untoleratedTaints(of uid: String, on name: String) -> [String] {
    guard let pod = waitingPod(uid), let node = cluster.nodes.first(where: { $0.name == name }) else { return [] }
    return node.taints.filter { $0.effect != "PreferNoSchedule" && !pod.tolerations.tolerate($0) }.map { taint in
      (taint.text.isEmpty ? taint.key : "\(taint.key)=\(taint.text)") + ":" + taint.effect
    }
  }

  private func waitingPod(_ uid: String) -> PodSummary? {
    decision(for: uid).flatMap { client.store[$0.pod] }.flatMap { $0.uid == uid ? PodSummary($0) : nil }
  }
}
