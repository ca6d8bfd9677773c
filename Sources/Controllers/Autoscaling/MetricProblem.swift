import Tree

/// Metrics of which the cluster serves no API, in Kubernetes' words (kubernetes/pkg/controller/podautoscaler, and the
/// clients of k8s.io/metrics).
extension MetricProblem {
  private static func missing(_ api: String) -> String {
    "unable to fetch metrics from \(api) metrics API: no \(api) metrics API (\(api).metrics.k8s.io) registered"
  }

  private static func name(_ source: Value) -> String { source["metric", "name"]?.string ?? "" }

  private static func isAverage(_ source: Value) -> Bool { source["target", "averageValue"] != nil }

  init(ofPods source: Value) {
    self.init(
      reason: "FailedGetPodsMetric",
      message: "unable to get metric \(Self.name(source)): " + Self.missing("custom"),
      context: "failed to get pods metric value: ")
  }

  init(ofObject source: Value, namespace: String) {
    let name = Self.name(source)
    let object = source["describedObject"]
    let (kind, objectName) = (object?["kind"]?.string ?? "", object?["name"]?.string ?? "")
    self.init(
      reason: "FailedGetObjectMetric",
      message: "unable to get metric \(name): \(kind) on \(namespace) \(objectName)/" + Self.missing("custom"),
      context: "failed to get object metric value: "
        + (Self.isAverage(source) ? "failed to get \(name) object metric: " : ""))
  }

  init(ofExternal source: Value, namespace: String) {
    let name = Self.name(source)
    let selector = Self.text(of: source["metric", "selector"])
    self.init(
      reason: "FailedGetExternalMetric",
      message: "unable to get external metric \(namespace)/\(name)/\(selector): " + Self.missing("external"),
      context: "failed to get \(name) external metric value: "
        + (Self.isAverage(source)
          ? "failed to get \(name) external metric: " : "failed to get external metric \(name): ")
    )
  }

  /// A selector as Go prints it.
  private static func text(of selector: Value?) -> String {
    guard let selector else { return "nil" }
    let labels = (selector["matchLabels"]?.object ?? Members()).map { "\($0.key): \($0.value.string ?? "")," }.sorted()
    let expressions = (selector["matchExpressions"]?.array ?? []).map { expression in
      let values = (expression["values"]?.array ?? []).compactMap(\.string).joined(separator: " ")
      return "LabelSelectorRequirement{Key:\(expression["key"]?.string ?? ""),"
        + "Operator:\(expression["operator"]?.string ?? ""),Values:[\(values)],},"
    }
    return "&LabelSelector{MatchLabels:map[string]string{\(labels.joined())},"
      + "MatchExpressions:[]LabelSelectorRequirement{\(expressions.joined())},}"
  }
}
