/// The kinds that come in the box, in the order in which discovery lists their groups.
extension Kind {
  package static let namespace = Kind(
    "Namespace", plural: "namespaces", shortNames: ["ns"], isNamespaced: false,
    verbs: ["create", "delete", "get", "list", "patch", "update", "watch"], subresources: ["finalize", "status"])
  package static let node = Kind(
    "Node", plural: "nodes", shortNames: ["no"], isNamespaced: false, subresources: ["proxy", "status"])
  package static let pod = Kind(
    "Pod", plural: "pods", shortNames: ["po"], categories: ["all"],
    subresources: [
      "attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status",
    ])
  package static let service = Kind(
    "Service", plural: "services", shortNames: ["svc"], categories: ["all"], subresources: ["proxy", "status"])
  package static let configMap = Kind("ConfigMap", plural: "configmaps", shortNames: ["cm"])
  package static let secret = Kind("Secret", plural: "secrets")
  package static let serviceAccount = Kind(
    "ServiceAccount", plural: "serviceaccounts", shortNames: ["sa"], subresources: ["token"])
  package static let event = Kind("Event", plural: "events", shortNames: ["ev"])

  package static let deployment = Kind(
    group: "apps", "Deployment", plural: "deployments", shortNames: ["deploy"], categories: ["all"],
    subresources: ["scale", "status"])
  package static let replicaSet = Kind(
    group: "apps", "ReplicaSet", plural: "replicasets", shortNames: ["rs"], categories: ["all"],
    subresources: ["scale", "status"])

  package static let subjectAccessReview = Kind(
    group: "authorization.k8s.io", "SubjectAccessReview", plural: "subjectaccessreviews", isNamespaced: false,
    verbs: ["create"])
  package static let selfSubjectAccessReview = Kind(
    group: "authorization.k8s.io", "SelfSubjectAccessReview", plural: "selfsubjectaccessreviews", isNamespaced: false,
    verbs: ["create"])
  package static let selfSubjectRulesReview = Kind(
    group: "authorization.k8s.io", "SelfSubjectRulesReview", plural: "selfsubjectrulesreviews", isNamespaced: false,
    verbs: ["create"])
  package static let localSubjectAccessReview = Kind(
    group: "authorization.k8s.io", "LocalSubjectAccessReview", plural: "localsubjectaccessreviews", verbs: ["create"])
  package static let selfSubjectReview = Kind(
    group: "authentication.k8s.io", "SelfSubjectReview", plural: "selfsubjectreviews", isNamespaced: false,
    verbs: ["create"])

  package static let lease = Kind(group: "coordination.k8s.io", "Lease", plural: "leases")
  package static let endpointSlice = Kind(group: "discovery.k8s.io", "EndpointSlice", plural: "endpointslices")

  package static let role = Kind(group: "rbac.authorization.k8s.io", "Role", plural: "roles")
  package static let clusterRole = Kind(
    group: "rbac.authorization.k8s.io", "ClusterRole", plural: "clusterroles", isNamespaced: false)
  package static let roleBinding = Kind(group: "rbac.authorization.k8s.io", "RoleBinding", plural: "rolebindings")
  package static let clusterRoleBinding = Kind(
    group: "rbac.authorization.k8s.io", "ClusterRoleBinding", plural: "clusterrolebindings", isNamespaced: false)

  /// What the `scale` subresource shows of a workload.
  package static let scale = Kind(group: "autoscaling", "Scale", plural: "scales", verbs: [])

