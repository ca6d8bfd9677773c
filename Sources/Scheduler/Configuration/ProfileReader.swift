import Kinds
import Loop
import Tree

/// Reads one of a configuration's profiles: which plugins it has, what they weigh, and their arguments.
struct ProfileReader {
  typealias Problem = SchedulerConfiguration.Problem

  let reader: ConfigurationReader

  init(_ reader: ConfigurationReader) { self.reader = reader }

  private struct Choice {
    let name: String
    let weight: Int64
  }

  func profile() throws(Problem) -> Profile {
    try reader.allow(["schedulerName", "percentageOfNodesToScore", "plugins", "pluginConfig"])
    var profile = Profile()
    if let name = try reader.text("schedulerName") { profile.schedulerName = name }
    profile.percentageOfNodesToScore = try reader.number("percentageOfNodesToScore", 0...100)
    let arguments = try arguments()
    let plugins = reader.part("plugins") ?? ConfigurationReader([:], at: "plugins")
    try plugins.allow([
      "multiPoint", "preEnqueue", "queueSort", "preFilter", "filter", "postFilter", "preScore", "score", "reserve",
      "permit", "preBind", "bind", "postBind", "placementGenerate", "placementScore",
    ])
    let everywhere = PluginTable.filters.map { Choice(name: $0.name, weight: 0) }
    let filters = try choose(["multiPoint", "preFilter", "filter"], from: everywhere, plugins)
    profile.filters = PluginTable.filters.filter { entry in filters.contains { $0.name == entry.name } }
      .map { $0.make() }
    let weighed = PluginTable.scores.map { Choice(name: $0.name, weight: $0.weight) }
    profile.scores = try choose(["multiPoint", "score"], from: weighed, plugins).compactMap { choice in
      PluginTable.scores.first { $0.name == choice.name }.map { ($0.make(), choice.weight) }
    }
    profile.preempts =
      try !choose(
        ["multiPoint", "postFilter"], from: [Choice(name: PluginTable.preemption, weight: 0)], plugins
      ).isEmpty
    try PluginArguments(arguments).apply(to: &profile)
    return profile
  }

  /// What is left of the default plugins and added to them: what a point of the profile says wins over `multiPoint`.
  private func choose(_ points: [String], from standard: [Choice], _ plugins: ConfigurationReader) throws(Problem)
    -> [Choice]
  {
    var chosen = standard
    for point in points {
      guard let part = plugins.part(point) else { continue }
      try part.allow(["enabled", "disabled"])
      for plugin in try part.list("disabled") {
        let name = try plugin.text("name") ?? ""
        if name != "*" { try check(name, plugin) }
        chosen.removeAll { name == "*" || $0.name == name }
      }
      for plugin in try part.list("enabled") {
        let name = try plugin.text("name") ?? ""
        try check(name, plugin)
        let usual = PluginTable.scores.first { $0.name == name }?.weight
        let weight = try plugin.number("weight", 0...100).map(Int64.init) ?? 0
        chosen.removeAll { $0.name == name }
        chosen.append(Choice(name: name, weight: weight == 0 ? usual ?? 1 : weight))
      }
    }
    return chosen
  }

  private func check(_ name: String, _ plugin: ConfigurationReader) throws(Problem) {
    guard PluginTable.names.contains(name) else {
      throw plugin.problem(
        "name", "\"\(name)\" is no plugin of this scheduler: \(PluginTable.names.sorted().joined(separator: ", "))")
    }
  }

  private func arguments() throws(Problem) -> [String: ConfigurationReader] {
    var arguments: [String: ConfigurationReader] = [:]
    for entry in try reader.list("pluginConfig") {
      try entry.allow(["name", "args"])
      let name = try entry.text("name") ?? ""
      try check(name, entry)
      arguments[name] = entry.part("args")
    }
    return arguments
  }
}
