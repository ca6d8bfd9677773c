import Tree

/// The rules of Roles and ClusterRoles (k8s.io/kubernetes, pkg/apis/rbac/validation).
struct RoleValidation: KindRules {
  let isNamespaced: Bool

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    for (index, rule) in (value["rules"]?.array ?? []).enumerated() { errors += ruleErrors(rule, "rules[\(index)]") }
    guard let sum = value["aggregationRule"] else { return errors }
    let selectors = sum["clusterRoleSelectors"]?.array ?? []
    if selectors.isEmpty {
      errors.append(
        .required(
          "aggregationRule.clusterRoleSelectors",
          "at least one clusterRoleSelector required if aggregationRule is non-nil"))
    }
    for (index, selector) in selectors.enumerated() {
      errors += LabelValidation.errors(
        selector: selector, at: "aggregationRule.clusterRoleSelectors[\(index)]")
    }
    return errors
  }

  private func ruleErrors(_ rule: Value, _ path: String) -> [FieldError] {
    func isEmpty(_ field: String) -> Bool { rule[field]?.array?.isEmpty ?? true }
    if let addresses = rule["nonResourceURLs"], !isEmpty("nonResourceURLs") {
      var errors: [FieldError] = []
      if isNamespaced {
        errors.append(
          .invalid(path + ".nonResourceURLs", addresses, "namespaced rules cannot apply to non-resource URLs"))
      }
      if !isEmpty("apiGroups") || !isEmpty("resources") || !isEmpty("resourceNames") {
        errors.append(
          .invalid(
            path + ".nonResourceURLs", addresses,
            "rules cannot apply to both regular resources and non-resource URLs"))
      }
      return errors
    }
    var errors: [FieldError] = []
    if isEmpty("apiGroups") {
      errors.append(.required(path + ".apiGroups", "resource rules must supply at least one api group"))
    }
    if isEmpty("resources") {
      errors.append(.required(path + ".resources", "resource rules must supply at least one resource"))
    }
    return errors
  }
}

/// The rules of RoleBindings and ClusterRoleBindings (k8s.io/kubernetes, pkg/apis/rbac/validation).
struct RoleBindingValidation: KindRules {
  private static let group = "rbac.authorization.k8s.io"
  let isNamespaced: Bool

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    let role = value["roleRef"] ?? [:]
    var errors: [FieldError] = []
    if let old, old["roleRef"] != value["roleRef"] {
      let shown: Value = [
        "APIGroup": role["apiGroup"] ?? "", "Kind": role["kind"] ?? "", "Name": role["name"] ?? "",
      ]
      errors.append(.invalid("roleRef", shown, "cannot change roleRef"))
    }
    if role.text("apiGroup") != Self.group {
      errors.append(.notSupported("roleRef.apiGroup", role.text("apiGroup"), [Self.group]))
    }
    let kinds = isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]
    if !kinds.contains(role.text("kind")) {
      errors.append(.notSupported("roleRef.kind", role.text("kind"), kinds))
    }
    let name = role.text("name")
    errors += FieldError.invalid("roleRef.name", .string(name), NameSyntax.pathSegmentErrors(name))
    for (index, subject) in (value["subjects"]?.array ?? []).enumerated() {
      errors += subjectErrors(subject, "subjects[\(index)]")
    }
    return errors
  }

  private func subjectErrors(_ subject: Value, _ path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let (name, group) = (subject.text("name"), subject.text("apiGroup"))
    if name.isEmpty { errors.append(.required(path + ".name")) }
    switch subject.text("kind") {
    case "ServiceAccount":
      if !name.isEmpty {
        errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.subdomainErrors(name))
      }
      if !group.isEmpty { errors.append(.notSupported(path + ".apiGroup", group, [""])) }
      if subject.text("namespace").isEmpty { errors.append(.required(path + ".namespace")) }
    case "User", "Group":
      if group != Self.group { errors.append(.notSupported(path + ".apiGroup", group, [Self.group])) }
    default:
      errors.append(.notSupported(path + ".kind", subject.text("kind"), ["ServiceAccount", "User", "Group"]))
    }
    return errors
  }
}
