import Tree

/// The rules of policy bindings (k8s.io/kubernetes, pkg/apis/admissionregistration/validation).
struct PolicyBindingValidation: KindRules {
  private static let actions = ["Audit", "Deny", "Warn"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    if spec.text("policyName").isEmpty { errors.append(.required("spec.policyName")) }
    guard value["kind"] == "ValidatingAdmissionPolicyBinding" else { return errors }
    let actions = (spec["validationActions"]?.array ?? []).compactMap(\.string)
    if actions.isEmpty {
      errors.append(.required("spec.validationActions", "at least one validation action is required"))
    }
    for (index, action) in actions.enumerated() where !Self.actions.contains(action) {
      errors.append(.notSupported("spec.validationActions[\(index)]", action, Self.actions))
    }
    if actions.contains("Deny"), actions.contains("Warn") {
      errors.append(
        .invalid(
          "spec.validationActions", .array(actions.map(Value.string)),
          "must not contain both Deny and Warn "
            + "(repeating the same validation failure information in the API response and headers serves no purpose)"))
    }
    return errors
  }
}

/// The rules of webhook configurations (k8s.io/kubernetes, pkg/apis/admissionregistration/validation).
struct WebhookValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var names: Set<String> = []
    return (value["webhooks"]?.array ?? []).enumerated().flatMap { index, hook in
      var errors = hookErrors(hook, at: "webhooks[\(index)]")
      let name = hook.text("name")
      if !names.insert(name).inserted { errors.append(.duplicate("webhooks[\(index)].name", .string(name))) }
      return errors
    }
  }

  private func hookErrors(_ hook: Value, at path: String) -> [FieldError] {
    let name = hook.text("name")
    var errors: [FieldError] = []
    if name.isEmpty {
      errors.append(.required(path + ".name"))
    } else if name.split(separator: ".").count < 3 {
      errors.append(
        .invalid(
          path + ".name", .string(name), "should be a domain with at least three segments separated by dots"))
    }
    if let seconds = hook["timeoutSeconds"]?.integer, !(1...30).contains(seconds) {
      errors.append(
        .invalid(
          path + ".timeoutSeconds", .integer(seconds), "the timeout value must be between 1 and 30 seconds"))
    }
    switch hook["sideEffects"]?.string {
    case nil: errors.append(.required(path + ".sideEffects", "must specify one of None, NoneOnDryRun"))
    case "None", "NoneOnDryRun": break
    case let text?: errors.append(.notSupported(path + ".sideEffects", text, ["None", "NoneOnDryRun"]))
    }
    for (place, rule) in hook.elements("rules", in: path) { errors += MatchRules.ruleErrors(rule, place) }
    errors += MatchRules.failurePolicyErrors(hook, path)
    if let policy = hook["matchPolicy"]?.string, !["Equivalent", "Exact"].contains(policy) {
      errors.append(.notSupported(path + ".matchPolicy", policy, ["Equivalent", "Exact"]))
    }
    errors += MatchRules.conditionErrors(hook, path, .webhook)
    let client = hook["clientConfig"] ?? [:]
    if (client["url"] == nil) == (client["service"] == nil) {
      errors.append(.required(path + ".clientConfig", "exactly one of url or service is required"))
    }
    if let url = client["url"]?.string, !url.hasPrefix("https://") {
      errors.append(
        .invalid(path + ".clientConfig.url", .string(url), "'https' is the only allowed URL scheme"))
    }
    let versions = (hook["admissionReviewVersions"]?.array ?? []).compactMap(\.string)
    if versions.isEmpty {
      errors.append(.required(path + ".admissionReviewVersions", "must specify one of v1, v1beta1"))
    } else if !versions.contains(where: { ["v1", "v1beta1"].contains($0) }) {
      errors.append(
        .invalid(
          path + ".admissionReviewVersions", .array(versions.map(Value.string)),
          "must include at least one of v1, v1beta1"))
    }
    return errors
  }
}

/// The rules of priority levels and flow schemas (k8s.io/kubernetes, pkg/apis/flowcontrol/validation).
struct FlowControlValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    return value["kind"] == "FlowSchema" ? schemaErrors(spec) : levelErrors(spec)
  }

  private func schemaErrors(_ spec: Value) -> [FieldError] {
    var errors: [FieldError] = []
    let precedence = spec["matchingPrecedence"]?.integer ?? 0
    if precedence <= 0 {
      errors.append(
        .invalid("spec.matchingPrecedence", .integer(precedence), "must be a positive value"))
    } else if precedence > 10_000 {
      errors.append(
        .invalid(
          "spec.matchingPrecedence", .integer(precedence), "must not be greater than 10000"))
    }
    if spec["priorityLevelConfiguration", "name"]?.string?.isEmpty ?? true {
      errors.append(.required("spec.priorityLevelConfiguration.name", "must reference a priority level"))
    }
    return errors
  }

  private func levelErrors(_ spec: Value) -> [FieldError] {
    switch spec.text("type") {
    case "Limited":
      return spec["limited"] == nil
        ? [.required("spec.limited", "must not be empty when type is Limited")] : []
    case "Exempt":
      return spec["limited"] == nil
        ? [] : [.forbidden("spec.limited", "must be nil if the type is not Limited")]
    case let type: return [.notSupported("spec.type", type, ["Exempt", "Limited"])]
    }
  }
}
