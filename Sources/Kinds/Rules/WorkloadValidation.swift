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
      // Kubernetes says the same of a ReplicaSet's.
      let name = kind == "replicaset" ? "deployment" : kind
      errors.append(.invalid("spec.selector", selector, "empty selector is invalid for \(name)"))
    }
    if !errors.isEmpty, hasBadExpression(selector), kind != "daemonset" {
      let why = kind == "statefulset" ? "" : "invalid label selector"
      errors.append(.invalid("spec.selector", selector, why))
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
    var errors: [FieldError] = []
    let template = spec["template"] ?? [:]
    let labels = template["metadata", "labels"]
    // Without a selector nothing is selected, an empty one selects all.
    let isSelected =
      spec["selector"].map { LabelSelector($0)?.matches(TextMap(labels ?? [:])) ?? false } ?? false
    let cannotTell = spec["selector"].map(hasBadExpression) ?? false
    if cannotTell, kind != "daemonset", kind != "statefulset" { return [] }
    if !isSelected, !cannotTell {
      errors.append(
        .invalid(path + ".metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
    }
    errors += LabelValidation.errors(labels, at: path + ".labels")
    guard var pod = template["spec"] else { return errors }
    if kind == "statefulset" { pod = withClaims(pod) }
    errors += PodSpecValidation(spec: pod, path: path + ".spec").errors
    if pod["ephemeralContainers"]?.array?.isEmpty == false {
      let why = "ephemeral containers not allowed in pod template"
      errors.append(.forbidden(path + ".spec.ephemeralContainers", why))
    }
    let policy = pod.text("restartPolicy")
    if policy != "Always" { errors.append(.notSupported(path + ".spec.restartPolicy", policy, ["Always"])) }
    if pod["activeDeadlineSeconds"] != nil {
      let why = "activeDeadlineSeconds in \(Self.shownKinds[kind] ?? "ReplicaSet") is not Supported"
      errors.append(.forbidden(path + ".spec.activeDeadlineSeconds", why))
    }
    return errors
  }

  private static let shownKinds = ["daemonset": "DaemonSet", "statefulset": "StatefulSet"]

  /// A StatefulSet's pods also have the volumes of its claims.
  private func withClaims(_ pod: Value) -> Value {
    var pod = pod
    let claims = (spec["volumeClaimTemplates"]?.array ?? []).map { $0["metadata", "name"] ?? "" }
    let volumes = pod["volumes"]?.array ?? []
    let others = volumes.filter { volume in !claims.contains { $0 == volume["name"] } }
    pod["volumes"] = .array(others + claims.map { ["name": $0, "persistentVolumeClaim": ["claimName": $0]] })
    return pod
  }
}

/// What a workload reports of its pods: no more of them than there are.
struct WorkloadCounts {
  let status: Value
  let old: Value?

  /// `parts` are compared with all pods; `readyName` is what Kubernetes calls the ready ones.
  func errors(_ parts: [String], readyName: String = "readyReplicas") -> [FieldError] {
    let count = { (field: String) in status[field]?.integer ?? 0 }
    var errors: [FieldError] = parts.filter { count($0) > count("replicas") }
      .map { .invalid("status." + $0, .integer(count($0)), "cannot be greater than status.replicas") }
    if parts.contains("availableReplicas"), count("availableReplicas") > count("readyReplicas") {
      let why = "cannot be greater than \(readyName)"
      errors.append(.invalid("status.availableReplicas", .integer(count("availableReplicas")), why))
    }
    let collisions = status["collisionCount"]?.integer
    if let before = old?["collisionCount"]?.integer, collisions ?? -1 < before {
      errors.append(.invalid("status.collisionCount", .integer(collisions ?? 0), "cannot be decremented"))
    }
    return errors
  }
}

/// The rules of ReplicaSets across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct ReplicaSetValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" {
      return WorkloadCounts(status: value["status"] ?? [:], old: nil)
        .errors(["fullyLabeledReplicas", "readyReplicas", "availableReplicas"])
    }
    guard subresource == nil else { return [] }
    return TemplateValidation(spec: value["spec"] ?? [:], kind: "replicaset").errors
  }
}

/// The rules of Deployments across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct DeploymentValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" {
      return WorkloadCounts(status: value["status"] ?? [:], old: old?["status"])
        .errors(["updatedReplicas", "readyReplicas", "availableReplicas"])
    }
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
    guard strategy.text("type") == "RollingUpdate" else {
      let shown = StrategyShown.value(strategy, rollingUpdate: ["maxUnavailable", "maxSurge"])
      return [.notSupported("spec.strategy", shown: shown, ["Recreate", "RollingUpdate"])]
    }
    guard let rolling else { return [] }
    let (unavailable, surge) = (rolling["maxUnavailable"] ?? 0, rolling["maxSurge"] ?? 0)
    var errors = amountErrors(unavailable, at: path + ".maxUnavailable") + amountErrors(surge, at: path + ".maxSurge")
    if amount(unavailable) == 0, amount(surge) == 0 {
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

  /// What is no percentage counts as a number, which it is none: nought.
  private func amount(_ value: Value) -> Int64 {
    if let text = value.string { return text.hasSuffix("%") ? Int64(text.dropLast()) ?? 0 : Int64(text) ?? 0 }
    return value.integer ?? 0
  }
}

/// A strategy by the names of Kubernetes' own structure, as it shows it where the type is none it knows.
enum StrategyShown {
  static func value(_ strategy: Value, rollingUpdate fields: [String]) -> Value {
    [
      "Type": strategy["type"] ?? "",
      "RollingUpdate": strategy["rollingUpdate"].map { GoStructure.value($0, fields) } ?? .null,
    ]
  }
}
