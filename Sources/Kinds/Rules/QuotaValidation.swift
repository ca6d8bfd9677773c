import Tree

/// The rules of ResourceQuotas (k8s.io/kubernetes, pkg/apis/core/validation).
struct QuotaValidation: KindRules {
  private static let scopes: Set<String> = [
    "BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating",
    "VolumeAttributesClass",
  ]
  private static let contrary = [["BestEffort", "NotBestEffort"], ["NotTerminating", "Terminating"]]
  /// The scopes that a pod is in or not in: their selectors have no values.
  private static let plain = [
    "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "CrossNamespacePodAffinity",
  ]
  /// What is counted of pods by these scopes.
  private static let ofPods: Set<String> = [
    "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory", "pods",
  ]
  private static let ofClaims: Set<String> = ["persistentvolumeclaims", "requests.storage"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" { return statusErrors(value["status"] ?? [:]) }
    let spec = value["spec"] ?? [:]
    var errors = amountErrors(spec["hard"], at: "spec.hard") + scopeErrors(spec) + selectorErrors(spec)
    if old == nil { errors += statusErrors(value["status"] ?? [:]) }
    let (after, before) = (spec["scopes"]?.array ?? [], old?["spec", "scopes"]?.array ?? [])
    if old != nil, Set(after.map(\.jsonText)) != Set(before.map(\.jsonText)) {
      errors.append(.invalid("spec.scopes", spec["scopes"] ?? .null, "field is immutable"))
    }
    return errors
  }

  private func statusErrors(_ status: Value) -> [FieldError] {
    amountErrors(status["hard"], at: "status.hard") + amountErrors(status["used"], at: "status.used")
  }

  private func amountErrors(_ amounts: Value?, at path: String) -> [FieldError] {
    (amounts?.object ?? Members()).flatMap { amount in
      let place = path + "[\(amount.key)]"
      return ResourceNames.quotaErrors(amount.key, at: place)
        + ResourceNames.amountErrors(amount.key, amount.value, at: place)
    }
  }

  private func scopeErrors(_ spec: Value) -> [FieldError] {
    let scopes = spec["scopes"]?.array ?? []
    var errors: [FieldError] = []
    for scope in scopes.map({ $0.string ?? "" }) {
      if !Self.scopes.contains(scope) {
        errors.append(.invalid("spec.scopes", .array(scopes), "unsupported scope"))
      }
      for _ in unscoped(scope, spec) {
        errors.append(.invalid("spec.scopes", .array(scopes), "unsupported scope applied to resource"))
      }
    }
    return errors + contraryErrors(Set(scopes.compactMap(\.string)), spec, at: "spec.scopes")
  }

  private func selectorErrors(_ spec: Value) -> [FieldError] {
    guard let selector = spec["scopeSelector"] else { return [] }
    let (path, requirements) = ("spec.scopeSelector.matchExpressions", selector["matchExpressions"]?.array ?? [])
    var errors: [FieldError] = []
    for requirement in requirements {
      let scope = requirement.text("scopeName")
      if !Self.scopes.contains(scope) {
        errors.append(.invalid(path + ".scopeName", .string(scope), "unsupported scope"))
      }
      for _ in unscoped(scope, spec) {
        errors.append(.invalid(path, shown(requirements), "unsupported scope applied to resource"))
      }
      errors += operatorErrors(requirement, scope, at: path)
    }
    return errors + contraryErrors(Set(requirements.map { $0.text("scopeName") }), spec, at: path)
  }

  private func operatorErrors(_ requirement: Value, _ scope: String, at path: String) -> [FieldError] {
    let (word, count) = (requirement.text("operator"), requirement["values"]?.array?.count ?? 0)
    var errors: [FieldError] = []
    if Self.plain.contains(scope), word != "Exists" {
      errors.append(
        .invalid(
          path + ".operator", .string(word),
          "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
            + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
            + "ResourceQuotaScopeCrossNamespacePodAffinity"))
    }
    switch word {
    case "In" where count == 0, "NotIn" where count == 0:
      let why = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"
      errors.append(.required(path + ".values", why))
    case "Exists" where count > 0, "DoesNotExist" where count > 0:
      let why = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"
      errors.append(.invalid(path + ".values", requirement["values"] ?? .null, why))
    case "In", "NotIn", "Exists", "DoesNotExist": break
    default: errors.append(.invalid(path + ".operator", .string(word), "not a valid selector operator"))
    }
    return errors
  }

