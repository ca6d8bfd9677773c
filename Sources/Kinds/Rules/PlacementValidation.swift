import Tree

/// Where a pod may run: affinity, tolerations, spreading.
struct PlacementValidation {
  let spec: Value
  let path: String

  private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  var affinityErrors: [FieldError] {
    guard let affinity = spec["affinity"] else { return [] }
    var errors = nodeAffinityErrors(affinity["nodeAffinity"] ?? [:], at: path + ".affinity.nodeAffinity")
    for field in ["podAffinity", "podAntiAffinity"] {
      errors += podAffinityErrors(affinity[field] ?? [:], at: path + ".affinity." + field)
    }
    return errors
  }

  var spreadErrors: [FieldError] {
    let constraints = spec.elements("topologySpreadConstraints", in: path)
    return constraints.enumerated().flatMap { index, constraint in
      spreadErrors(constraint.value, constraint.path, later: constraints[(index + 1)...].map(\.value))
    }
  }

  var tolerationErrors: [FieldError] {
    spec.elements("tolerations", in: path).flatMap { tolerationErrors($0.value, $0.path) }
  }

  /// A pair of a key and an action that comes again further down is refused where it comes first.
  private func repetitionErrors(_ constraint: Value, among later: [Value], _ path: String) -> [FieldError] {
    let pair = [constraint.text("topologyKey"), constraint.text("whenUnsatisfiable")]
    guard later.contains(where: { [$0.text("topologyKey"), $0.text("whenUnsatisfiable")] == pair }) else { return [] }
    return [
      .duplicate(path + ".{topologyKey, whenUnsatisfiable}", .string("{\(pair[0]), \(pair[1])}"))
    ]
  }

  // MARK: Nodes

  private func nodeAffinityErrors(_ affinity: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let selector = affinity[Self.required] { errors += selectorErrors(selector, at: path + "." + Self.required) }
    for (path, preference) in affinity.elements(Self.preferred, in: path) {
      errors += weightErrors(preference, path)
      errors += nodeTermErrors(preference["preference"] ?? [:], path + ".preference")
    }
    return errors
  }

  /// What is wrong with a choice of nodes.
  func selectorErrors(_ selector: Value, at path: String) -> [FieldError] {
    let terms = selector.elements("nodeSelectorTerms", in: path)
    return terms.isEmpty
      ? [.required(path + ".nodeSelectorTerms", "must have at least one node selector term")]
      : terms.flatMap { nodeTermErrors($0.value, $0.path) + valueErrors($0.value, $0.path) }
  }

  /// What no label can be; a preference may ask for it all the same.
  private func valueErrors(_ term: Value, _ path: String) -> [FieldError] {
    term.elements("matchExpressions", in: path).flatMap { path, requirement in
      requirement.elements("values", in: path).flatMap {
        FieldError.invalid($0.path, $0.value, NameSyntax.labelValueErrors($0.value.string ?? ""))
      }
    }
  }

  private func nodeTermErrors(_ term: Value, _ path: String) -> [FieldError] {
    let expressions = term.elements("matchExpressions", in: path).flatMap { nodeExpressionErrors($0.value, $0.path) }
    let fields = term.elements("matchFields", in: path).flatMap { fieldExpressionErrors($0.value, $0.path) }
    return expressions + fields
  }

