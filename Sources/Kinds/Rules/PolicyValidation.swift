import CEL
import Tree

/// The rules of admission policies (k8s.io/kubernetes, pkg/apis/admissionregistration/validation).
struct AdmissionPolicyValidation: KindRules {
  private static let annotationLimit = 20
  private static let reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    let isMutating = value["kind"] == "MutatingAdmissionPolicy"
    var errors = MatchRules.failurePolicyErrors(spec, "spec")
    if let kind = spec["paramKind"] { errors += Self.parameterKindErrors(kind, "spec.paramKind") }
    if let constraints = spec["matchConstraints"] {
      errors += MatchRules.errors(constraints, "spec.matchConstraints")
      if constraints["resourceRules"]?.array?.isEmpty ?? true {
        errors.append(.required("spec.matchConstraints.resourceRules"))
      }
    } else {
      errors.append(.required("spec.matchConstraints"))
    }
    let library = isMutating ? CELLibrary.admission : .validation
    var expressions = AdmissionExpressions.policy(hasParams: spec["paramKind"] != nil, library: library)
    errors += MatchRules.conditionErrors(spec, "spec", expressions)
    errors += variableErrors(spec, &expressions)
    if isMutating { return errors + mutationErrors(spec, expressions) }
    return errors + validationErrors(spec, expressions, policy: value["metadata"]?.text("name") ?? "")
  }

  private static func parameterKindErrors(_ kind: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let text = kind.text("apiVersion")
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if text.isEmpty {
      errors.append(.required(path + ".apiVersion"))
    } else if parts.count > 2 {
      errors.append(.invalid(path + ".apiVersion", .string(text), "unexpected GroupVersion string: \(text)"))
    } else {
      let (group, version) = (parts.count == 2 ? parts[0] : "", parts[parts.count - 1])
      func add(_ part: String, _ why: [String]) {
        guard !why.isEmpty else { return }
        errors.append(.invalid(path + ".apiVersion", .string(part), why.joined(separator: ",")))
      }
      if !group.isEmpty { add(group, NameSyntax.subdomainErrors(group)) }
      if version.isEmpty {
        add(text, ["version must be specified"])
      } else {
        add(version, DefinitionRules.labelErrors(version))
      }
    }
    let name = kind.text("kind")
    let why = DefinitionRules.labelErrors(name.lowercased()).joined(separator: ",")
    if name.isEmpty {
      errors.append(.required(path + ".kind"))
    } else if !why.isEmpty {
      errors.append(
        .invalid(path + ".kind", .string(name), "may have mixed case, but should otherwise match: " + why))
    }
    return errors
  }

  /// Each variable sees those before it.
  private func variableErrors(_ spec: Value, _ expressions: inout AdmissionExpressions) -> [FieldError] {
    var errors: [FieldError] = []
    for (path, variable) in spec.elements("variables", in: "spec") {
      let name = variable.text("name")
      if name.allSatisfy(\.isWhitespace) {
        errors.append(.required(path + ".name", "name is not specified"))
      } else if !Self.isIdentifier(name) {
        errors.append(.invalid(path + ".name", .string(name), "name is not a valid CEL identifier"))
      }
      errors += Self.expressionErrors(variable, "expression", path, expressions)
      expressions.variables.append(name)
    }
    return errors
  }

  private static let reserved: Set<String> = [
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
    "loop", "package", "namespace", "return", "var", "void", "while",
  ]

  private static func isIdentifier(_ name: String) -> Bool {
    let letters = name.utf8.allSatisfy {
      (48...57).contains($0) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == UInt8(ascii: "_")
    }
    return letters && name.first?.isNumber == false && !reserved.contains(name)
  }

  private static func expressionErrors(
    _ source: Value, _ field: String, _ path: String, _ expressions: AdmissionExpressions,
    giving types: [StaticType] = []
  ) -> [FieldError] {
    let text = source.text(field)
    if text.allSatisfy(\.isWhitespace) { return [.required("\(path).\(field)", "\(field) is not specified")] }
    return expressions.errors(text, "\(path).\(field)", giving: types)
  }

  // MARK: Validations

  private func validationErrors(_ spec: Value, _ expressions: AdmissionExpressions, policy: String) -> [FieldError] {
    let validations = spec.elements("validations", in: "spec")
    let annotations = spec.elements("auditAnnotations", in: "spec")
    if validations.isEmpty, annotations.isEmpty {
      let why = "validations or auditAnnotations must contain at least one item"
      return [.required("spec.validations", why), .required("spec.auditAnnotations", why)]
    }
    var errors = validations.flatMap { validationErrors($0.value, $0.path, expressions) }
    if annotations.count > Self.annotationLimit {
      errors.append(
        .invalid(
          "spec.auditAnnotations", .array(annotations.map(\.value)),
          "must not have more than \(Self.annotationLimit) auditAnnotations"))
    }
    var keys: Set<String> = []
    for (path, annotation) in annotations {
      let key = annotation.text("key")
      let full = policy + "/" + key
      errors += FieldError.invalid(path + ".key", .string(full), NameSyntax.qualifiedNameErrors(full))
      errors += Self.expressionErrors(annotation, "valueExpression", path, expressions, giving: [.text, .null])
      if !keys.insert(key).inserted { errors.append(.duplicate(path + ".key", .string(key))) }
    }
    return errors
  }

  private func validationErrors(_ rule: Value, _ path: String, _ expressions: AdmissionExpressions) -> [FieldError] {
    var errors = Self.expressionErrors(rule, "expression", path, expressions, giving: [.boolean])
    if let text = rule["messageExpression"]?.string, !text.isEmpty {
      if text.allSatisfy(\.isWhitespace) {
        errors.append(.invalid(path + ".messageExpression", .string(text), "must be non-empty if specified"))
      } else {
        errors += expressions.errors(text, path + ".messageExpression", giving: [.text])
      }
    }
    if let message = rule["message"]?.string, !message.isEmpty {
      if message.allSatisfy(\.isWhitespace) {
        errors.append(.invalid(path + ".message", .string(message), "message must be non-empty if specified"))
      } else if message.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).contains(where: \.isNewline)
      {
        errors.append(.invalid(path + ".message", .string(message), "message must not contain line breaks"))
      }
    }
    if let reason = rule["reason"]?.string, !Self.reasons.contains(reason) {
      errors.append(.notSupported(path + ".reason", reason, Self.reasons))
    }
    return errors
  }

  // MARK: Mutations

  private func mutationErrors(_ spec: Value, _ expressions: AdmissionExpressions) -> [FieldError] {
    let mutations = spec.elements("mutations", in: "spec")
    if mutations.isEmpty { return [.required("spec.mutations", "mutations must contain at least one item")] }
    var errors: [FieldError] = []
    for (path, mutation) in mutations {
      switch mutation["patchType"]?.string ?? "" {
      case "": errors.append(.required(path + ".patchType"))
      case "ApplyConfiguration": errors += expressionErrors(mutation, "applyConfiguration", path, expressions)
      case "JSONPatch": errors += expressionErrors(mutation, "jsonPatch", path, expressions)
      case let other:
        errors.append(.notSupported(path + ".patchType", other, ["ApplyConfiguration", "JSONPatch"]))
      }
    }
    if let policy = spec["reinvocationPolicy"]?.string, !["IfNeeded", "Never"].contains(policy) {
      errors.append(.notSupported("spec.reinvocationPolicy", policy, ["IfNeeded", "Never"]))
    }
    return errors
  }

  private func expressionErrors(
    _ mutation: Value, _ field: String, _ path: String, _ expressions: AdmissionExpressions
  ) -> [FieldError] {
    guard let source = mutation[field] else { return [.required("\(path).\(field)")] }
    return Self.expressionErrors(source, "expression", "\(path).\(field)", expressions)
  }
}

