import Tree

/// The rules of autoscalers (k8s.io/kubernetes, pkg/apis/autoscaling/validation).
struct AutoscalerValidation: KindRules {
  private static let choices = ["Disabled", "Max", "Min"]
  private static let units = ["Percent", "Pods"]
  private static let longestWindow: Int64 = 3_600
  private static let longestPeriod: Int64 = 1_800

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    let (least, most) = (spec["minReplicas"]?.integer ?? 1, spec["maxReplicas"]?.integer ?? 0)
    var errors: [FieldError] = []
    if least < 1 {
      errors.append(.invalid("spec.minReplicas", .integer(least), "must be greater than or equal to 1"))
    }
    if most < 1 { errors.append(.required("spec.maxReplicas", "must be set and greater than 0")) }
    if most < least {
      errors.append(.invalid("spec.maxReplicas", .integer(most), "must be greater than or equal to `minReplicas`"))
    }
    errors += targetErrors(spec["scaleTargetRef"] ?? [:])
    for (path, metric) in spec.elements("metrics", in: "spec") {
      errors += MetricValidation(metric: metric, path: path).errors
    }
    for rules in ["scaleUp", "scaleDown"] {
      if let rules = spec["behavior", rules] { errors += ruleErrors(rules, at: "spec.behavior.\(rules)") }
    }
    return errors
  }

  private func targetErrors(_ target: Value) -> [FieldError] {
    AutoscaledReference(target, at: "spec.scaleTargetRef").errors
  }

  /// How fast it may go up or down.
  private func ruleErrors(_ rules: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let place = path + ".stabilizationWindowSeconds"
    if let window = rules["stabilizationWindowSeconds"]?.integer {
      if window < 0 { errors.append(.invalid(place, .integer(window), "must be greater than or equal to zero")) }
      if window > Self.longestWindow {
        errors.append(.invalid(place, .integer(window), "must be less than or equal to \(Self.longestWindow)"))
      }
    }
    if let choice = rules["selectPolicy"]?.string, !Self.choices.contains(choice) {
      errors.append(.notSupported(path + ".selectPolicy", choice, Self.choices))
    }
    let policies = rules.elements("policies", in: path)
    if policies.isEmpty { errors.append(.required(path + ".policies", "must specify at least one Policy")) }
    errors += policies.flatMap { policyErrors($0.value, at: $0.path) }
    if let tolerance = rules["tolerance"] {
      errors += ResourceNames.amountErrors("", tolerance, at: path + ".tolerance")
    }
    return errors
  }

  private func policyErrors(_ policy: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let (type, period) = (policy.text("type"), policy["periodSeconds"]?.integer ?? 0)
    if !Self.units.contains(type) { errors.append(.notSupported(path + ".type", type, Self.units)) }
    if let value = policy["value"], (value.integer ?? 0) <= 0 {
      errors.append(.invalid(path + ".value", value, "must be greater than zero"))
    }
    let place = path + ".periodSeconds"
    if period <= 0 { errors.append(.invalid(place, .integer(period), "must be greater than zero")) }
    if period > Self.longestPeriod {
      errors.append(.invalid(place, .integer(period), "must be less than or equal to \(Self.longestPeriod)"))
    }
    return errors
  }
}

/// A reference to an object of any kind that has replicas or is measured.
struct AutoscaledReference {
  private let target: Value
  private let path: String

  init(_ target: Value, at path: String) {
    self.target = target
    self.path = path
  }

  var errors: [FieldError] {
    var errors: [FieldError] = []
    for field in ["kind", "name"] {
      let text = target.text(field)
      if text.isEmpty {
        errors.append(.required(path + "." + field))
      } else {
        errors += FieldError.invalid(path + "." + field, .string(text), NameSyntax.pathSegmentErrors(text))
      }
    }
    let version = target.text("apiVersion")
    if !version.contains("/"), target.text("kind") != "ReplicationController" {
      errors.append(.invalid(path + ".apiVersion", .string(version), "apiVersion must specify API group"))
    }
    return errors
  }
}
