import Tree

/// The rules of LimitRanges (k8s.io/kubernetes, pkg/apis/core/validation).
struct LimitRangeValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    var types: Set<String> = []
    for (path, item) in (value["spec"] ?? [:]).elements("limits", in: "spec") {
      let type = item.text("type")
      if !types.insert(type).inserted { errors.append(.duplicate(path + ".type", .string(type))) }
      if type == "Pod" {
        for field in ["default", "defaultRequest"] where item[field]?.object?.isEmpty == false {
          errors.append(.forbidden(path + "." + field, "may not be specified when `type` is 'Pod'"))
        }
      }
      errors += LimitItem(item: item, path: path).errors
    }
    return errors
  }
}

/// The amounts of one item, resource by resource.
private struct LimitItem {
  let item: Value
  let path: String

  var errors: [FieldError] {
    var keys: Set<String> = []
    for field in ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] {
      keys.formUnion((item[field]?.object ?? Members()).map(\.key))
    }
    return keys.sorted().flatMap(errors)
  }

  private func errors(of key: String) -> [FieldError] {
    var errors: [FieldError] = []
    func check(
      _ low: (field: String, name: String), _ high: (field: String, name: String), at field: String, showing: String
    ) {
      guard let (lowText, lowAmount) = amount(low.field, key), let (highText, highAmount) = amount(high.field, key),
        lowAmount > highAmount
      else { return }
      let shown = showing == low.field ? lowText : highText
      errors.append(
        .invalid(
          "\(path).\(field)[\(key)]", .string(shown),
          "\(low.name) value \(lowText) is greater than \(high.name) value \(highText)"))
    }
    check(("min", "min"), ("max", "max"), at: "min", showing: "min")
    check(("min", "min"), ("defaultRequest", "default request"), at: "defaultRequest", showing: "defaultRequest")
    check(("defaultRequest", "default request"), ("max", "max"), at: "defaultRequest", showing: "defaultRequest")
    check(
      ("defaultRequest", "default request"), ("default", "default limit"), at: "defaultRequest",
      showing: "defaultRequest")
    check(("min", "min"), ("default", "default"), at: "default", showing: "min")
    check(("default", "default"), ("max", "max"), at: "default", showing: "max")
    if let (text, ratio) = amount("maxLimitRequestRatio", key), let one = Quantity("1"), ratio < one {
      errors.append(
        .invalid("\(path).maxLimitRequestRatio[\(key)]", .string(text), "ratio \(text) is less than 1"))
    }
    return errors
  }

  private func amount(_ field: String, _ key: String) -> (String, Quantity)? {
    guard let text = item[field]?[key]?.string, let quantity = Quantity(text) else { return nil }
    return (text, quantity)
  }
}

/// The rules of ResourceQuotas (k8s.io/kubernetes, pkg/apis/core/validation).
struct QuotaValidation: KindRules {
  private static let scopes: Set<String> = [
    "BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating",
    "VolumeAttributesClass",
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let spec = value["spec"] ?? [:]
    var errors: [FieldError] = []
    for amount in spec["hard"]?.object ?? Members() {
      let path = "spec.hard[\(amount.key)]"
      errors += FieldError.invalid(path, .string(amount.key), NameSyntax.qualifiedNameErrors(amount.key))
      if let quantity = amount.value.string.flatMap(Quantity.init), quantity < .zero {
        errors.append(.invalid(path, amount.value, "must be greater than or equal to 0"))
      }
    }
    let scopes = spec["scopes"]?.array ?? []
    for scope in scopes where !Self.scopes.contains(scope.string ?? "") {
      errors.append(.invalid("spec.scopes", .array(scopes), "unsupported scope"))
    }
    if let old, subresource == nil, scopes != old["spec", "scopes"]?.array ?? [] {
      errors.append(.invalid("spec.scopes", .array(scopes), "field is immutable"))
    }
    return errors
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