/// The rules of what policies and webhooks say of the requests that they are about.
enum MatchRules {
  private static let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
  private static let scopes = ["*", "Cluster", "Namespaced"]
  private static let conditionLimit = 64

  static func failurePolicyErrors(_ source: Value, _ path: String) -> [FieldError] {
    guard let policy = source["failurePolicy"]?.string, !["Fail", "Ignore"].contains(policy) else { return [] }
    return [.notSupported(path + ".failurePolicy", policy, ["Fail", "Ignore"])]
  }

  static func errors(_ resources: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    if let policy = resources["matchPolicy"]?.string, !["Equivalent", "Exact"].contains(policy) {
      errors.append(.notSupported(path + ".matchPolicy", policy, ["Equivalent", "Exact"]))
    }
    errors += selectorErrors(resources, path)
    for list in ["resourceRules", "excludeResourceRules"] {
      for (place, rule) in resources.elements(list, in: path) {
        errors += objectNameErrors(rule, place) + ruleErrors(rule, place)
      }
    }
    return errors
  }

  static func selectorErrors(_ source: Value, _ path: String) -> [FieldError] {
    ["namespaceSelector", "objectSelector"].flatMap { field in
      LabelValidation.errors(selector: source[field], at: "\(path).\(field)")
    }
  }

