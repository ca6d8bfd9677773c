import Tree

/// The rules of pods across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct PodValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard let spec = value["spec"] else { return [] }
    if let old, subresource == "ephemeralcontainers" {
      return EphemeralContainerValidation(old: old, new: value).errors
    }
    let isResize = subresource == "resize"
    guard subresource == nil || isResize else { return [] }
    if let old, isResize {
      return PodSpecValidation(spec: spec, path: "spec").errors + PodResizeValidation(old: old, new: value).errors
    }
    if old == nil, !(spec["ephemeralContainers"]?.array ?? []).isEmpty {
      return [.forbidden("spec.ephemeralContainers", "cannot be set on create")]
    }
    let errors = PodSpecValidation(spec: spec, path: "spec").errors
    guard let old else { return errors }
    return errors + PodUpdateValidation(old: old, new: value).errors
  }
}

/// The rules of a pod's spec, wherever it stands: in a pod, or in a workload's template.
struct PodSpecValidation {
  let spec: Value
  let path: String

  var errors: [FieldError] {
    let volumes = VolumeValidation(spec: spec, path: path)
    var errors = volumes.errors
    errors += ContainersValidation(spec: spec, path: path, volumes: volumes.names).errors
    errors += LabelValidation.errors(spec["nodeSelector"], at: path + ".nodeSelector")
    errors += PlacementValidation(spec: spec, path: path).errors
    errors += nameErrors
    errors += dnsErrors
    for (path, reference) in spec.elements("imagePullSecrets", in: path) where reference.text("name").isEmpty {
      errors.append(.required(path + ".name"))
    }
    for (path, alias) in spec.elements("hostAliases", in: path) where !FieldSyntax.isAddress(alias.text("ip")) {
      errors.append(
        .invalid(
          path + ".ip", alias["ip"] ?? "", "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
    }
    return errors
  }

  private var nameErrors: [FieldError] {
    var errors: [FieldError] = []
    for (field, rule) in [
      ("serviceAccountName", NameRule.subdomain), ("nodeName", .subdomain), ("hostname", .label), ("subdomain", .label),
      ("priorityClassName", .subdomain), ("runtimeClassName", .subdomain),
    ] {
      let name = spec.text(field)
      if !name.isEmpty {
        errors += FieldError.invalid(path + "." + field, .string(name), NameSyntax.errors(in: name, rule))
      }
    }
    return errors
  }

  private var dnsErrors: [FieldError] {
    let servers = spec["dnsConfig", "nameservers"]?.array ?? []
    if spec.text("dnsPolicy") == "None", servers.isEmpty {
      return [
        .required(
          path + ".dnsConfig" + (spec["dnsConfig"] == nil ? "" : ".nameservers"),
          spec["dnsConfig"] == nil
            ? "must provide `dnsConfig` when `dnsPolicy` is None"
            : "must provide at least one DNS nameserver when `dnsPolicy` is None")
      ]
    }
    if servers.count > 3 {
      return [
        .invalid(
          path + ".dnsConfig.nameservers", .array(servers), "must not have more than 3 nameservers")
      ]
    }
    return []
  }
}