  private func nodeExpressionErrors(_ requirement: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let count = requirement["values"]?.array?.count ?? 0
    switch requirement.text("operator") {
    case "In", "NotIn":
      if count == 0 {
        errors.append(.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"))
      }
    case "Exists", "DoesNotExist":
      if count > 0 {
        errors.append(
          .forbidden(path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
      }
    case "Gt", "Lt":
      if count != 1 {
        errors.append(.required(path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'"))
      }
    default:
      errors.append(.invalid(path + ".operator", requirement["operator"] ?? "", "not a valid selector operator"))
    }
    return errors + LabelValidation.keyErrors(requirement.text("key"), at: path + ".key")
  }

  /// The one field of a node that can be selected by is its name.
  private func fieldExpressionErrors(_ requirement: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if !["In", "NotIn"].contains(requirement.text("operator")) {
      errors.append(.invalid(path + ".operator", requirement["operator"] ?? "", "not a valid selector operator"))
    } else if requirement["values"]?.array?.count != 1 {
      errors.append(
        .required(
          path + ".values", "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"))
    }
    if requirement.text("key") != "metadata.name" {
      errors.append(.invalid(path + ".key", requirement["key"] ?? "", "not a valid field selector key"))
      return errors
    }
    for (path, name) in requirement.elements("values", in: path) {
      errors += FieldError.invalid(path, name, NameSyntax.subdomainErrors(name.string ?? ""))
    }
    return errors
  }

  private func weightErrors(_ preference: Value, _ path: String) -> [FieldError] {
    let weight = preference["weight"]?.integer ?? 0
    return (1...100).contains(weight)
      ? [] : [.invalid(path + ".weight", .integer(weight), "must be in the range 1-100")]
  }

  // MARK: Pods

  private func podAffinityErrors(_ affinity: Value, at path: String) -> [FieldError] {
    var errors = affinity.elements(Self.required, in: path).flatMap { podTermErrors($0.value, $0.path) }
    for (path, preference) in affinity.elements(Self.preferred, in: path) {
      errors += weightErrors(preference, path)
      errors += podTermErrors(preference["podAffinityTerm"] ?? [:], path + ".podAffinityTerm")
    }
    return errors
  }

  private func podTermErrors(_ term: Value, _ path: String) -> [FieldError] {
    var errors = LabelValidation.errors(selector: term["labelSelector"], at: path + ".labelSelector")
    errors += LabelValidation.errors(selector: term["namespaceSelector"], at: path + ".namespaceSelector")
    // Kubernetes names no element here.
    for name in term["namespaces"]?.array ?? [] {
      errors += FieldError.invalid(path + ".namespace", name, NameSyntax.labelErrors(name.string ?? ""))
    }
    errors += termKeyErrors(term, at: path)
    return errors + topologyErrors(term.text("topologyKey"), at: path)
  }

  /// Labels whose values the pod's own decide: `matchLabelKeys` become part of the selector when the pod is made.
  private func termKeyErrors(_ term: Value, at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let lists = ["matchLabelKeys", "mismatchLabelKeys"]
    for list in lists {
      let keys = term.elements(list, in: path)
      if !keys.isEmpty, term["labelSelector"] == nil {
        errors.append(.forbidden(path + "." + list, "must not be specified when labelSelector is not set"))
      }
      for (path, key) in keys { errors += LabelValidation.keyErrors(key.string ?? "", at: path) }
    }
    let refused = Set((term["mismatchLabelKeys"]?.array ?? []).compactMap(\.string))
    for (path, key) in term.elements("matchLabelKeys", in: path) where refused.contains(key.string ?? "") {
      errors.append(.invalid(path, key, "exists in both matchLabelKeys and mismatchLabelKeys"))
    }
    return errors
  }

  private func topologyErrors(_ key: String, at path: String) -> [FieldError] {
    let absent: [FieldError] = key.isEmpty ? [.required(path + ".topologyKey", "can not be empty")] : []
    return absent + LabelValidation.keyErrors(key, at: path + ".topologyKey")
  }

  private func spreadErrors(_ constraint: Value, _ path: String, later: [Value]) -> [FieldError] {
    var errors: [FieldError] = []
    let skew = constraint["maxSkew"]?.integer ?? 0
    if skew <= 0 { errors.append(.invalid(path + ".maxSkew", .integer(skew), "must be greater than zero")) }
    if constraint.text("topologyKey").isEmpty { errors.append(.required(path + ".topologyKey", "can not be empty")) }
    let action = constraint.text("whenUnsatisfiable")
    if action.isEmpty {
      errors.append(.notSupported(path + ".whenUnsatisfiable", "", ["DoNotSchedule", "ScheduleAnyway"]))
    }
    errors += repetitionErrors(constraint, among: later, path)
    if let domains = constraint["minDomains"]?.integer {
      if domains <= 0 {
        errors.append(.invalid(path + ".minDomains", .integer(domains), "must be greater than zero"))
      }
      if action != "DoNotSchedule" {
        errors.append(
          .invalid(
            path + ".minDomains", .integer(domains),
            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(action)"))
      }
    }
    return errors + keyErrors(constraint, at: path + ".matchLabelKeys")
      + LabelValidation.errors(selector: constraint["labelSelector"], at: path + ".labelSelector")
  }

  /// Labels whose values come from the pod itself: not those that are selected already.
  private func keyErrors(_ constraint: Value, at path: String) -> [FieldError] {
    let keys = (constraint["matchLabelKeys"]?.array ?? []).map { $0.string ?? "" }
    if keys.isEmpty { return [] }
    let selector = constraint["labelSelector"]
    let selected =
      (selector?["matchLabels"]?.object ?? Members()).map(\.key)
      + (selector?["matchExpressions"]?.array ?? []).map { $0.text("key") }
    var errors: [FieldError] =
      selector == nil ? [.forbidden(path, "must not be specified when labelSelector is not set")] : []
    for (index, key) in keys.enumerated() {
      let place = path + "[\(index)]"
      errors += LabelValidation.keyErrors(key, at: place)
      if selected.contains(key) {
        errors.append(.invalid(place, .string(key), "exists in both matchLabelKeys and labelSelector"))
      }
    }
    return errors
  }

  // MARK: Tolerations

  private func tolerationErrors(_ toleration: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let (key, word, effect) = (toleration.text("key"), toleration.text("operator"), toleration.text("effect"))
    if !key.isEmpty { errors += LabelValidation.keyErrors(key, at: path + ".key") }
    if key.isEmpty, word != "Exists" {
      errors.append(
        .invalid(
          path + ".operator", .string(word),
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
    }
    if toleration["tolerationSeconds"] != nil, effect != "NoExecute" {
      errors.append(
        .invalid(
          path + ".effect", .string(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    }
    let text = toleration.text("value")
    if word == "Exists", !text.isEmpty {
      errors.append(
        .invalid(path + ".operator", .string(text), "value must be empty when `operator` is 'Exists'"))
    } else if word.isEmpty || word == "Equal" {
      let syntax = NameSyntax.labelValueErrors(text)
      if !syntax.isEmpty {
        errors.append(.invalid(path + ".operator", .string(text), syntax.joined(separator: ";")))
      }
    }
    if !effect.isEmpty, !Self.effects.contains(effect) {
      errors.append(.notSupported(path + ".effect", effect, Self.effects))
    }
    return errors
  }
}
