import Tree

/// One measure of an autoscaler: one source, and a goal that the source can have
/// (k8s.io/kubernetes, pkg/apis/autoscaling/validation).
struct MetricValidation {
  let metric: Value
  let path: String

  private static let sources = [
    "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods",
    "Resource": "resource",
  ]
  /// In the order in which Kubernetes looks at them: the first that is there is examined.
  private static let order = ["object", "external", "pods", "resource", "containerResource"]

  var errors: [FieldError] {
    let type = metric.text("type")
    var errors: [FieldError] = []
    if type.isEmpty { errors.append(.required(path + ".type", "must specify a metric source type")) }
    let expected = Self.sources[type]
    if expected == nil { errors.append(.notSupported(path + ".type", type, Self.sources.keys.sorted())) }
    let present = Self.order.filter { metric[$0]?.isNull == false }
    if let first = present.first { errors += sourceErrors(first, metric[first] ?? [:], at: path + "." + first) }
    if let expected, metric[expected] == nil {
      let why = "must populate information for the given metric source"
      errors.append(.required(path + "." + expected, why))
    }
    if present.count != 1 {
      errors += present.filter { $0 != expected }
        .map { .forbidden(path + "." + $0, "must populate the given metric source only") }
    }
    return errors
  }

  private func sourceErrors(_ name: String, _ source: Value, at path: String) -> [FieldError] {
    let (target, place) = (source["target"] ?? [:], path + ".target")
    let has = { (field: String) in target[field]?.isNull == false }
    var errors = subjectErrors(name, source, at: path) + targetErrors(target, at: place)
    switch name {
    case "object":
      if !has("value"), !has("averageValue") {
        errors.append(.required(place + ".averageValue", "must set either a target value or averageValue"))
      }
    case "external":
      if !has("value"), !has("averageValue") {
        let why = "must set either a target value for metric or a per-pod target"
        errors.append(.required(place + ".averageValue", why))
      } else if has("value"), has("averageValue") {
        let why = "may not set both a target value for metric and a per-pod target"
        errors.append(.forbidden(place + ".value", why))
      }
    case "pods":
      let amount = target["averageValue"]?.string.flatMap { Quantity($0) } ?? .zero
      if amount <= .zero {
        errors.append(.required(place + ".averageValue", "must specify a positive target averageValue"))
      }
    default:
      if !has("averageUtilization"), !has("averageValue") {
        let why = "must set either a target raw value or a target utilization"
        errors.append(.required(place + ".averageUtilization", why))
      } else if has("averageUtilization"), has("averageValue") {
        let why = "may not set both a target raw value and a target utilization"
        errors.append(.forbidden(place + ".averageValue", why))
      }
    }
    return errors
  }

  /// What is measured.
  private func subjectErrors(_ name: String, _ source: Value, at path: String) -> [FieldError] {
    switch name {
    case "resource", "containerResource":
      var errors: [FieldError] =
        source.text("name").isEmpty ? [.required(path + ".name", "must specify a resource name")] : []
      if name == "containerResource", source.text("container").isEmpty {
        errors.append(.required(path + ".container", "must specify a container"))
      }
      return errors
    default:
      let described =
        name == "object"
        ? AutoscaledReference(source["describedObject"] ?? [:], at: path + ".describedObject").errors : []
      let (measure, place) = (source["metric"]?.text("name") ?? "", path + ".metric.name")
      return described
        + (measure.isEmpty
          ? [.required(place, "must specify a metric name")]
          : FieldError.invalid(place, .string(measure), NameSyntax.pathSegmentErrors(measure)))
    }
  }

  private func targetErrors(_ target: Value, at path: String) -> [FieldError] {
    let type = target.text("type")
    var errors: [FieldError] = []
    if type.isEmpty { errors.append(.required(path + ".type", "must specify a metric target type")) }
    if !["AverageValue", "Utilization", "Value"].contains(type) {
      let why = "must be either Utilization, Value, or AverageValue"
      errors.append(.invalid(path + ".type", .string(type), why))
    }
    for field in ["value", "averageValue"] {
      guard let amount = target[field]?.string.flatMap({ Quantity($0) }), amount <= .zero else { continue }
      errors.append(.invalid(path + "." + field, .string(amount.description), "must be positive"))
    }
    if let part = target["averageUtilization"]?.integer, part < 1 {
      errors.append(.invalid(path + ".averageUtilization", .integer(part), "must be greater than 0"))
    }
    return errors
  }
}
