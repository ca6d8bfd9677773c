import Tree

/// An autoscaler's defaults (k8s.io/kubernetes, pkg/apis/autoscaling/v2/defaults.go).
struct AutoscalerDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard var spec = value["spec"] else { return }
    if spec["metrics"]?.array?.isEmpty ?? true {
      spec["metrics"] = [
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
        ]
      ]
    }
    if var up = spec["behavior", "scaleUp"] {
      if up["stabilizationWindowSeconds"] == nil { up["stabilizationWindowSeconds"] = 0 }
      complete(&up, [policy("Pods", 4, seconds: 15), policy("Percent", 100, seconds: 15)])
      spec["behavior", "scaleUp"] = up
    }
    if var down = spec["behavior", "scaleDown"] {
      complete(&down, [policy("Percent", 100, seconds: 15)])
      spec["behavior", "scaleDown"] = down
    }
    value["spec"] = spec
  }

  private func policy(_ type: String, _ amount: Int64, seconds: Int64) -> Value {
    ["type": .string(type), "value": .integer(amount), "periodSeconds": .integer(seconds)]
  }

  private func complete(_ rules: inout Value, _ policies: [Value]) {
    if rules["selectPolicy"] == nil { rules["selectPolicy"] = "Max" }
    if rules["policies"]?.array?.isEmpty ?? true { rules["policies"] = .array(policies) }
  }
}
