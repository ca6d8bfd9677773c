import Tree

/// The rules of autoscalers (k8s.io/kubernetes, pkg/apis/autoscaling/validation).
struct AutoscalerValidation: KindRules {
  private static let sources = [
    "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods",
    "Resource": "resource",
  ]

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
    for (path, metric) in spec.elements("metrics", in: "spec") { errors += metricErrors(metric, at: path) }
    for rules in ["scaleUp", "scaleDown"] {
      if let rules = spec["behavior", rules] { errors += windowErrors(rules, at: "spec.behavior.\(rules)") }
    }
    return errors
  }

  private func targetErrors(_ target: Value) -> [FieldError] {
    let path = "spec.scaleTargetRef"
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

  private func metricErrors(_ metric: Value, at path: String) -> [FieldError] {
    let type = metric.text("type")
    if type.isEmpty { return [.required(path + ".type", "must specify a metric source type")] }
    guard let source = Self.sources[type] else {
      return [.notSupported(path + ".type", type, Self.sources.keys.sorted())]
    }
    guard let settings = metric[source] else {
      return [.required(path + "." + source, "must populate information for the given metric source")]
    }
    var errors: [FieldError] = []
    for other in Self.sources.values.sorted() where other != source && metric[other] != nil {
      errors.append(
        .forbidden(path + "." + other, "must populate the given metric source only"))
    }
    if ["resource", "containerResource"].contains(source), settings.text("name").isEmpty {
      errors.append(.required(path + "." + source + ".name", "must specify a resource name"))
    }
    return errors + goalErrors(settings["target"] ?? [:], at: path + "." + source + ".target")
  }

  private func goalErrors(_ target: Value, at path: String) -> [FieldError] {
    let types = ["AverageValue", "Utilization", "Value"]
    let type = target.text("type")
    if type.isEmpty { return [.required(path + ".type", "must specify a metric target type")] }
    if !types.contains(type) {
      return [
        .invalid(
          path + ".type", .string(type), "must be either Utilization, Value, or AverageValue")
      ]
    }
    if let part = target["averageUtilization"]?.integer, part < 1 {
      return [.invalid(path + ".averageUtilization", .integer(part), "must be greater than 0")]
    }
    return []
  }

  private func windowErrors(_ rules: Value, at path: String) -> [FieldError] {
    guard let window = rules["stabilizationWindowSeconds"]?.integer else { return [] }
    if window < 0 {
      return [
        .invalid(
          path + ".stabilizationWindowSeconds", .integer(window), "must be greater than or equal to zero")
      ]
    }
    return window <= 3_600
      ? []
      : [.invalid(path + ".stabilizationWindowSeconds", .integer(window), "must be less than or equal to 3600")]
  }
}
