package import Tree

extension Kind {
  /// What a sender is told of an object that is written all the same, in the words of Kubernetes' strategies
  /// (k8s.io/kubernetes, pkg/registry, WarningsOnCreate and WarningsOnUpdate); `old` is nil on creation.
  package func warnings(of value: Value, old: Value?) -> [String] {
    // Who changes what a workload wishes hears of its template; a change of its status is no news.
    let isNews = old.map { $0["metadata", "generation"] != value["metadata", "generation"] } ?? true
    switch self {
    case .pod where old == nil:
      return nameWarnings(value, "the Pod's hostname") + PodWarnings(pod: value, prefix: "").warnings
    case .deployment, .replicaSet, .replicationController:
      guard isNews else { return [] }
      return (old == nil ? nameWarnings(value, "Pod names and hostnames") : [])
        + templateWarnings(value, ["spec", "template"])
    case .daemonSet: return isNews ? templateWarnings(value, ["spec", "template"]) : []
    case .statefulSet: return isNews ? setWarnings(value) : []
    case .job:
      guard isNews else { return [] }
      return (old == nil ? nameWarnings(value, "Pod names and hostnames") : [])
        + JobWarnings.warnings(value["spec"] ?? [:], at: "spec")
    case .cronJob:
      guard isNews else { return [] }
      let spec = value["spec", "jobTemplate", "spec"] ?? [:]
      return (old == nil ? nameWarnings(value, "Pod names and hostnames") : [])
        + JobWarnings.warnings(spec, at: "spec.jobTemplate.spec")
    case .podTemplate: return isNews ? templateWarnings(value, ["template"]) : []
    default: return ObjectWarnings.warnings(of: value, self, isNew: old == nil)
    }
  }

  private func nameWarnings(_ value: Value, _ use: String) -> [String] {
    let errors = NameSyntax.labelErrors(value["metadata", "name"]?.string ?? "")
    return errors.isEmpty
      ? []
      : [
        "metadata.name: this is used in \(use), which can result in surprising behavior; a DNS label is recommended: "
          + "[\(errors.joined(separator: " "))]"
      ]
  }

  private func templateWarnings(_ value: Value, _ place: [String]) -> [String] {
    let template = place.reduce(Optional(value)) { $0?[$1] } ?? [:]
    return PodWarnings(pod: template, prefix: place.joined(separator: ".") + ".").warnings
  }

  private func setWarnings(_ value: Value) -> [String] {
    var warnings = templateWarnings(value, ["spec", "template"])
    for (path, claim) in (value["spec"] ?? [:]).elements("volumeClaimTemplates", in: "spec") {
      warnings += ClaimWarnings.warnings(claim["spec"] ?? [:], at: path + ".spec")
    }
    if let limit = value["spec", "revisionHistoryLimit"]?.integer, limit < 0 {
      warnings.append(
        "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended")
    }
    return warnings
  }
}

/// Warnings of a Job's spec, wherever it stands.
enum JobWarnings {
  private static let manyCompletions: Int64 = 100_000
  private static let manyPods: Int64 = 10_000

  static func warnings(_ spec: Value, at path: String) -> [String] {
    var warnings: [String] = []
    if spec["completionMode"] == "Indexed", spec["completions"]?.integer ?? 0 > manyCompletions,
      spec["parallelism"]?.integer ?? 0 > manyPods
    {
      warnings.append(
        "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes "
          + "might not be able to track completedIndexes when a big number of indexes fail")
    }
    return warnings + PodWarnings(pod: spec["template"] ?? [:], prefix: path + ".template.").warnings
  }
}

/// Warnings of a claim's spec, wherever it stands.
enum ClaimWarnings {
  static func warnings(_ spec: Value, at path: String) -> [String] {
    guard let size = spec["resources", "requests", "storage"]?.string.flatMap({ Quantity($0) }),
      size.milliValue % 1_000 != 0
    else { return [] }
    return ["\(path).resources.requests[storage]: fractional byte value \"\(size)\" is invalid, must be an integer"]
  }
}

/// Warnings of the kinds that run nothing.
enum ObjectWarnings {
  private static let oldClass = "volume.beta.kubernetes.io/storage-class"
  private static let oldOptions = "volume.beta.kubernetes.io/mount-options"

