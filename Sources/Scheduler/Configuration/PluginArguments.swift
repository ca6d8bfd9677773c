import Kinds
import Loop
import Tree

/// The arguments of a profile's plugins (`pluginConfig`).
struct PluginArguments {
  typealias Problem = SchedulerConfiguration.Problem

  private let arguments: [String: ConfigurationReader]
  private static let header: Set<String> = ["apiVersion", "kind"]

  init(_ arguments: [String: ConfigurationReader]) { self.arguments = arguments }

  func apply(to profile: inout Profile) throws(Problem) {
    try applyFit(to: &profile)
    try applyBalance(to: &profile)
    try applyAffinity(to: &profile)
    try applySpread(to: &profile)
    try applyNodeAffinity(to: &profile)
    try applyLimits(to: &profile)
  }

  private func reader(_ plugin: String, _ fields: Set<String>) throws(Problem) -> ConfigurationReader? {
    guard let reader = arguments[plugin] else { return nil }
    try reader.allow(fields.union(Self.header))
    return reader
  }

  private func replace(_ profile: inout Profile, _ score: any ScorePlugin) {
    profile.scores = profile.scores.map { $0.plugin.name == score.name ? (score, $0.weight) : $0 }
  }

  private func replace(_ profile: inout Profile, _ filter: any FilterPlugin) {
    profile.filters = profile.filters.map { $0.name == filter.name ? filter : $0 }
  }

  // MARK: Resources

  private func applyFit(to profile: inout Profile) throws(Problem) {
    guard
      let reader = try reader(
        "NodeResourcesFit", ["ignoredResources", "ignoredResourceGroups", "scoringStrategy"])
    else { return }
    let ignored = (reader.value["ignoredResources"]?.array ?? []).compactMap(\.string)
    replace(&profile, NodeResourcesFitFilter(ignored: Set(ignored)))
    guard let part = reader.part("scoringStrategy") else { return }
    try part.allow(["type", "resources", "requestedToCapacityRatio"])
    var strategy = ScoringStrategy()
    switch try part.text("type") ?? "LeastAllocated" {
    case "LeastAllocated": break
    case "MostAllocated": strategy.sort = .mostAllocated
    case "RequestedToCapacityRatio": strategy.sort = .requestedToCapacityRatio(try shape(part))
    default:
      throw part.problem("type", "must be LeastAllocated, MostAllocated or RequestedToCapacityRatio")
    }
    let resources = try resources(part)
    if !resources.isEmpty { strategy.resources = resources }
    replace(&profile, NodeResourcesFitScore(strategy: strategy))
  }

  /// Scores stand from 0 to 10 in the file.
  private func shape(_ part: ConfigurationReader) throws(Problem) -> [(utilisation: Int64, score: Int64)] {
    let ratio = part.part("requestedToCapacityRatio") ?? ConfigurationReader([:], at: part.path)
    var shape: [(utilisation: Int64, score: Int64)] = []
    for point in try ratio.list("shape") {
      try point.allow(["utilization", "score"])
      let utilisation = Int64(try point.number("utilization", 0...100) ?? 0)
      if let last = shape.last, last.utilisation >= utilisation {
        throw point.problem("utilization", "must be larger than that of the point before")
      }
      shape.append((utilisation, Int64(try point.number("score", 0...10) ?? 0) * 10))
    }
    if shape.isEmpty { throw ratio.problem("shape", "needs at least one point {utilization, score}") }
    return shape
  }

  private func resources(_ part: ConfigurationReader) throws(Problem) -> [(resource: ResourceName, weight: Int64)] {
    var resources: [(resource: ResourceName, weight: Int64)] = []
    for entry in try part.list("resources") {
      try entry.allow(["name", "weight"])
      guard let name = try entry.text("name") else { throw entry.problem("name", "is missing") }
      resources.append((ResourceName(name), Int64(try entry.number("weight", 1...100) ?? 1)))
    }
    return resources
  }

  private func applyBalance(to profile: inout Profile) throws(Problem) {
    guard let reader = try reader("NodeResourcesBalancedAllocation", ["resources"]) else { return }
    let resources = try resources(reader).map(\.resource)
    if !resources.isEmpty { replace(&profile, NodeResourcesBalancedAllocationScore(resources: resources)) }
  }

  // MARK: Neighbours

  private func applyAffinity(to profile: inout Profile) throws(Problem) {
    let fields: Set<String> = ["hardPodAffinityWeight", "ignorePreferredTermsOfExistingPods"]
    guard let reader = try reader("InterPodAffinity", fields) else { return }
    replace(
      &profile,
      InterPodAffinityScore(
        hardWeight: Int64(try reader.number("hardPodAffinityWeight", 0...100) ?? 1),
        ignoresPreferencesOfPlaced: reader.value["ignorePreferredTermsOfExistingPods"] == true))
  }

  private func applySpread(to profile: inout Profile) throws(Problem) {
    guard let reader = try reader("PodTopologySpread", ["defaultConstraints", "defaultingType"]) else { return }
    guard try reader.text("defaultingType") == "List" else { return }
    var constraints: [DefaultSpread.Constraint] = []
    for entry in try reader.list("defaultConstraints") {
      try entry.allow(["maxSkew", "topologyKey", "whenUnsatisfiable"])
      guard let key = try entry.text("topologyKey") else { throw entry.problem("topologyKey", "is missing") }
      constraints.append(
        DefaultSpread.Constraint(
          topologyKey: key, maximumSkew: Int64(try entry.number("maxSkew", 1...1_000_000) ?? 1),
          isHard: try entry.text("whenUnsatisfiable") != "ScheduleAnyway"))
    }
    let defaults = DefaultSpread(constraints: constraints)
    replace(&profile, PodTopologySpreadFilter(defaults: defaults))
    replace(&profile, PodTopologySpreadScore(defaults: defaults))
  }

  private func applyNodeAffinity(to profile: inout Profile) throws(Problem) {
    guard let reader = try reader("NodeAffinity", ["addedAffinity"]) else { return }
    let added = reader.value["addedAffinity"]
    replace(&profile, NodeAffinityFilter(added: NodeRequirement(affinity: added)))
    replace(&profile, NodeAffinityScore(added: added))
  }

  // MARK: Limits

  private func applyLimits(to profile: inout Profile) throws(Problem) {
    if let reader = try reader(PluginTable.preemption, ["minCandidateNodesPercentage", "minCandidateNodesAbsolute"]) {
      profile.candidatePercentage = try reader.number("minCandidateNodesPercentage", 0...100) ?? 10
      profile.candidateMinimum = try reader.number("minCandidateNodesAbsolute", 0...1_000_000) ?? 100
    }
    if let reader = try reader("VolumeBinding", ["bindTimeoutSeconds", "shape"]) {
      profile.bindTimeout = .seconds(try reader.number("bindTimeoutSeconds", 0...1_000_000) ?? 600)
    }
  }
}
