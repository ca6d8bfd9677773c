import Tree

/// The rules of StatefulSets across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct StatefulSetValidation: KindRules {
  private static let counts = ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"]

  /// What of the spec may change.
  private static let changeable = [
    "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
  ]

  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" {
      return WorkloadCounts(status: value["status"] ?? [:], old: old?["status"])
        .errors(Self.counts, readyName: "status.readyReplicas")
    }
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = policyErrors(spec)
    let service = spec.text("serviceName")
    if !service.isEmpty, service != old?["spec", "serviceName"]?.string {
      errors += FieldError.invalid("spec.serviceName", .string(service), NameSyntax.labelErrors(service))
    }
    if spec["selector"] == nil { errors.append(.required("spec.selector")) }
    errors += TemplateValidation(spec: spec, kind: "statefulset").errors
    if let start = spec["ordinals", "start"]?.integer, start < 0 {
      errors.append(.invalid("spec.ordinals.start", .integer(start), "must be greater than or equal to 0"))
    }
    if let old { errors += changeErrors(spec, old["spec"] ?? [:]) }
    return errors
  }

  private func policyErrors(_ spec: Value) -> [FieldError] {
    var errors: [FieldError] = []
    let policy = spec.text("podManagementPolicy")
    if !["OrderedReady", "Parallel"].contains(policy) {
      errors.append(.invalid("spec.podManagementPolicy", .string(policy), "must be 'OrderedReady' or 'Parallel'"))
    }
    let path = "spec.updateStrategy"
    switch spec["updateStrategy", "type"]?.string ?? "" {
    case "RollingUpdate":
      if let partition = spec["updateStrategy", "rollingUpdate", "partition"]?.integer, partition < 0 {
        errors.append(
          .invalid(path + ".rollingUpdate.partition", .integer(partition), "must be greater than or equal to 0"))
      }
      if let most = spec["updateStrategy", "rollingUpdate", "maxUnavailable"] {
        let (amount, place) = (Amount(most), path + ".rollingUpdate.maxUnavailable")
        errors += amount.errors(at: place)
        if amount.number == 0 { errors.append(.invalid(place, most, "cannot be 0")) }
      }
    case "OnDelete":
      if let rolling = spec["updateStrategy", "rollingUpdate"] {
        let shown: Value = [
          "Partition": rolling["partition"] ?? 0, "MaxUnavailable": rolling["maxUnavailable"] ?? .null,
        ]
        errors.append(.invalid(path + ".rollingUpdate", shown, "only allowed for updateStrategy 'RollingUpdate'"))
      }
    default:
      let shown = StrategyShown.value(
        spec["updateStrategy"] ?? [:], rollingUpdate: ["partition", "maxUnavailable"])
      errors.append(.invalid(path, shown, "must be 'RollingUpdate' or 'OnDelete'"))
    }
    return errors
  }

  private func changeErrors(_ new: Value, _ old: Value) -> [FieldError] {
    var (new, old) = (new, old)
    for field in Self.changeable {
      new[field] = nil
      old[field] = nil
    }
    guard new != old else { return [] }
    let names = Self.changeable.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return [
      .forbidden(
        "spec", "updates to statefulset spec for fields other than \(names) and 'minReadySeconds' are forbidden")
    ]
  }
}

/// The rules of DaemonSets across fields (k8s.io/kubernetes, pkg/apis/apps/validation).
struct DaemonSetValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    var errors = TemplateValidation(spec: spec, kind: "daemonset").errors
    let strategy = spec["updateStrategy"] ?? [:]
    if strategy["type"] == "OnDelete" { return errors }
    guard strategy["type"] == "RollingUpdate" else {
      let shown = StrategyShown.value(strategy, rollingUpdate: ["maxUnavailable", "maxSurge"])
      return errors + [.notSupported("spec.updateStrategy", shown: shown, ["RollingUpdate", "OnDelete"])]
    }
    let rolling = spec["updateStrategy", "rollingUpdate"] ?? [:]
    let path = "spec.updateStrategy.rollingUpdate"
    let (unavailable, surge) = (Amount(rolling["maxUnavailable"]), Amount(rolling["maxSurge"]))
    errors += unavailable.errors(at: path + ".maxUnavailable") + surge.errors(at: path + ".maxSurge")
    if unavailable.number == 0, surge.number == 0 {
      errors.append(.required(path + ".maxUnavailable", "cannot be 0 when maxSurge is 0"))
    } else if unavailable.number > 0, surge.number > 0 {
      errors.append(
        .invalid(path + ".maxSurge", rolling["maxSurge"] ?? 0, "may not be set when maxUnavailable is non-zero"))
    }
    return errors
  }
}

