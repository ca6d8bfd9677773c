import Tree

/// A Job's defaults (k8s.io/kubernetes, pkg/apis/batch/v1/defaults.go), and the labels by which it knows its pods.
struct JobDefaults: KindRules {
  private static let backoffLimit: Int64 = 6

  func defaults(_ value: inout Value) {
    guard var spec = value["spec"] else { return }
    if spec["completions"] == nil, spec["parallelism"] == nil { spec["completions"] = 1 }
    if spec["parallelism"] == nil { spec["parallelism"] = 1 }
    if spec["backoffLimit"] == nil {
      spec["backoffLimit"] = spec["backoffLimitPerIndex"] == nil ? .integer(Self.backoffLimit) : .integer(2_147_483_647)
    }
    if spec["completionMode"] == nil { spec["completionMode"] = "NonIndexed" }
    if spec["suspend"] == nil { spec["suspend"] = false }
    if spec["manualSelector"] == nil { spec["manualSelector"] = false }
    if spec["podReplacementPolicy"] == nil {
      spec["podReplacementPolicy"] = spec["podFailurePolicy"] == nil ? "TerminatingOrFailed" : "Failed"
    }
    spec["podFailurePolicy"]?.changeEach("rules") { rule in
      rule.changeEach("onPodConditions") { if $0.text("status").isEmpty { $0["status"] = "True" } }
    }
    value["spec"] = spec
    if value["metadata", "labels"]?.object?.isEmpty ?? true,
      let labels = value["spec", "template", "metadata", "labels"], labels.object?.isEmpty == false
    {
      value["metadata", "labels"] = labels
    }
  }

  func prepareForCreation(_ value: inout Value) {
    guard value["spec", "manualSelector"] != true, let uid = value["metadata", "uid"] else { return }
    let name = value["metadata", "name"] ?? ""
    let labels: [(String, Value)] = [
      ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name), ("controller-uid", uid),
      ("job-name", name),
    ]
    for (key, label) in labels {
      if value["spec", "template", "metadata", "labels", key] == nil {
        value["spec", "template", "metadata", "labels", key] = label
      }
      if value["metadata", "labels", key] == nil { value["metadata", "labels", key] = label }
    }
    if value["spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"] == nil {
      value["spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"] = uid
    }
  }
}

/// The pods of a CronJob's Jobs; the Jobs' own defaults come when they are created.
struct CronJobDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard var spec = value["spec", "jobTemplate", "spec", "template", "spec"] else { return }
    PodSpecDefaults.apply(to: &spec)
    value["spec", "jobTemplate", "spec", "template", "spec"] = spec
  }
}
