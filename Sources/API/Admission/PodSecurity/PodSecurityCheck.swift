import Kinds
import Tree

/// One rule of the Pod Security Standards (Kubernetes documentation of that name), which a pod keeps to or not.
///
/// The rules are asked in the alphabetical order of Kubernetes' names for them, those of baseline first.
struct PodSecurityCheck: Sendable {
  struct Violation: Equatable, Sendable {
    /// What the rule is about: `hostPort`.
    var reason: String
    /// What of the pod breaks it: `container "c" uses hostPort 80`.
    var detail: String
  }

  /// What a rule looks at.
  struct Subject {
    let pod: Value
    let minor: Int

    var security: Value? { pod["spec", "securityContext"] }
    var containers: [Value] { PodSecurityCheck.containerLists.flatMap { pod["spec", $0]?.array ?? [] } }
    /// Since v1.35 a pod with user IDs of its own is spared the rules about who is root.
    var hasOwnUsers: Bool { minor >= 35 && pod["spec", "hostUsers"]?.boolean == false }
    var isWindows: Bool { pod["spec", "os", "name"]?.string == "windows" }

    /// The names of the containers for which that holds.
    func names(_ isBad: (Value) -> Bool) -> [String] {
      containers.filter(isBad).map { $0["name"]?.string ?? "" }
    }
  }

  static let containerLists = ["initContainers", "containers", "ephemeralContainers"]

  /// From which minor version on the rule holds.
  var since = 0
  var rule: @Sendable (Subject) -> Violation?

  static func violations(of pod: Value, _ level: PodSecurityLevel) -> [Violation] {
    let subject = Subject(pod: pod, minor: level.effectiveMinor)
    let checks: [PodSecurityCheck]
    switch level.name {
    case .privileged: return []
    case .baseline: checks = baseline
    case .restricted: checks = baselineUnderRestricted + restricted
    }
    return checks.filter { $0.since <= subject.minor }.compactMap { $0.rule(subject) }
  }

  // MARK: Words

  static func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

  static func plural(_ one: String, _ many: String, _ count: Int) -> String { count == 1 ? one : many }

  /// `containers "a", "b"`
  static func containers(_ names: [String]) -> String {
    plural("container", "containers", names.count) + " " + quoted(names)
  }

  /// `pod and container "a"`
  static func setters(pod: Bool, _ names: [String]) -> String {
    ((pod ? ["pod"] : []) + (names.isEmpty ? [] : [containers(names)])).joined(separator: " and ")
  }

  static func unique(_ texts: [String]) -> [String] { Set(texts).sorted() }
}
