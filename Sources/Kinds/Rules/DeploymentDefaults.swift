import Tree

/// A rolling update goes by quarters unless told otherwise (k8s.io/kubernetes, pkg/apis/apps/v1/defaults.go).
struct DeploymentDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard value["spec", "strategy", "type"]?.string == "RollingUpdate" else { return }
    for field in ["maxUnavailable", "maxSurge"] where value["spec", "strategy", "rollingUpdate", field] == nil {
      value["spec", "strategy", "rollingUpdate", field] = "25%"
    }
  }
}
