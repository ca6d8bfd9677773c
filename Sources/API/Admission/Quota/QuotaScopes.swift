import Kinds
import Tree

/// Which objects a quota counts (Kubernetes documentation, "Resource Quotas", quota scopes).
enum QuotaScopes {
  static func match(_ quota: Value, _ value: Value, _ kind: Kind) -> Bool {
    let scopes: [Value] = (quota["spec", "scopes"]?.array ?? []).map { ["scopeName": $0, "operator": "Exists"] }
    let rules = scopes + (quota["spec", "scopeSelector", "matchExpressions"]?.array ?? [])
    return rules.allSatisfy { matches($0, value, kind) }
  }

  private static func matches(_ rule: Value, _ value: Value, _ kind: Kind) -> Bool {
    let scope = rule["scopeName"]?.string ?? ""
    if kind == .persistentVolumeClaim, scope == "VolumeAttributesClass" {
      return selects(rule, value["spec", "volumeAttributesClassName"]?.string)
    }
    guard kind == .pod else { return false }
    switch scope {
    case "Terminating": return isTerminating(value)
    case "NotTerminating": return !isTerminating(value)
    case "BestEffort": return QualityOfService.ofPod(value) == .bestEffort
    case "NotBestEffort": return QualityOfService.ofPod(value) != .bestEffort
    case "PriorityClass": return selects(rule, value["spec", "priorityClassName"]?.string)
    case "CrossNamespacePodAffinity": return reachesOtherNamespaces(value["spec", "affinity"] ?? .null)
    default: return false
    }
  }

  private static func isTerminating(_ value: Value) -> Bool {
    (value["spec", "activeDeadlineSeconds"]?.integer ?? -1) >= 0
  }

  private static func selects(_ rule: Value, _ name: String?) -> Bool {
    let name = name.flatMap { $0.isEmpty ? nil : $0 }
    let values = (rule["values"]?.array ?? []).compactMap(\.string)
    guard let operation = rule["operator"]?.string.flatMap(LabelSelector.Operator.init(rawValue:)) else { return false }
    return LabelSelector.Requirement(key: "", operation, values: values).matches(name)
  }

  private static func reachesOtherNamespaces(_ affinity: Value) -> Bool {
    ["podAffinity", "podAntiAffinity"].contains { side in
      let required = affinity[side, "requiredDuringSchedulingIgnoredDuringExecution"]?.array ?? []
      let preferred = affinity[side, "preferredDuringSchedulingIgnoredDuringExecution"]?.array ?? []
      return (required + preferred.compactMap { $0["podAffinityTerm"] }).contains { term in
        term["namespaces"]?.array?.isEmpty == false || term["namespaceSelector"] != nil
      }
    }
  }
}
