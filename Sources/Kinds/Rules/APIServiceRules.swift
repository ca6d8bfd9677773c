import Tree

/// What Kubernetes does with an APIService (k8s.io/kube-aggregator, registry and validation).
struct APIServiceRules: KindRules {
  private static let groupLimit = 20_000
  private static let versionLimit = 1_000

  /// What this server answers itself is there at once.
  func prepareForCreation(_ value: inout Value) {
    value["status"] = [:]
    guard value["spec", "service"] == nil else { return }
    value["status", "conditions"] = [
      [
        "type": "Available", "status": "True", "lastTransitionTime": value["metadata", "creationTimestamp"] ?? .null,
        "reason": "Local", "message": "Local APIServices are always available",
      ]
    ]
  }

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return statusErrors(value) }
    let spec = value["spec"] ?? [:]
    return nameErrors(value, spec) + groupErrors(spec) + priorityErrors(spec) + serviceErrors(spec)
  }

  private func nameErrors(_ value: Value, _ spec: Value) -> [FieldError] {
    let (name, required) = (value["metadata", "name"]?.string ?? "", spec.text("version") + "." + spec.text("group"))
    guard name != required, NameSyntax.pathSegmentErrors(name).isEmpty else { return [] }
    return [
      .invalid(
        "metadata.name", .string(name),
        "must be `spec.version+\".\"+spec.group`: \(Value.string(required).jsonText)")
    ]
  }

  private func groupErrors(_ spec: Value) -> [FieldError] {
    let (group, version) = (spec.text("group"), spec.text("version"))
    var errors: [FieldError] = []
    if group.isEmpty {
      if version != "v1" {
        errors.append(.required("spec.group", "only v1 may have an empty group and it better be legacy kube"))
      }
    } else {
      errors += FieldError.invalid("spec.group", .string(group), NameSyntax.subdomainErrors(group))
    }
    return errors + FieldError.invalid("spec.version", .string(version), DefinitionRules.labelErrors(version))
  }

  private func priorityErrors(_ spec: Value) -> [FieldError] {
    [("groupPriorityMinimum", Self.groupLimit), ("versionPriority", Self.versionLimit)].compactMap { field, limit in
      let priority = spec[field]?.integer ?? 0
      if priority > 0, priority <= limit { return nil }
      return .invalid("spec." + field, .integer(priority), "must be positive and less than \(limit)")
    }
  }

  private func serviceErrors(_ spec: Value) -> [FieldError] {
    let bundle = spec.text("caBundle")
    let isUnverified = spec["insecureSkipTLSVerify"]?.boolean == true
    guard let service = spec["service"] else {
      var errors: [FieldError] = []
      if !bundle.isEmpty {
        errors.append(.invalid("spec.caBundle", "", "local APIServices may not have a caBundle"))
      }
      if isUnverified {
        errors.append(
          .invalid("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify"))
      }
      return errors
    }
    var errors = ["namespace", "name"].filter { service.text($0).isEmpty }
      .map { FieldError.required("spec.service." + $0) }
    if isUnverified, !bundle.isEmpty {
      errors.append(.invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present"))
    }
    return errors
  }

  private func statusErrors(_ value: Value) -> [FieldError] {
    let words = ["False", "True", "Unknown"]
    return (value["status"] ?? [:]).elements("conditions", in: "status").compactMap { path, condition in
      let status = condition.text("status")
      return words.contains(status) ? nil : .notSupported(path + ".status", status, words)
    }
  }
}
