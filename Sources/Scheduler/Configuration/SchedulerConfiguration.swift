import Loop
package import Tree

/// What a scheduler is told at its start: profiles, plugins, weights, limits (KubeSchedulerConfiguration,
/// kubescheduler.config.k8s.io/v1).
///
///     let configuration = try SchedulerConfiguration(YAML.parse(text)[0])
package struct SchedulerConfiguration: Sendable {
  /// Why a configuration cannot be used: where, and what to write instead.
  package struct Problem: Error, Equatable {
    /// `profiles[0].plugins.score.enabled[0].name`
    package let path: String
    /// What is wrong there.
    package let message: String

    /// Both in one sentence.
    package var text: String { path + ": " + message }
  }

  var profiles = [Profile()]
  var backoff = SchedulingQueue.Backoff()
  /// 0: fewer, the larger the cluster is.
  var percentageOfNodesToScore = 0

  /// kube-scheduler's own.
  package static let standard = SchedulerConfiguration()

  private init() {}

  /// The configuration that a file's document says.
  package init(_ document: Value) throws(Problem) {
    let reader = ConfigurationReader(document, at: "")
    try reader.expect("apiVersion", "kubescheduler.config.k8s.io/v1")
    try reader.expect("kind", "KubeSchedulerConfiguration")
    if document["extenders"]?.array?.isEmpty == false {
      throw Problem(path: "extenders", message: "extenders are not called by this scheduler: leave the field out")
    }
    try reader.allow([
      "apiVersion", "kind", "profiles", "percentageOfNodesToScore", "podInitialBackoffSeconds",
      "podMaxBackoffSeconds", "parallelism", "leaderElection", "clientConnection", "healthzBindAddress",
      "metricsBindAddress", "enableProfiling", "enableContentionProfiling", "extenders", "delayCacheUntilActive",
    ])
    percentageOfNodesToScore = try reader.number("percentageOfNodesToScore", 0...100) ?? 0
    backoff.initial = .seconds(try reader.number("podInitialBackoffSeconds", 1...86_400) ?? 1)
    backoff.maximum = .seconds(try reader.number("podMaxBackoffSeconds", 1...86_400) ?? 10)
    guard backoff.maximum >= backoff.initial else {
      throw Problem(path: "podMaxBackoffSeconds", message: "must not be less than podInitialBackoffSeconds")
    }
    var profiles: [Profile] = []
    for profile in try reader.list("profiles") {
      let next = try ProfileReader(profile).profile()
      if profiles.contains(where: { $0.schedulerName == next.schedulerName }) {
        throw Problem(path: profile.path + ".schedulerName", message: "\"\(next.schedulerName)\" is there twice")
      }
      profiles.append(next)
    }
    if !profiles.isEmpty { self.profiles = profiles }
  }

  /// How many nodes on which a pod can run are enough.
  func enough(of count: Int, _ profile: Profile) -> Int {
    // Kubernetes' numFeasibleNodesToFind: never less than 100 nodes or 5 percent.
    guard count >= 100 else { return count }
    let stated = profile.percentageOfNodesToScore ?? percentageOfNodesToScore
    if stated >= 100 { return count }
    let percentage = stated > 0 ? stated : max(5, 50 - count / 125)
    return max(100, count * percentage / 100)
  }
}

/// Reads one part of a configuration, and says of what it cannot read where it stands.
struct ConfigurationReader {
  typealias Problem = SchedulerConfiguration.Problem

  let value: Value
  let path: String

  init(_ value: Value, at path: String) {
    self.value = value
    self.path = path
  }

  private func at(_ field: String) -> String { path.isEmpty ? field : path + "." + field }

  func problem(_ field: String, _ message: String) -> Problem { Problem(path: at(field), message: message) }

  func expect(_ field: String, _ text: String) throws(Problem) {
    if value[field]?.string != text { throw problem(field, "must be \"\(text)\"") }
  }

  func allow(_ fields: Set<String>) throws(Problem) {
    guard let members = value.object else { throw Problem(path: path, message: "must be an object") }
    for member in members where !fields.contains(member.key) {
      throw problem(member.key, "unknown field; known are \(fields.sorted().joined(separator: ", "))")
    }
  }

  func number(_ field: String, _ range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let present = value[field], !present.isNull else { return nil }
    guard let number = present.integer, range.contains(Int(number)) else {
      throw problem(field, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return Int(number)
  }

  func text(_ field: String) throws(Problem) -> String? {
    guard let present = value[field], !present.isNull else { return nil }
    guard let text = present.string, !text.isEmpty else { throw problem(field, "must be a text that is not empty") }
    return text
  }

  func list(_ field: String) throws(Problem) -> [ConfigurationReader] {
    guard let present = value[field], !present.isNull else { return [] }
    guard let array = present.array else { throw problem(field, "must be a list") }
    return array.enumerated().map { ConfigurationReader($1, at: at(field) + "[\($0)]") }
  }

  func part(_ field: String) -> ConfigurationReader? {
    value[field].flatMap { $0.isNull ? nil : ConfigurationReader($0, at: at(field)) }
  }
}
