import Tree

/// The rules of policy bindings (k8s.io/kubernetes, pkg/apis/admissionregistration/validation).
struct PolicyBindingValidation: KindRules {
  private static let actions = ["Audit", "Deny", "Warn"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    let policy = spec.text("policyName")
    if policy.isEmpty {
      errors.append(.required("spec.policyName"))
    } else {
      errors += FieldError.invalid("spec.policyName", .string(policy), NameSyntax.subdomainErrors(policy))
    }
    if let reference = spec["paramRef"] { errors += Self.parameterErrors(reference, "spec.paramRef") }
    if let resources = spec["matchResources"] { errors += MatchRules.errors(resources, "spec.matchResources") }
    guard value["kind"] == "ValidatingAdmissionPolicyBinding" else { return errors }
    let actions = (spec["validationActions"]?.array ?? []).compactMap(\.string)
    var known: Set<String> = []
    for (index, action) in actions.enumerated() {
      let path = "spec.validationActions[\(index)]"
      if !Self.actions.contains(action) { errors.append(.notSupported(path, action, Self.actions)) }
      if !known.insert(action).inserted { errors.append(.duplicate(path, .string(action))) }
    }
    if actions.contains("Deny"), actions.contains("Warn") {
      errors.append(
        .invalid(
          "spec.validationActions", .array(actions.map(Value.string)),
          "must not contain both Deny and Warn "
            + "(repeating the same validation failure information in the API response and headers serves no purpose)"))
    }
    if actions.isEmpty {
      errors.append(.required("spec.validationActions", "at least one validation action is required"))
    }
    return errors
  }

  private static func parameterErrors(_ reference: Value, _ path: String) -> [FieldError] {
    let both = "name and selector are mutually exclusive"
    let name = reference.text("name")
    var errors: [FieldError] = []
    if !name.isEmpty {
      errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.pathSegmentErrors(name))
      if reference["selector"] != nil { errors.append(.forbidden(path + ".name", both)) }
    }
    if let selector = reference["selector"] {
      errors += LabelValidation.errors(selector: selector, at: path + ".selector")
      if !name.isEmpty { errors.append(.forbidden(path + ".selector", both)) }
    } else if name.isEmpty {
      errors.append(.required(path, "one of name or selector must be specified"))
    }
    switch reference.text("parameterNotFoundAction") {
    case "": errors.append(.required(path + ".parameterNotFoundAction"))
    case "Allow", "Deny": break
    case let other: errors.append(.notSupported(path + ".parameterNotFoundAction", other, ["Deny", "Allow"]))
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
    var errors = nameErrors(hook.text("name"), path + ".name")
    for (place, rule) in hook.elements("rules", in: path) { errors += MatchRules.ruleErrors(rule, place) }
    errors += MatchRules.failurePolicyErrors(hook, path)
    if let policy = hook["matchPolicy"]?.string, !["Equivalent", "Exact"].contains(policy) {
      errors.append(.notSupported(path + ".matchPolicy", policy, ["Equivalent", "Exact"]))
    }
    switch hook["sideEffects"]?.string {
    case nil: errors.append(.required(path + ".sideEffects", "must specify one of None, NoneOnDryRun"))
    case "None", "NoneOnDryRun": break
    case let text?: errors.append(.notSupported(path + ".sideEffects", text, ["None", "NoneOnDryRun"]))
    }
    if let seconds = hook["timeoutSeconds"]?.integer, !(1...30).contains(seconds) {
      errors.append(
        .invalid(
          path + ".timeoutSeconds", .integer(seconds), "the timeout value must be between 1 and 30 seconds"))
    }
    errors += MatchRules.selectorErrors(hook, path)
    errors += clientErrors(hook["clientConfig"] ?? [:], path + ".clientConfig")
    errors += MatchRules.conditionErrors(hook, path, .webhook)
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

extension WebhookValidation {
  private func nameErrors(_ name: String, _ path: String) -> [FieldError] {
    if name.isEmpty { return [.required(path)] }
    let errors = NameSyntax.subdomainErrors(name)
    if !errors.isEmpty { return [.invalid(path, .string(name), errors.joined(separator: ","))] }
    if name.split(separator: ".").count >= 3 { return [] }
    return [.invalid(path, .string(name), "should be a domain with at least three segments separated by dots")]
  }

  private func clientErrors(_ client: Value, _ path: String) -> [FieldError] {
    if (client["url"] == nil) == (client["service"] == nil) {
      return [.required(path, "exactly one of url or service is required")]
    }
    var errors: [FieldError] = []
    if let url = client["url"]?.string, !url.hasPrefix("https://") {
      let scheme = url.firstRange(of: "://").map { String(url[..<$0.lowerBound]) } ?? ""
      errors.append(
        .invalid(
          path + ".url", .string(scheme),
          "'https' is the only allowed URL scheme; desired format: https://host[/path]"))
    }
    guard let service = client["service"] else { return errors }
    if service.text("name").isEmpty { errors.append(.required(path + ".service.name", "service name is required")) }
    if service.text("namespace").isEmpty {
      errors.append(.required(path + ".service.namespace", "service namespace is required"))
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
