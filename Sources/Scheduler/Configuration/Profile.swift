import Loop

/// The plugins by which the pods of one scheduler's name are placed.
struct Profile: Sendable {
  /// What a pod's `spec.schedulerName` says to be placed by it.
  var schedulerName = "default-scheduler"
  var filters: [any FilterPlugin] = PluginTable.filters.map { $0.make() }
  var scores: [(plugin: any ScorePlugin, weight: Int64)] = PluginTable.scores.map { ($0.make(), $0.weight) }
  /// Whether pods of lower priority make room.
  var preempts = true
  /// Of how many percent of the nodes, and of how many at least, a preemption looks at the victims.
  var candidatePercentage = 10
  var candidateMinimum = 100
  /// How long claims are waited for, once a node is chosen.
  var bindTimeout: Duration = .seconds(600)
  /// Of how many percent of the nodes the best is sought; nil: as the configuration says.
  var percentageOfNodesToScore: Int?

  /// How many nodes are enough to choose victims among.
  func preemptionCandidates(among count: Int) -> Int {
    min(count, max(count * candidatePercentage / 100, candidateMinimum))
  }
}

/// What a plugin's place is in kube-scheduler's default profile.
enum PluginTable {
  struct Filter: Sendable {
    let name: String
    let make: @Sendable () -> any FilterPlugin
  }

  struct Score: Sendable {
    let name: String
    let weight: Int64
    let make: @Sendable () -> any ScorePlugin
  }

  static let filters: [Filter] = [
    Filter(name: "NodeUnschedulable") { NodeUnschedulableFilter() },
    Filter(name: "NodeName") { NodeNameFilter() },
    Filter(name: "TaintToleration") { TaintTolerationFilter() },
    Filter(name: "NodeAffinity") { NodeAffinityFilter() },
    Filter(name: "NodePorts") { NodePortsFilter() },
    Filter(name: "NodeResourcesFit") { NodeResourcesFitFilter() },
    Filter(name: "VolumeRestrictions") { VolumeRestrictionsFilter() },
    Filter(name: "NodeVolumeLimits") { NodeVolumeLimitsFilter() },
    Filter(name: "VolumeBinding") { VolumeBindingFilter() },
    Filter(name: "VolumeZone") { VolumeZoneFilter() },
    Filter(name: "PodTopologySpread") { PodTopologySpreadFilter() },
    Filter(name: "InterPodAffinity") { InterPodAffinityFilter() },
  ]

  static let scores: [Score] = [
    Score(name: "TaintToleration", weight: 3) { TaintTolerationScore() },
    Score(name: "NodeAffinity", weight: 2) { NodeAffinityScore() },
    Score(name: "NodeResourcesFit", weight: 1) { NodeResourcesFitScore() },
    Score(name: "PodTopologySpread", weight: 2) { PodTopologySpreadScore() },
    Score(name: "InterPodAffinity", weight: 2) { InterPodAffinityScore() },
    Score(name: "NodeResourcesBalancedAllocation", weight: 1) { NodeResourcesBalancedAllocationScore() },
    Score(name: "ImageLocality", weight: 1) { ImageLocalityScore() },
  ]

  static let preemption = "DefaultPreemption"
  /// Plugins that every profile has, and that neither filter nor score.
  static let others: Set<String> = ["PrioritySort", "SchedulingGates", "DefaultBinder", "DynamicResources"]

  static let names: Set<String> = Set(filters.map(\.name)).union(scores.map(\.name)).union(others)
    .union([preemption])
}
