import Tree

/// `kubectl get horizontalpodautoscalers`.
enum AutoscalerColumns {
  static let all: [TableColumn] = [
    .objectName,
    TableColumn("Reference", help: "What is scaled.") { value in
      let target = value["spec", "scaleTargetRef"] ?? [:]
      return target.text("kind") + "/" + target.text("name")
    },
    TableColumn("Targets", help: "Values and aims.", text: targets),
    TableColumn("MinPods", help: "The fewest pods.") { value in
      value["spec", "minReplicas"]?.integer.map(String.init) ?? "<unset>"
    },
    TableColumn("MaxPods", type: "string", help: "The most pods.", count: "spec", "maxReplicas"),
    TableColumn("Replicas", type: "string", help: "How many there are.", count: "status", "currentReplicas"), .age,
  ]

  /// How many metrics are shown.
  private static let limit = 2

  private static func targets(_ value: Value) -> String {
    let metrics = value["spec", "metrics"]?.array ?? []
    guard !metrics.isEmpty else { return "<none>" }
    let statuses = value["status", "currentMetrics"]?.array ?? []
    let shown = metrics.prefix(limit).enumerated().map { index, metric in
      text(of: metric, index < statuses.count ? statuses[index] : nil)
    }
    let rest = metrics.count - limit
    return shown.joined(separator: ", ") + (rest > 0 ? " + \(rest) more..." : "")
  }

  private static func text(of metric: Value, _ status: Value?) -> String {
    let source: String
    switch metric.text("type") {
    case "External": source = "external"
    case "Pods": source = "pods"
    case "Object": source = "object"
    case "ContainerResource": source = "containerResource"
    case "Resource": source = "resource"
    default: return "<unknown type>"
    }
    let target = metric[source, "target"] ?? [:]
    let current = status?[source, "current"]
    if source == "resource" || source == "containerResource" {
      let name = metric[source, "name"]?.string ?? ""
      if let average = target["averageValue"]?.string {
        return name + ": " + (current?["averageValue"]?.string ?? "<unknown>") + "/" + average
      }
      let now = current?["averageUtilization"]?.integer.map { "\($0)%" } ?? "<unknown>"
      return name + ": " + now + "/" + (target["averageUtilization"]?.integer.map { "\($0)%" } ?? "<auto>")
    }
    if let average = target["averageValue"]?.string {
      let suffix = source == "pods" ? "" : " (avg)"
      return (current?["averageValue"]?.string ?? "<unknown>") + "/" + average + suffix
    }
    return (current?["value"]?.string ?? "<unknown>") + "/" + (target["value"]?.string ?? "<auto>")
  }
}
