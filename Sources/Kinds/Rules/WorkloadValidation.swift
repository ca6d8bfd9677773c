import Tree

/// A workload's pod template: its labels must be what the workload selects, and its pods run for ever.
struct TemplateValidation {
  let spec: Value
  /// `deployment`, as Kubernetes calls the kind in its messages.
  let kind: String

  var errors: [FieldError] {
    selectorErrors + templateErrors
  }

  private var selectorErrors: [FieldError] {
    guard let selector = spec["selector"] else { return [] }
    var errors = LabelValidation.errors(selector: selector, at: "spec.selector")
    if LabelSelector(selector)?.isEmpty == true, isEmpty(selector) {
      errors.append(.invalid("spec.selector", selector, "empty selector is invalid for \(kind)"))
    }
    if !errors.isEmpty, hasBadExpression(selector) {
      errors.append(.invalid("spec.selector", selector, "invalid label selector"))
    }
    return errors
  }

  private func isEmpty(_ selector: Value) -> Bool {
    (selector["matchLabels"]?.object?.isEmpty ?? true) && (selector["matchExpressions"]?.array?.isEmpty ?? true)
  }

  /// Whether the selector cannot be evaluated at all.
  private func hasBadExpression(_ selector: Value) -> Bool {
    (selector["matchExpressions"]?.array ?? []).contains { requirement in
      let count = requirement["values"]?.array?.count ?? 0
      switch requirement.text("operator") {
      case "In", "NotIn": return count == 0
      case "Exists", "DoesNotExist": return count > 0
      default: return true
      }
    }
  }

  private var templateErrors: [FieldError] {
    let path = "spec.template"
    if let selector = spec["selector"], hasBadExpression(selector) { return [] }
    var errors: [FieldError] = []
    let template = spec["template"] ?? [:]
    let labels = template["metadata", "labels"]
    // Without a selector nothing is selected, an empty one selects all.
    let isSelected =
      spec["selector"].map { LabelSelector($0)?.matches(TextMap(labels ?? [:])) ?? false } ?? false
    if !isSelected {
      errors.append(
        .invalid(path + ".metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
    }
    errors += LabelValidation.errors(labels, at: path + ".labels")
    guard let pod = template["spec"] else { return errors }
    // A StatefulSet's pods also have the volumes of its claims: they are checked when they are made.
    if kind != "statefulset" { errors += PodSpecValidation(spec: pod, path: path + ".spec").errors }
    let policy = pod.text("restartPolicy")
    if ["OnFailure", "Never"].contains(policy) {
      errors.append(.notSupported(path + ".spec.restartPolicy", policy, ["Always"]))
    }
    if pod["activeDeadlineSeconds"] != nil {
      errors.append(
        .forbidden(path + ".spec.activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported"))
    }
    return errors
  }
}

/// The rules of ReplicaSets across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct ReplicaSetValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    return TemplateValidation(spec: value["spec"] ?? [:], kind: "replicaset").errors
  }
}

/// The rules of Deployments across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct DeploymentValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = TemplateValidation(spec: spec, kind: "deployment").errors
    errors += strategyErrors(spec["strategy"] ?? [:])
    if let deadline = spec["progressDeadlineSeconds"]?.integer, deadline <= spec["minReadySeconds"]?.integer ?? 0 {
      errors.append(
        .invalid("spec.progressDeadlineSeconds", .integer(deadline), "must be greater than minReadySeconds"))
    }
    return errors
  }

  private func strategyErrors(_ strategy: Value) -> [FieldError] {
    let path = "spec.strategy.rollingUpdate"
    let rolling = strategy["rollingUpdate"]
    if strategy.text("type") == "Recreate" {
      return rolling == nil
        ? [] : [.forbidden(path, "may not be specified when strategy `type` is 'Recreate'")]
    }
    guard let rolling else { return [] }
    let (unavailable, surge) = (rolling["maxUnavailable"] ?? 0, rolling["maxSurge"] ?? 0)
    var errors = amountErrors(unavailable, at: path + ".maxUnavailable") + amountErrors(surge, at: path + ".maxSurge")
    if amount(unavailable) == 0, amount(surge) == 0, errors.isEmpty {
      errors.append(.invalid(path + ".maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0"))
    }
    if unavailable.string != nil, amount(unavailable) > 100 {
      errors.append(.invalid(path + ".maxUnavailable", unavailable, "must not be greater than 100%"))
    }
    return errors
  }

  private func amountErrors(_ amount: Value, at path: String) -> [FieldError] {
    if let text = amount.string { return FieldError.invalid(path, amount, FieldSyntax.percentErrors(text)) }
    return amount.integer ?? 0 < 0 ? [.invalid(path, amount, "must be greater than or equal to 0")] : []
  }

  private func amount(_ value: Value) -> Int64 {
    value.integer ?? value.string.flatMap { Int64($0.dropLast()) } ?? 0
  }
}
