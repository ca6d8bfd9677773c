import Tree

/// An autoscaler's metrics as the annotations of autoscaling/v1 hold them: flat, with other names
/// (k8s.io/api, autoscaling/v1 MetricSpec and MetricStatus).
enum OldMetric {
  /// The name of the part that a metric of each type has.
  private static let parts = [
    "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods",
    "Resource": "resource",
  ]

  /// A metric's aim in the old form.
  static func aim(of metric: Value) -> Value { old(metric, "target", prefix: "target") }

  /// A metric's last value in the old form.
  static func state(of metric: Value) -> Value { old(metric, "current", prefix: "current") }

  static func newAim(of metric: Value) -> Value {
    var new = new(metric, "target", prefix: "target")
    guard let part = parts[metric["type"]?.string ?? ""] else { return new }
    var target = new[part, "target"] ?? [:]
    let type: Value =
      target["averageUtilization"] != nil ? "Utilization" : target["averageValue"] != nil ? "AverageValue" : "Value"
    if type == "AverageValue" { target["value"] = nil }
    new[part, "target"] = ["type": type]
    for member in target.object ?? Members() { new[part, "target", member.key] = member.value }
    return new
  }

  static func newState(of metric: Value) -> Value { new(metric, "current", prefix: "current") }

  private static func old(_ metric: Value, _ values: String, prefix: String) -> Value {
    let type = metric["type"]?.string ?? ""
    guard let part = parts[type], let source = metric[part] else { return metric }
    let (target, id) = (source[values], source["metric"])
    var flat: Value = [:]
    switch type {
    case "Object":
      flat["target"] = source["describedObject"]
      flat["metricName"] = id?["name"]
      flat[prefix + "Value"] = target?["value"] ?? "0"
      flat["selector"] = id?["selector"]
      flat["averageValue"] = target?["averageValue"]
    case "Pods":
      flat["metricName"] = id?["name"]
      flat[prefix + "AverageValue"] = target?["averageValue"]
      flat["selector"] = id?["selector"]
    case "External":
      flat["metricName"] = id?["name"]
      flat["metricSelector"] = id?["selector"]
      flat[prefix + "Value"] = target?["value"]
      flat[prefix + "AverageValue"] = target?["averageValue"]
    default:
      flat["name"] = source["name"]
      flat[prefix + "AverageUtilization"] = target?["averageUtilization"]
      flat[prefix + "AverageValue"] = target?["averageValue"]
      flat["container"] = source["container"]
    }
    return ["type": .string(type), part: flat]
  }

  private static func new(_ metric: Value, _ values: String, prefix: String) -> Value {
    let type = metric["type"]?.string ?? ""
    guard let part = parts[type], let flat = metric[part] else { return metric }
    var (source, target): (Value, Value) = ([:], [:])
    switch type {
    case "Object", "Pods", "External":
      source["describedObject"] = type == "Object" ? flat["target"] : nil
      source["metric", "name"] = flat["metricName"]
      source["metric", "selector"] = flat[type == "External" ? "metricSelector" : "selector"]
      target["value"] = flat[prefix + "Value"]
      target["averageValue"] = flat[type == "Object" ? "averageValue" : prefix + "AverageValue"]
    default:
      source["name"] = flat["name"]
      source["container"] = flat["container"]
      target["averageUtilization"] = flat[prefix + "AverageUtilization"]
      target["averageValue"] = flat[prefix + "AverageValue"]
    }
    source[values] = target
    return ["type": .string(type), part: source]
  }

  // MARK: Behaviour

  /// The rules of scaling as Kubernetes writes them into their annotation: with the names of Go's fields.
  static func capitalized(_ value: Value) -> Value { renamed(value) { $0.prefix(1).uppercased() + $0.dropFirst() } }

  static func uncapitalized(_ value: Value) -> Value { renamed(value) { $0.prefix(1).lowercased() + $0.dropFirst() } }

  private static func renamed(_ value: Value, _ rename: (String) -> String) -> Value {
    switch value {
    case .object(let members):
      .object(
        Members(
          members.filter { !$0.value.isNull }.map { (rename($0.key), renamed($0.value, rename)) }))
    case .array(let values): .array(values.map { renamed($0, rename) })
    default: value
    }
  }
}
