import Tree

/// The rules of pods across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct PodValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard let spec = value["spec"] else { return [] }
    if let old, subresource == "ephemeralcontainers" {
      return EphemeralContainerValidation(old: old, new: value).errors
    }
    let isResize = subresource == "resize"
    if let old, subresource == "status" { return PodStatusValidation(old: old, new: value).errors }
    guard subresource == nil || isResize else { return [] }
    if let old, isResize {
      return PodSpecValidation(spec: spec, path: "spec").errors + PodResizeValidation(old: old, new: value).errors
    }
    let errors = PodSpecValidation(spec: spec, path: "spec").errors + costErrors(value)
    guard let old else { return errors + creationErrors(spec) }
    return errors + PodUpdateValidation(old: old, new: value).errors
  }
}

extension PodValidation {
  private static let cost = "controller.kubernetes.io/pod-deletion-cost"

  /// How gladly the pod goes is a number of 32 bits, without a sign in front of it that does nothing.
  private func costErrors(_ pod: Value) -> [FieldError] {
    guard let text = pod["metadata", "annotations", Self.cost]?.string, !text.isEmpty else { return [] }
    let isPadded = text.hasPrefix("+") || text.hasPrefix("0") && text != "0"
    return Int32(text) != nil && !isPadded
      ? [] : [.invalid("metadata.annotations[\(Self.cost)]", .string(text), "must be a 32bit integer")]
  }

  private func creationErrors(_ spec: Value) -> [FieldError] {
    var errors: [FieldError] = []
    if spec["ephemeralContainers"]?.array?.isEmpty == false {
      errors.append(.forbidden("spec.ephemeralContainers", "cannot be set on create"))
    }
    if !spec.text("nodeName").isEmpty, spec["schedulingGates"]?.array?.isEmpty == false {
      errors.append(.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared"))
    }
    return errors
  }
}

/// The rules of a pod's spec, wherever it stands: in a pod, or in a workload's template.
struct PodSpecValidation {
  let spec: Value
  let path: String

  /// Kubernetes looks at the parts in this order.
  var errors: [FieldError] {
    let volumes = VolumeValidation(spec: spec, path: path).findings
    var errors = volumes.errors + claimErrors
    errors += ContainersValidation(spec: spec, path: path, volumes: volumes.good).errors
    errors += LabelValidation.errors(spec["nodeSelector"], at: path + ".nodeSelector")
    errors += PodSecurityValidation(spec: spec, path: path).errors
    let placement = PlacementValidation(spec: spec, path: path)
    errors += placement.affinityErrors + dnsErrors + gateErrors + placement.spreadErrors + userErrors
    errors += nameErrors(["serviceAccountName": .subdomain, "nodeName": .subdomain])
    errors += nameErrors(["hostname": .label, "subdomain": .label]) + placement.tolerationErrors + aliasErrors
    errors += nameErrors(["priorityClassName": .subdomain, "runtimeClassName": .subdomain])
    if let word = spec["preemptionPolicy"]?.string, !Self.preemptionPolicies.contains(word) {
      errors.append(
        word.isEmpty
          ? .required(path + ".preemptionPolicy")
          : .notSupported(path + ".preemptionPolicy", word, Self.preemptionPolicies))
    }
    if let overhead = spec["overhead"] {
      errors += ResourceValidation(resources: ["limits": overhead], path: path + ".overhead").errors
    }
    return errors + SystemValidation(spec: spec, path: path).errors
  }

  private static let preemptionPolicies = ["PreemptLowerPriority", "Never"]