  package static let clock = Kind(
    group: "podium.dev", "Clock", plural: "clocks", categories: ["podium"], isNamespaced: false,
    verbs: ["get", "list", "patch", "update", "watch"], subresources: ["status"])
  package static let fault = Kind(
    group: "podium.dev", "Fault", plural: "faults", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  package static let image = Kind(
    group: "podium.dev", "Image", plural: "images", categories: ["podium"], isNamespaced: false)
  /// Names a moment of the cluster's past, and keeps what was there then.
  package static let bookmark = Kind(
    group: "podium.dev", "Bookmark", plural: "bookmarks", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  /// Created to go back to a moment of the past.
  package static let rewind = Kind(
    group: "podium.dev", "Rewind", plural: "rewinds", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  /// A cluster that went on from a moment of this one's.
  package static let fork = Kind(
    group: "podium.dev", "Fork", plural: "forks", categories: ["podium"], isNamespaced: false,
    subresources: ["status"])
  /// Created to ask why something is as it is; answered and forgotten.
  package static let explanation = Kind(
    group: "podium.dev", "Explanation", plural: "explanations", isNamespaced: false, verbs: ["create"],
    isAnsweredOnLoop: true)
}

/// The kinds that a cluster serves, found by their names.
package struct KindTable: Sendable {
  /// The kinds that are always served.
  private let fixed: [Kind]
  private let fixedByPlural: [String: [Kind]]
  /// The kinds that the cluster's objects define now.
  private let custom: (@Sendable () -> [Kind])?

  package init(_ kinds: [Kind], custom: (@Sendable () -> [Kind])? = nil) {
    fixed = kinds
    fixedByPlural = Dictionary(grouping: kinds, by: \.plural)
    self.custom = custom
  }

  /// All kinds that are served at this moment, those that objects define last.
  package var kinds: [Kind] { fixed + (custom?() ?? []) }

  /// The kinds as which objects are stored: one for each collection.
  package var collections: [Kind] {
    var seen: Set<String> = []
    return kinds.filter { $0.isStored && $0.conversion == nil && seen.insert($0.group + "/" + $0.plural).inserted }
  }

  /// This table with further kinds, asked for anew each time.
  package func adding(_ custom: @escaping @Sendable () -> [Kind]) -> KindTable { KindTable(fixed, custom: custom) }

  /// The first kind that satisfies the predicate; the custom ones are asked for only if need be.
  private func first(where isWanted: (Kind) -> Bool) -> Kind? {
    fixed.first(where: isWanted) ?? custom?().first(where: isWanted)
  }

  package static let builtIn = KindTable([
    .binding, .componentStatus, .configMap, .endpoints, .event, .limitRange, .namespace, .node, .persistentVolumeClaim,
    .persistentVolume, .pod, .podTemplate, .replicationController, .resourceQuota, .secret, .serviceAccount, .service,
    .apiService,
    .controllerRevision, .daemonSet, .deployment, .replicaSet, .statefulSet,
    .newEvent,
    .selfSubjectReview, .tokenReview,
    .localSubjectAccessReview, .selfSubjectAccessReview, .selfSubjectRulesReview, .subjectAccessReview,
    .horizontalPodAutoscaler, .horizontalPodAutoscalerV1,
    .cronJob, .job,
    .certificateSigningRequest,
    .ingressClass, .ingress, .ipAddress, .networkPolicy, .serviceCIDR,
    .podDisruptionBudget,
    .clusterRoleBinding, .clusterRole, .roleBinding, .role,
    .csiDriver, .csiNode, .csiStorageCapacity, .storageClass, .volumeAttachment, .volumeAttributesClass,
    .mutatingAdmissionPolicy, .mutatingAdmissionPolicyBinding, .mutatingWebhookConfiguration,
    .validatingAdmissionPolicy, .validatingAdmissionPolicyBinding, .validatingWebhookConfiguration,
    .customResourceDefinition,
    .priorityClass,
    .lease,
    .runtimeClass,
    .endpointSlice,
    .deviceClass, .resourceClaim, .resourceClaimTemplate, .resourceSlice,
    .flowSchema, .priorityLevelConfiguration,
    .clock, .fault, .image, .bookmark, .rewind, .fork, .explanation,
  ])

  /// What the classroom's own cluster serves: the kinds of every cluster, and its own.
  package static let classroom = KindTable(builtIn.fixed + [.classroom, .learner, .attempt, .incident])

  /// The kind that is served under that path: group and version of the address, and the plural name.
  package func kind(group: String, version: String, plural: String) -> Kind? {
    let isWanted: (Kind) -> Bool = { $0.plural == plural && $0.group == group && $0.version == version }
    return fixedByPlural[plural]?.first(where: isWanted) ?? custom?().first(where: isWanted)
  }

  /// The kind that an object names by its `apiVersion` and `kind`.
  package func kind(apiVersion: String, name: String) -> Kind? {
    first { $0.name == name && $0.apiVersion == apiVersion }
  }
}