/// A number of pods, or a part of them in percent.
struct Amount {
  private let value: Value

  init(_ value: Value?) { self.value = value ?? 0 }

  /// The number, or the percentage.
  var number: Int64 { value.integer ?? value.string.flatMap { Int64($0.dropLast()) } ?? 0 }

  /// What is wrong with it.
  func errors(at path: String) -> [FieldError] {
    if let text = value.string {
      let errors = FieldError.invalid(path, value, FieldSyntax.percentErrors(text))
      return errors.isEmpty && number > 100 ? [.invalid(path, value, "must not be greater than 100%")] : errors
    }
    return number < 0 ? [.invalid(path, value, "must be greater than or equal to 0")] : []
  }
}

/// The rules of ReplicationControllers across fields (k8s.io/kubernetes, pkg/apis/core/validation).
struct ReplicationControllerValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    if subresource == "status" {
      return WorkloadCounts(status: value["status"] ?? [:], old: nil)
        .errors(["fullyLabeledReplicas", "readyReplicas", "availableReplicas"])
    }
    guard subresource == nil else { return [] }
    let spec = value["spec"] ?? [:]
    let selector = spec["selector"]
    var errors: [FieldError] = []
    if selector?.object?.isEmpty ?? true { errors.append(.required("spec.selector")) }
    if let replicas = spec["replicas"]?.integer, replicas < 0 {
      errors.append(.invalid("spec.replicas", .integer(replicas), "must be greater than or equal to 0"))
    }
    guard let template = spec["template"] else { return errors + [.required("spec.template")] }
    let labels = template["metadata", "labels"]
    let isSelected = (selector?.object ?? Members()).allSatisfy { labels?[$0.key] == $0.value }
    if selector != nil, !isSelected {
      errors.append(
        .invalid("spec.template.metadata.labels", labels ?? .null, "`selector` does not match template `labels`"))
    }
    let pod = template["spec"] ?? [:]
    errors += PodSpecValidation(spec: pod, path: "spec.template.spec").errors
    let policy = pod.text("restartPolicy")
    if policy != "Always" { errors.append(.notSupported("spec.template.spec.restartPolicy", policy, ["Always"])) }
    if pod["activeDeadlineSeconds"] != nil {
      let why = "activeDeadlineSeconds in ReplicationController is not Supported"
      errors.append(.forbidden("spec.template.spec.activeDeadlineSeconds", why))
    }
    return errors
  }
}

/// The rules of the pods in a PodTemplate.
struct StandaloneTemplateValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    LabelValidation.errors(value["template", "metadata", "labels"], at: "template.labels")
      + PodSpecValidation(spec: value["template", "spec"] ?? [:], path: "template.spec").errors
  }
}

/// The rules of ControllerRevisions (k8s.io/kubernetes, pkg/apis/apps/validation).
struct ControllerRevisionValidation: KindRules {
  func validate(_ value: Value, old: Value?, subresource: String?) -> [FieldError] {
    var errors: [FieldError] = []
    let data = value["data"] ?? .null
    if data.isNull { errors.append(.required("data", "data is mandatory")) }
    if let revision = value["revision"]?.integer, revision < 0 {
      errors.append(.invalid("revision", .integer(revision), "must be greater than or equal to 0"))
    }
    if let old, old["data"] ?? .null != data { errors.append(.invalid("data", data, "field is immutable")) }
    return errors
  }
}