  private static func objectNameErrors(_ rule: Value, _ path: String) -> [FieldError] {
    var known: Set<String> = []
    return texts(rule, "resourceNames").enumerated().flatMap { index, name in
      let place = "\(path).resourceNames[\(index)]"
      let errors = FieldError.invalid(place, .string(name), NameSyntax.pathSegmentErrors(name))
      return errors + (known.insert(name).inserted ? [] : [.duplicate(place, .string(name))])
    }
  }

  /// Which resources and subresources may stand beside each other.
  private static func resourceErrors(_ names: [String], _ path: String) -> [FieldError] {
    if names.isEmpty { return [.required(path)] }
    let all = Value.array(names.map(Value.string))
    var (resources, subresources): (Set<String>, Set<String>) = ([], [])
    var isLastPlain = false
    var errors: [FieldError] = []
    for (index, name) in names.enumerated() {
      let place = "\(path)[\(index)]"
      let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if name.isEmpty {
        errors.append(.required(place))
      } else if parts.count == 1 {
        isLastPlain = name != "*"
      } else {
        for (isTaken, wide) in [
          (resources.contains(parts[0]), parts[0] + "/*"), (subresources.contains(parts[1]), "*/" + parts[1]),
        ] where isTaken {
          errors.append(.invalid(place, .string(name), "if '\(wide)' is present, must not specify \(name)"))
        }
        if parts[1] == "*" { resources.insert(parts[0]) }
        if parts[0] == "*" { subresources.insert(parts[1]) }
      }
    }
    if names.count > 1, names.contains("*/*") {
      errors.append(.invalid(path, all, "if '*/*' is present, must not specify other resources"))
    }
    if names.contains("*"), isLastPlain {
      errors.append(.invalid(path, all, "if '*' is present, must not specify other resources without subresources"))
    }
    return errors
  }

  static func ruleErrors(_ rule: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let operations = texts(rule, "operations")
    if operations.isEmpty { errors.append(.required(path + ".operations")) }
    if operations.count > 1, operations.contains("*") {
      errors.append(
        .invalid(
          path + ".operations", .array(operations.map(Value.string)),
          "if '*' is present, must not specify other operations"))
    }
    for (index, operation) in operations.enumerated() where !Self.operations.contains(operation) {
      errors.append(.notSupported("\(path).operations[\(index)]", operation, Self.operations))
    }
    for (field, what) in [("apiGroups", "API groups"), ("apiVersions", "API versions")] {
      let names = texts(rule, field)
      if names.isEmpty { errors.append(.required("\(path).\(field)")) }
      if names.count > 1, names.contains("*") {
        errors.append(
          .invalid(
            "\(path).\(field)", .array(names.map(Value.string)),
            "if '*' is present, must not specify other \(what)"))
      }
      guard field == "apiVersions" else { continue }
      for (index, name) in names.enumerated() where name.isEmpty {
        errors.append(.required("\(path).\(field)[\(index)]"))
      }
    }
    errors += resourceErrors(texts(rule, "resources"), path + ".resources")
    if let scope = rule["scope"]?.string, !scopes.contains(scope) {
      errors.append(.notSupported(path + ".scope", scope, scopes))
    }
    return errors
  }

  private static func texts(_ rule: Value, _ field: String) -> [String] {
    (rule[field]?.array ?? []).compactMap(\.string)
  }

  static func conditionErrors(_ source: Value, _ path: String, _ expressions: AdmissionExpressions) -> [FieldError] {
    let conditions = source.elements("matchConditions", in: path)
    var errors: [FieldError] = []
    if conditions.count > conditionLimit {
      errors.append(
        FieldError(
          .tooMany, field: path + ".matchConditions",
          message: "Too many: \(conditions.count): must have at most \(conditionLimit) items"))
    }
    var names: Set<String> = []
    for (place, condition) in conditions {
      let text = condition.text("expression")
      if text.allSatisfy(\.isWhitespace) {
        errors.append(.required(place + ".expression"))
      } else {
        errors += expressions.errors(text, place + ".expression", giving: [.boolean])
      }
      let name = condition.text("name")
      if name.isEmpty {
        errors.append(.required(place + ".name"))
      } else {
        for why in NameSyntax.qualifiedNameErrors(name) {
          errors.append(.invalid(place + ".name", .string(name), why))
        }
        if !names.insert(name).inserted { errors.append(.duplicate(place + ".name", .string(name))) }
      }
    }
    return errors
  }
}
