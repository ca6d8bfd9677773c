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
    return errors + (isMutating ? mutationErrors(spec, expressions) : validationErrors(spec, expressions))
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

  private static func isIdentifier(_ name: String) -> Bool {
    let letters = name.utf8.allSatisfy {
      (48...57).contains($0) || ($0 | 32 >= 97 && $0 | 32 <= 122) || $0 == UInt8(ascii: "_")
    }
    return letters && name.first?.isNumber == false
  }

  private static func expressionErrors(
    _ source: Value, _ field: String, _ path: String, _ expressions: AdmissionExpressions
  ) -> [FieldError] {
    let text = source.text(field)
    if text.allSatisfy(\.isWhitespace) { return [.required("\(path).\(field)", "\(field) is not specified")] }
    return expressions.errors(text, "\(path).\(field)")
  }

  // MARK: Validations

  private func validationErrors(_ spec: Value, _ expressions: AdmissionExpressions) -> [FieldError] {
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
      errors += Self.expressionErrors(annotation, "valueExpression", path, expressions)
      let key = annotation.text("key")
      if !keys.insert(key).inserted { errors.append(.duplicate(path + ".key", .string(key))) }
    }
    return errors
  }

  private func validationErrors(_ rule: Value, _ path: String, _ expressions: AdmissionExpressions) -> [FieldError] {
    var errors = Self.expressionErrors(rule, "expression", path, expressions)
    if let text = rule["messageExpression"]?.string, !text.isEmpty {
      if text.allSatisfy(\.isWhitespace) {
        errors.append(.invalid(path + ".messageExpression", .string(text), "must be non-empty if specified"))
      } else {
        errors += expressions.errors(text, path + ".messageExpression")
      }
    }
    if let message = rule["message"]?.string, !message.isEmpty {
      if message.allSatisfy(\.isWhitespace) {
        errors.append(.invalid(path + ".message", .string(message), "message must be non-empty if specified"))
      } else if message.contains(where: \.isNewline) {
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
    for list in ["resourceRules", "excludeResourceRules"] {
      for (place, rule) in resources.elements(list, in: path) { errors += ruleErrors(rule, place) }
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
    }
    if texts(rule, "resources").isEmpty { errors.append(.required(path + ".resources")) }
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
        errors += expressions.errors(text, place + ".expression")
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
