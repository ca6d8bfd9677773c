import API
import Kinds
import Store
import Tree

/// How a pod and its like are to be spread over the parts of a cluster.
struct TopologySpreadConstraint {
  let maximumSkew: Int64
  let topologyKey: String
  let isHard: Bool
  let selector: LabelSelector
  let minimumDomains: Int64
  let honoursAffinity: Bool
  let honoursTaints: Bool

  /// The pod's own constraints: those that must hold, or those that should.
  static func stated(by pod: PodSummary, hard: Bool) -> [TopologySpreadConstraint] {
    (pod.pod.spec.value["topologySpreadConstraints"]?.array ?? [])
      .map { TopologySpreadConstraint($0, pod: pod) }
      .filter { $0.isHard == hard }
  }

  /// What holds for a pod that states nothing: its like should be spread over nodes and zones
  /// (kube-scheduler's system defaults).
  static func defaults(for pod: PodSummary, in cluster: ClusterSummary) -> [TopologySpreadConstraint] {
    guard let selector = siblingSelector(of: pod, in: cluster) else { return [] }
    return [("kubernetes.io/hostname", Int64(3)), ("topology.kubernetes.io/zone", 5)].map { key, skew in
      TopologySpreadConstraint(key, maximumSkew: skew, selector: selector)
    }
  }

  private init(_ topologyKey: String, maximumSkew: Int64, selector: LabelSelector) {
    self.topologyKey = topologyKey
    self.maximumSkew = maximumSkew
    self.selector = selector
    isHard = false
    minimumDomains = 1
    honoursAffinity = true
    honoursTaints = false
  }

  private init(_ value: Value, pod: PodSummary) {
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
      guard let key = key.string, let label = pod.labels[key] else { continue }
      requirements.append(.init(key: key, .isIn, values: [label]))
    }
    selector = LabelSelector(requirements)
  }

  /// What selects the pod's like: the Services that select it and the ReplicaSet that made it.
  private static func siblingSelector(of pod: PodSummary, in cluster: ClusterSummary) -> LabelSelector? {
    var requirements: [LabelSelector.Requirement] = []
    for service in cluster.store.list(Kind.service.groupResource, namespace: pod.namespace) {
      guard let selector = service.value["spec", "selector"].map({ LabelSelector(labels: TextMap($0)) }),
        !selector.isEmpty, selector.matches(pod.labels)
      else { continue }
      requirements += selector.requirements
    }
    if let owner = pod.pod.metadata.controller, owner.kind == "ReplicaSet" {
      let key = Kind.replicaSet.key(namespace: pod.namespace, name: owner.name)
      let selector = cluster.store[key]?.value["spec", "selector"].flatMap { LabelSelector($0) }
      requirements += selector?.requirements ?? []
    }
    return requirements.isEmpty ? nil : LabelSelector(requirements)
  }

  /// How many of the node's pods are the pod's like.
  func count(on node: NodeSummary, namespace: String) -> Int64 {
    Int64(node.pods.count { !$0.isDeleting && $0.namespace == namespace && selector.matches($0.labels) })
  }
}

/// Whether a node takes part in the counting.
struct SpreadInclusion {
  private let pod: PodSummary
  private let requirement: NodeRequirement?

  init(_ pod: PodSummary) {
    self.pod = pod
    requirement = NodeRequirement(pod)
  }

  func includes(_ node: NodeSummary, _ constraint: TopologySpreadConstraint) -> Bool {
    if constraint.honoursAffinity, let requirement, !requirement.matches(node) { return false }
    guard constraint.honoursTaints else { return true }
    return node.taints.allSatisfy { $0.effect == "PreferNoSchedule" || pod.tolerations.tolerate($0) }
  }
}