  static func warnings(of value: Value, _ kind: Kind, isNew: Bool) -> [String] {
    switch kind {
    case .service: return ServiceWarnings.warnings(value)
    case .persistentVolume: return volumeWarnings(value)
    case .persistentVolumeClaim:
      return oldAnnotation(oldClass, #"deprecated since v1.8; use "storageClassName" attribute instead"#, value)
        + ClaimWarnings.warnings(value["spec"] ?? [:], at: "spec")
    case .storageClass: return classWarnings(value)
    case .ingress where isNew:
      let annotation = "kubernetes.io/ingress.class"
      return value["metadata", "annotations", annotation] == nil
        ? [] : ["annotation \"\(annotation)\" is deprecated, please use 'spec.ingressClassName' instead"]
    case .serviceAccount:
      let why = "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
      return oldAnnotation("kubernetes.io/enforce-mountable-secrets", why, value)
    case .node: return nodeWarnings(value)
    case .endpointSlice where value["addressType"] == "FQDN":
      return ["addressType: FQDN endpoints are deprecated"]
    case .runtimeClass:
      let path = "scheduling.nodeSelector"
      return NodeLabelWarnings.warnings(ofSelector: value["scheduling", "nodeSelector"], at: path)
    default: return []
    }
  }

  private static func oldAnnotation(_ key: String, _ why: String, _ value: Value) -> [String] {
    value["metadata", "annotations", key] == nil ? [] : ["metadata.annotations[\(key)]: \(why)"]
  }

  private static func volumeWarnings(_ value: Value) -> [String] {
    let spec = value["spec"] ?? [:]
    var warnings = oldAnnotation(oldClass, #"deprecated since v1.8; use "storageClassName" attribute instead"#, value)
    warnings += oldAnnotation(oldOptions, #"deprecated since v1.31; use "mountOptions" attribute instead"#, value)
    if spec["persistentVolumeReclaimPolicy"] == "Recycle" {
      warnings.append(
        "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach "
          + "is to use dynamic provisioning.")
    }
    let path = "spec.nodeAffinity.required"
    for (path, term) in (spec["nodeAffinity", "required"] ?? [:]).elements("nodeSelectorTerms", in: path) {
      warnings += NodeLabelWarnings.warnings(ofTerm: term, at: path)
    }
    let gone: KeyValuePairs = [
      "photonPersistentDisk": "deprecated in v1.11, non-functional in v1.16+",
      "scaleIO": "deprecated in v1.16, non-functional in v1.22+",
      "storageos": "deprecated in v1.22, non-functional in v1.25+",
      "glusterfs": "deprecated in v1.25, non-functional in v1.26+",
      "cephfs": "deprecated in v1.28, non-functional in v1.31+", "rbd": "deprecated in v1.28, non-functional in v1.31+",
    ]
    warnings += gone.filter { spec[$0.key] != nil }
      .map { "spec.\($0.key == "storageos" ? "storageOS" : $0.key): \($0.value)" }
    let size = spec["capacity", "storage"]?.string.flatMap { Quantity($0) }
    if let size, size.milliValue % 1_000 != 0 {
      warnings.append("spec.capacity[storage]: fractional byte value \"\(size)\" is invalid, must be an integer")
    }
    return warnings
  }

  private static func classWarnings(_ value: Value) -> [String] {
    value.elements("allowedTopologies", in: "").flatMap { path, term -> [String] in
      let place = String(path.dropFirst())
      return term.elements("matchLabelExpressions", in: place).compactMap { path, requirement in
        let key = requirement.text("key")
        return NodeLabelWarnings.message(key).map { "\(path).key: \(key) is \($0)" }
      }
    }
  }

  private static func nodeWarnings(_ value: Value) -> [String] {
    var warnings: [String] = []
    if value["spec", "configSource"] != nil {
      warnings.append("spec.configSource: the configSource feature is removed")
    }
    if value["spec", "externalID"]?.string?.isEmpty == false {
      warnings.append("spec.externalID: this field is deprecated, and is unused by Kubernetes")
    }
    return warnings
  }
}

/// Warnings of a Service (k8s.io/kubernetes, pkg/api/service).
enum ServiceWarnings {
  static func warnings(_ service: Value) -> [String] {
    let spec = service["spec"] ?? [:]
    let (isExternal, isHeadless) = (
      spec["type"] == "ExternalName", spec["type"] == "ClusterIP" && spec["clusterIP"] == "None"
    )
    let hasAddresses = spec["externalIPs"]?.array?.isEmpty == false
    var warnings: [String] = []
    if service["metadata", "annotations", "service.kubernetes.io/topology-aware-hints"] != nil {
      warnings.append(
        "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use "
          + "service.kubernetes.io/topology-mode instead")
    }
    if isHeadless {
      if !spec.text("loadBalancerIP").isEmpty {
        warnings.append("spec.loadBalancerIP is ignored for headless services")
      }
      if hasAddresses { warnings.append("spec.externalIPs is ignored for headless services") }
      if spec["sessionAffinity"] != "None" { warnings.append("spec.SessionAffinity is ignored for headless services") }
    }
    if hasAddresses, !isHeadless, !isExternal {
      warnings.append("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
    }
    if isExternal, hasAddresses { warnings.append(#"spec.externalIPs is ignored when spec.type is "ExternalName""#) }
    if !isExternal, !spec.text("externalName").isEmpty {
      warnings.append(#"spec.externalName is ignored when spec.type is not "ExternalName""#)
    }
    if spec["trafficDistribution"] == "PreferClose" {
      warnings.append(#"spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone""#)
    }
    return warnings
  }
}
