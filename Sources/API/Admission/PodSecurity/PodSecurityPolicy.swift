import Kinds
import Tree

/// A level of the Pod Security Standards, as one version of Kubernetes defines it: `restricted:latest`.
struct PodSecurityLevel: Equatable {
  enum Name: String, CaseIterable, Comparable {
    case privileged, baseline, restricted

    static func < (left: Name, right: Name) -> Bool {
      let order = allCases
      return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
  }

  /// The minor version of `latest`.
  static let latest = 36

  var name = Name.privileged
  /// Of `v1.24` 24; nil is `latest`.
  var minor: Int?

  var effectiveMinor: Int { min(minor ?? Self.latest, Self.latest) }
  var description: String { name.rawValue + ":" + (minor.map { "v1.\($0)" } ?? "latest") }
}

/// What a namespace's labels ask of the pods in it (Kubernetes documentation, "Pod Security Admission").
struct PodSecurityPolicy {
  private static let prefix = "pod-security.kubernetes.io/"

  private(set) var enforce = PodSecurityLevel()
  private(set) var warn = PodSecurityLevel()
  private(set) var audit = PodSecurityLevel()
  private(set) var errors: [FieldError] = []

  /// A level to enforce that cannot be read is the strictest, so that a slip of the pen opens nothing. Where nothing is
  /// said of warnings, what is enforced is warned of too: templates of workloads are never refused.
  init(namespace: Value?) {
    guard let labels = namespace?["metadata", "labels"] else { return }
    enforce = read("enforce", labels, otherwise: .restricted)
    audit = read("audit", labels, otherwise: .privileged)
    warn = read("warn", labels, otherwise: .privileged)
    if labels[Self.prefix + "warn"] == nil, enforce.name > warn.name {
      warn.name = enforce.name
      if labels[Self.prefix + "warn-version"] == nil { warn.minor = enforce.minor }
    }
  }

  private mutating func read(_ mode: String, _ labels: Value, otherwise: PodSecurityLevel.Name) -> PodSecurityLevel {
    var level = PodSecurityLevel()
    if let text = labels[Self.prefix + mode]?.string {
      if let name = PodSecurityLevel.Name(rawValue: text) {
        level.name = name
      } else {
        level.name = otherwise
        report(mode, text, "must be one of privileged, baseline, restricted")
      }
    }
    if let text = labels[Self.prefix + mode + "-version"]?.string, text != "latest" {
      level.minor = text.hasPrefix("v1.") ? Int(text.dropFirst(3)) : nil
      if level.minor == nil { report(mode + "-version", text, "must be \"latest\" or \"v1.x\"") }
    }
    return level
  }

  private mutating func report(_ label: String, _ text: String, _ why: String) {
    errors.append(
      FieldError(
        .invalid, field: "metadata.labels[\(Self.prefix + label)]",
        message: "Invalid value: \(Value.string(text).jsonText): \(why)"))
  }
}
