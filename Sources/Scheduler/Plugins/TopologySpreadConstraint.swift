import API
import Kinds
import Store
import Tree

/// How a pod and its like are to be spread over the parts of a cluster.
struct TopologySpreadConstraint: Sendable {
  let maximumSkew: Int64
  let topologyKey: String
  let isHard: Bool
  let selection: PodSelection
  let minimumDomains: Int64
  let honoursAffinity: Bool
  let honoursTaints: Bool

  /// A constraint that holds for pods that state none.
  init(_ topologyKey: String, maximumSkew: Int64, isHard: Bool = false, selector: LabelSelector, namespace: String) {
    self.topologyKey = topologyKey
    self.maximumSkew = maximumSkew
    self.isHard = isHard
    selection = PodSelection(selector, namespaces: [namespace], countsDeleting: false)
    minimumDomains = 1
    honoursAffinity = true
    honoursTaints = false
  }

  init(_ value: Value, labels: TextMap, namespace: String) {
    maximumSkew = value["maxSkew"]?.integer ?? 1
    topologyKey = value["topologyKey"]?.string ?? ""
    isHard = value["whenUnsatisfiable"]?.string != "ScheduleAnyway"
    minimumDomains = value["minDomains"]?.integer ?? 1
    honoursAffinity = value["nodeAffinityPolicy"]?.string != "Ignore"
    honoursTaints = value["nodeTaintsPolicy"]?.string == "Honor"
    // A constraint without a selector is about no pods, not about all.
    var requirements =
      value["labelSelector"].flatMap { LabelSelector($0) }?.requirements
      ?? [.init(key: "", .isIn, values: [])]
    for key in value["matchLabelKeys"]?.array ?? [] {
      guard let key = key.string, let label = labels[key] else { continue }
      requirements.append(.init(key: key, .isIn, values: [label]))
    }
    selection = PodSelection(LabelSelector(requirements), namespaces: [namespace], countsDeleting: false)
  }
}

/// What constraints hold for pods that state none (PodTopologySpreadArgs).
struct DefaultSpread: Sendable {
  struct Constraint: Sendable {
    let topologyKey: String
    let maximumSkew: Int64
    let isHard: Bool
  }

  let constraints: [Constraint]

  /// kube-scheduler's system defaults: over nodes and zones, where it is possible.
  static let system = DefaultSpread(constraints: [
    Constraint(topologyKey: "kubernetes.io/hostname", maximumSkew: 3, isHard: false),
    Constraint(topologyKey: "topology.kubernetes.io/zone", maximumSkew: 5, isHard: false),
  ])

  func constraints(for pod: PodSummary, hard: Bool, in cluster: ClusterSummary) -> [TopologySpreadConstraint] {
    let wanted = constraints.filter { $0.isHard == hard }
    guard !wanted.isEmpty, let selector = Self.siblingSelector(of: pod, in: cluster) else { return [] }
    return wanted.map { constraint in
      TopologySpreadConstraint(
        constraint.topologyKey, maximumSkew: constraint.maximumSkew, isHard: hard, selector: selector,
        namespace: pod.namespace)
    }
  }

  /// What selects the pod's like: the Services that select it and the workload that made it.
  private static func siblingSelector(of pod: PodSummary, in cluster: ClusterSummary) -> LabelSelector? {
    var requirements = cluster.services.selecting(pod).flatMap(\.requirements)
    if let owner = pod.pod.metadata.controller, let kind = workloads[owner.kind] {
      let spec = cluster.store[kind.key(namespace: pod.namespace, name: owner.name)]?.value["spec", "selector"]
      let selector =
        kind == .replicationController
        ? spec.map { LabelSelector(labels: TextMap($0)) } : spec.flatMap { LabelSelector($0) }
      requirements += selector?.requirements ?? []
    }
    return requirements.isEmpty ? nil : LabelSelector(requirements)
  }

  private static let workloads: [String: Kind] = [
    "ReplicaSet": .replicaSet, "ReplicationController": .replicationController, "StatefulSet": .statefulSet,
  ]
}

/// Whether a node takes part in the counting.
struct SpreadInclusion {
  private let pod: PodSummary
  private let requirement: NodeRequirement?

  init(_ pod: PodSummary) {
    self.pod = pod
    requirement = NodeRequirement(pod)
  }

  /// The same for a constraint that only counts nodes which have all of the labels.
  func test(_ constraint: TopologySpreadConstraint, among topologies: [Topology]) -> ((NodeSummary) -> Bool)? {
    let includes = test(constraint)
    let partial = topologies.filter { !$0.isComplete }
    if partial.isEmpty { return includes }
    return { node in partial.allSatisfy { $0[node] >= 0 } && includes?(node) ?? true }
  }

  /// Nil where every node takes part.
  func test(_ constraint: TopologySpreadConstraint) -> ((NodeSummary) -> Bool)? {
    let requirement = constraint.honoursAffinity ? requirement : nil
    if requirement == nil, !constraint.honoursTaints { return nil }
    return { node in
      if let requirement, !requirement.matches(node) { return false }
      guard constraint.honoursTaints else { return true }
      return node.taints.allSatisfy { $0.effect == "PreferNoSchedule" || pod.tolerations.tolerate($0) }
    }
  }
}