  /// Claims to devices, under names of the pod's own.
  private var claimErrors: [FieldError] {
    var errors: [FieldError] = []
    var names: Set<String> = []
    for (path, claim) in spec.elements("resourceClaims", in: path) {
      let name = claim.text("name")
      if name.isEmpty {
        errors.append(.required(path + ".name"))
      } else if names.contains(name) {
        errors.append(.duplicate(path + ".name", .string(name)))
      } else {
        errors += FieldError.invalid(path + ".name", .string(name), NameSyntax.labelErrors(name))
        names.insert(name)
      }
      let sources = ["resourceClaimName", "resourceClaimTemplateName"]
      let shown = GoStructure.value(claim, ["name"] + sources)
      switch sources.count(where: { claim[$0] != nil }) {
      case 0:
        errors.append(
          .invalid(path, shown, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"))
      case 2:
        errors.append(
          .invalid(
            path, shown, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"))
      default: break
      }
      for source in sources {
        guard let name = claim[source]?.string else { continue }
        errors += FieldError.invalid(path + "." + source, .string(name), NameSyntax.subdomainErrors(name))
      }
    }
    return errors
  }

  /// What the pod waits for before it is ready, and before it is scheduled.
  private var gateErrors: [FieldError] {
    var errors: [FieldError] = []
    for (path, gate) in spec.elements("readinessGates", in: path) {
      errors += LabelValidation.keyErrors(gate.text("conditionType"), at: path + ".conditionType")
    }
    var seen: Set<String> = []
    for (path, gate) in spec.elements("schedulingGates", in: path) {
      let name = gate.text("name")
      errors += LabelValidation.keyErrors(name, at: path)
      if !seen.insert(name).inserted { errors.append(.duplicate(path, .string(name))) }
    }
    return errors
  }

  /// A pod with users of its own cannot share what belongs to the node's.
  private var userErrors: [FieldError] {
    guard spec["hostUsers"] == false else { return [] }
    return [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
      .filter { spec[$0.0] == true }
      .map { .forbidden(path + "." + $0.1, "when `pod.Spec.HostUsers` is false") }
  }

  private var aliasErrors: [FieldError] {
    spec.elements("hostAliases", in: path).flatMap { path, alias in
      let names = (alias["hostnames"]?.array ?? []).enumerated().flatMap { index, name in
        FieldError.invalid(path + ".hostnames[\(index)]", name, NameSyntax.subdomainErrors(name.string ?? ""))
      }
      return FieldSyntax.addressErrors(alias["ip"] ?? "", at: path + ".ip") + names
    }
  }

  private func nameErrors(_ rules: KeyValuePairs<String, NameRule>) -> [FieldError] {
    rules.flatMap { field, rule -> [FieldError] in
      let name = spec.text(field)
      if name.isEmpty { return [] }
      return FieldError.invalid(path + "." + field, .string(name), NameSyntax.errors(in: name, rule))
    }
  }

  private var dnsErrors: [FieldError] {
    let place = path + ".dnsConfig"
    let servers = spec["dnsConfig", "nameservers"]?.array ?? []
    if spec.text("dnsPolicy") == "None", servers.isEmpty {
      return [
        spec["dnsConfig"] == nil
          ? .required(place, "must provide `dnsConfig` when `dnsPolicy` is None")
          : .required(place + ".nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None")
      ]
    }
    guard let settings = spec["dnsConfig"] else { return [] }
    var errors: [FieldError] = []
    if servers.count > 3 {
      errors.append(.invalid(place + ".nameservers", .array(servers), "must not have more than 3 nameservers"))
    }
    for (index, server) in servers.enumerated() {
      errors += FieldSyntax.addressErrors(server, at: place + ".nameservers[\(index)]")
    }
    errors += searchErrors(settings["searches"]?.array ?? [], at: place + ".searches")
    for (path, option) in settings.elements("options", in: place) where option.text("name").isEmpty {
      errors.append(.required(path, "must not be empty"))
    }
    return errors
  }

  private func searchErrors(_ searches: [Value], at path: String) -> [FieldError] {
    var errors: [FieldError] = []
    let texts = searches.map { $0.string ?? "" }
    if texts.count > 32 {
      errors.append(.invalid(path, .array(searches), "must not have more than 32 search paths"))
    }
    if texts.joined(separator: " ").utf8.count > 2048 {
      errors.append(
        .invalid(
          path, .array(searches), "must not have more than 2048 characters (including spaces) in the search list"))
    }
    for (index, text) in texts.enumerated() where text != "." {
      let domain = text.hasSuffix(".") ? String(text.dropLast()) : text
      // Underscores are allowed in the resolver's list.
      if NameSyntax.subdomainErrors(domain.replacing("_", with: "-")).isEmpty { continue }
      errors.append(
        .invalid(
          path + "[\(index)]", .string(domain),
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or '.', and must "
            + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
            + "'[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"))
    }
    return errors
  }
}
