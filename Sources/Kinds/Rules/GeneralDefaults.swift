import Tree

/// Defaults of a DaemonSet's rolling update (k8s.io/kubernetes, pkg/apis/apps/v1/defaults.go).
struct DaemonSetDefaults: KindRules {
  /// Counts the templates, as a field did before `metadata.generation`.
  private static let generation = "deprecated.daemonset.template.generation"

  func prepareForCreation(_ value: inout Value) { value["metadata", "annotations", Self.generation] = "1" }

  func defaults(_ value: inout Value) {
    guard value["spec", "updateStrategy", "type"]?.string == "RollingUpdate" else { return }
    let path = value["spec", "updateStrategy", "rollingUpdate"] ?? [:]
    value["spec", "updateStrategy", "rollingUpdate"] = [
      "maxUnavailable": path["maxUnavailable"] ?? 1, "maxSurge": path["maxSurge"] ?? 0,
    ]
  }
}

/// Defaults of a StatefulSet's rolling update and claims (k8s.io/kubernetes, pkg/apis/apps/v1/defaults.go).
struct StatefulSetDefaults: KindRules {
  func defaults(_ value: inout Value) {
    if value["spec", "updateStrategy", "type"]?.string == "RollingUpdate",
      value["spec", "updateStrategy", "rollingUpdate", "partition"] == nil
    {
      value["spec", "updateStrategy", "rollingUpdate", "partition"] = 0
    }
    let policy = value["spec", "persistentVolumeClaimRetentionPolicy"] ?? [:]
    value["spec", "persistentVolumeClaimRetentionPolicy"] = [
      "whenDeleted": policy["whenDeleted"] ?? "Retain", "whenScaled": policy["whenScaled"] ?? "Retain",
    ]
    value["spec"]?.changeEach("volumeClaimTemplates") { claim in
      claim["kind"] = "PersistentVolumeClaim"
      claim["apiVersion"] = "v1"
      ClaimDefaults.completeDataSource(&claim)
    }
  }
}

/// A claim's two ways of naming where its data comes from say the same (pkg/registry/core/persistentvolumeclaim).
struct ClaimDefaults: KindRules {
  func defaults(_ value: inout Value) { ClaimDefaults.completeDataSource(&value) }

  static func completeDataSource(_ claim: inout Value) {
    guard var spec = claim["spec"] else { return }
    if let source = spec["dataSource"], spec["dataSourceRef"] == nil {
      spec["dataSourceRef"] = source
    } else if let reference = spec["dataSourceRef"], spec["dataSource"] == nil, reference["namespace"] == nil {
      spec["dataSource"] = reference
    }
    claim["spec"] = spec
  }
}

/// When a volume's phase last changed: at first, when it was created.
struct VolumeDefaults: KindRules {
  func prepareForCreation(_ value: inout Value) {
    value["status"] = ["phase": "Pending", "lastPhaseTransitionTime": value["metadata", "creationTimestamp"] ?? .null]
  }
}

/// A ReplicationController takes labels and selector from its template (pkg/apis/core/v1/defaults.go).
struct ReplicationControllerDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard let labels = value["spec", "template", "metadata", "labels"], labels.object?.isEmpty == false else { return }
    if value["spec", "selector"]?.object?.isEmpty ?? true { value["spec", "selector"] = labels }
    if value["metadata", "labels"]?.object?.isEmpty ?? true { value["metadata", "labels"] = labels }
  }
}

/// What a PodTemplate says of its pods.
struct StandaloneTemplateDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard var spec = value["template", "spec"] else { return }
    PodSpecDefaults.apply(to: &spec)
    value["template", "spec"] = spec
  }
}

/// Limits of containers that are also defaults (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go).
struct LimitRangeDefaults: KindRules {
  func defaults(_ value: inout Value) {
    value["spec"]?.changeEach("limits") { item in
      guard item["type"] == "Container" else { return }
      fill(&item, "default", from: "max")
      fill(&item, "defaultRequest", from: "default")
      fill(&item, "defaultRequest", from: "min")
    }
  }

  private func fill(_ item: inout Value, _ field: String, from source: String) {
    guard let amounts = item[source]?.object, !amounts.isEmpty else { return }
    var filled = item[field] ?? [:]
    for amount in amounts where filled[amount.key] == nil { filled[amount.key] = amount.value }
    item[field] = filled
  }
}

/// A policy is about incoming traffic, and about outgoing if it says so (pkg/apis/networking/v1/defaults.go).
struct NetworkPolicyDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard value["spec"] != nil, value["spec", "policyTypes"]?.array?.isEmpty ?? true else { return }
    let hasEgress = value["spec", "egress"]?.array?.isEmpty == false
    value["spec", "policyTypes"] = hasEgress ? ["Ingress", "Egress"] : ["Ingress"]
  }
}

/// Parameters of an ingress class are cluster-wide unless they name a namespace (pkg/apis/networking/v1/defaults.go).
struct IngressClassDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard value["spec", "parameters"] != nil, value["spec", "parameters", "scope"] == nil else { return }
    value["spec", "parameters", "scope"] = "Cluster"
  }
}

/// Device counts and tolerations (k8s.io/kubernetes, pkg/apis/resource/v1/defaults.go).
struct DeviceRequestDefaults: KindRules {
  /// Whether the claim stands in a template.
  let isTemplate: Bool

  func defaults(_ value: inout Value) {
    guard var devices = isTemplate ? value["spec", "spec", "devices"] : value["spec", "devices"] else { return }
    devices.changeEach("requests") { request in
      if var exactly = request["exactly"] {
        DeviceRequestDefaults.count(&exactly)
        request["exactly"] = exactly
      }
      request.changeEach("firstAvailable", DeviceRequestDefaults.count)
    }
    if isTemplate { value["spec", "spec", "devices"] = devices } else { value["spec", "devices"] = devices }
  }

  private static func count(_ request: inout Value) {
    guard request["allocationMode"] == "ExactCount", (request["count"]?.integer ?? 0) == 0 else { return }
    request["count"] = 1
  }
}

/// Shares of a priority level (k8s.io/kubernetes, pkg/apis/flowcontrol/v1/defaults.go).
struct PriorityLevelDefaults: KindRules {
  func defaults(_ value: inout Value) {
    guard value["spec", "limited", "limitResponse", "type"] == "Queue",
      let queuing = value["spec", "limited", "limitResponse", "queuing"]
    else { return }
    var whole = queuing
    for (field, number) in [("queues", 64), ("handSize", 8), ("queueLengthLimit", 50)] as [(String, Int64)]
    where (whole[field]?.integer ?? 0) == 0 {
      whole[field] = .integer(number)
    }
    value["spec", "limited", "limitResponse", "queuing"] = whole
  }
}
