import Tree

/// Autoscalers of autoscaling/v2 as autoscaling/v1 shows them: one CPU aim as a field, all else that v1 has no field for
/// as JSON in annotations (k8s.io/kubernetes, pkg/apis/autoscaling/v1/conversion.go).
enum AutoscalerConversion {
  static let conversion = KindConversion(of: .horizontalPodAutoscaler, show: show, store: store)

  private enum Annotation {
    private static let prefix = "autoscaling.alpha.kubernetes.io/"
    static let metrics = prefix + "metrics"
    static let behavior = prefix + "behavior"
    static let currentMetrics = prefix + "current-metrics"
    static let conditions = prefix + "conditions"
    static let all = [metrics, behavior, currentMetrics, conditions]
  }

  // MARK: To v1

  private static func show(_ value: Value) -> Value {
    var shown: Value = ["kind": "", "apiVersion": "", "metadata": value["metadata"] ?? [:]]
    dropAnnotations(&shown)
    let metrics = value["spec", "metrics"]?.array ?? []
    let current = value["status", "currentMetrics"]?.array ?? []
    annotate(&shown, Annotation.metrics, metrics.filter { !isAim($0) }.map { OldMetric.aim(of: $0) })
    annotate(&shown, Annotation.currentMetrics, current.map { OldMetric.state(of: $0) })
    annotate(&shown, Annotation.conditions, value["status", "conditions"]?.array ?? [])
    if let behavior = value["spec", "behavior"] {
      shown["metadata", "annotations", Annotation.behavior] = .string(OldMetric.capitalized(behavior).jsonText)
    }
    for field in ["scaleTargetRef", "minReplicas", "maxReplicas"] { shown["spec", field] = value["spec", field] }
    shown["spec", "targetCPUUtilizationPercentage"] =
      metrics.first(where: isOfProcessor)?["resource", "target", "averageUtilization"]
    shown["status"] = [:]
    for field in ["observedGeneration", "lastScaleTime", "currentReplicas", "desiredReplicas"] {
      shown["status", field] = value["status", field]
    }
    shown["status", "currentCPUUtilizationPercentage"] =
      current.last { isOfProcessor($0) && $0["resource", "current", "averageUtilization"] != nil }?[
        "resource", "current", "averageUtilization"]
    return shown
  }

  private static func annotate(_ value: inout Value, _ name: String, _ items: [Value]) {
    if !items.isEmpty { value["metadata", "annotations", name] = .string(Value.array(items).jsonText) }
  }

  private static func dropAnnotations(_ value: inout Value) {
    guard value["metadata", "annotations"] != nil else { return }
    for name in Annotation.all { value["metadata", "annotations", name] = nil }
    if value["metadata", "annotations"]?.object?.isEmpty == true { value["metadata", "annotations"] = nil }
  }

  private static func isOfProcessor(_ metric: Value) -> Bool {
    metric["type"] == "Resource" && metric["resource", "name"] == "cpu"
  }

  /// Whether v1 has a field for the metric.
  private static func isAim(_ metric: Value) -> Bool {
    isOfProcessor(metric) && metric["resource", "target", "averageUtilization"] != nil
  }

  // MARK: From v1

  private static func store(_ value: Value) -> Value {
    var stored: Value = ["kind": "", "apiVersion": "", "metadata": value["metadata"] ?? [:]]
    dropAnnotations(&stored)
    for field in ["scaleTargetRef", "minReplicas", "maxReplicas"] { stored["spec", field] = value["spec", field] }
    var metrics = annotated(value, Annotation.metrics).map { OldMetric.newAim(of: $0) }
    if let percent = value["spec", "targetCPUUtilizationPercentage"], !percent.isNull {
      metrics.append(metric("target", ["type": "Utilization", "averageUtilization": percent]))
    }
    if !metrics.isEmpty { stored["spec", "metrics"] = .array(metrics) }
    if let text = value["metadata", "annotations", Annotation.behavior]?.string, let behavior = try? JSON.parse(text) {
      stored["spec", "behavior"] = OldMetric.uncapitalized(behavior)
    }
    stored["status"] = status(of: value)
    return stored
  }

  private static func status(of value: Value) -> Value {
    var status: Value = [:]
    for field in ["observedGeneration", "lastScaleTime", "currentReplicas", "desiredReplicas"] {
      status[field] = value["status", field]
    }
    var current = annotated(value, Annotation.currentMetrics).map { OldMetric.newState(of: $0) }
    if current.isEmpty, let percent = value["status", "currentCPUUtilizationPercentage"], !percent.isNull {
      current = [metric("current", ["averageUtilization": percent])]
    }
    if !current.isEmpty { status["currentMetrics"] = .array(current) }
    let conditions = annotated(value, Annotation.conditions)
    if !conditions.isEmpty { status["conditions"] = .array(conditions) }
    return status
  }

  private static func metric(_ part: String, _ values: Value) -> Value {
    ["type": "Resource", "resource": ["name": "cpu", part: values]]
  }

  /// The list in an annotation; empty where there is none, or it cannot be read.
  private static func annotated(_ value: Value, _ name: String) -> [Value] {
    guard let text = value["metadata", "annotations", name]?.string, let list = try? JSON.parse(text) else { return [] }
    return list.array ?? []
  }
}