  /// What the quota limits that the scope does not tell apart.
  private func unscoped(_ scope: String, _ spec: Value) -> [String] {
    (spec["hard"]?.object ?? Members()).map(\.key).filter { name in
      guard ResourceNames.isOfQuotas(name) else { return false }
      switch scope {
      case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity":
        return !Self.ofPods.contains(name)
      case "BestEffort": return name != "pods"
      case "VolumeAttributesClass": return !Self.ofClaims.contains(name)
      default: return false
      }
    }
  }

  private func contraryErrors(_ scopes: Set<String>, _ spec: Value, at path: String) -> [FieldError] {
    Self.contrary.filter { scopes.isSuperset(of: $0) }
      .map { _ in .invalid(path, spec["scopes"] ?? .null, "conflicting scopes") }
  }

  /// The selector by the names of Kubernetes' own structure.
  private func shown(_ requirements: [Value]) -> Value {
    ["MatchExpressions": .array(requirements.map { GoStructure.value($0, ["scopeName", "operator", "values"]) })]
  }
}

/// The rules of disruption budgets (k8s.io/kubernetes, pkg/apis/policy/validation).
struct BudgetValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    if let least = spec["minAvailable"], let most = spec["maxUnavailable"] {
      // Kubernetes shows the internal form of the spec.
      let shown: Value = [
        "MinAvailable": least, "Selector": spec["selector"] ?? .null, "MaxUnavailable": most,
        "UnhealthyPodEvictionPolicy": spec["unhealthyPodEvictionPolicy"] ?? .null,
      ]
      errors.append(.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set"))
    }
    for field in ["minAvailable", "maxUnavailable"] {
      if let amount = spec[field] { errors += Amount(amount).errors(at: "spec." + field) }
    }
    return errors + LabelValidation.errors(selector: spec["selector"], at: "spec.selector")
  }
}

/// The rules of priority classes (k8s.io/kubernetes, pkg/apis/scheduling/validation).
struct PriorityClassValidation: KindRules {
  private static let highest: Int64 = 1_000_000_000
  private static let ofSystem: [String: Int64] = [
    "system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000,
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let name = value["metadata", "name"]?.string ?? ""
    let number = value["value"]?.integer ?? 0
    var errors: [FieldError] = []
    if name.hasPrefix("system-") {
      if Self.ofSystem[name] != number {
        errors.append(
          .forbidden(
            "metadata.name",
            "priority class names with 'system-' prefix are reserved for system use only. error: "
              + (Self.ofSystem[name] == nil
                ? "\(name) is not a known system priority class"
                : "value of \(name) PriorityClass must be \(Self.ofSystem[name] ?? 0)")))
      }
    } else if number > Self.highest {
      errors.append(
        .forbidden("value", "maximum allowed value of a user defined priority is \(Self.highest)"))
    }
    let policy = value.text("preemptionPolicy")
    if !["Never", "PreemptLowerPriority"].contains(policy) {
      errors.append(.notSupported("preemptionPolicy", policy, ["Never", "PreemptLowerPriority"]))
    }
    guard let old else { return errors }
    if old["value"] != value["value"] { errors.append(.forbidden("value", "may not be changed in an update.")) }
    if old["preemptionPolicy"] != value["preemptionPolicy"] {
      errors.append(.invalid("preemptionPolicy", .string(policy), "field is immutable"))
    }
    return errors
  }
}

/// The rules of runtime classes (k8s.io/kubernetes, pkg/apis/node/validation).
struct RuntimeClassValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let handler = value.text("handler")
    if handler.isEmpty { return [.required("handler")] }
    var errors = FieldError.invalid("handler", .string(handler), NameSyntax.labelErrors(handler))
    if let old, old.text("handler") != handler {
      errors.append(.invalid("handler", .string(handler), "field is immutable"))
    }
    return errors
  }
}
