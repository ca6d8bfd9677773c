/// Which rules belong to a kind. A kind may have several: defaults in one file, validation in another.
enum RulesTable {
  static func rules(for kind: Kind) -> [any KindRules] { table[kind] ?? [] }

  private static let table: [Kind: [any KindRules]] = first.merging(further) { first, _ in first }

  private static let further: [Kind: [any KindRules]] = [
    .cronJob: [CronJobDefaults()],
    .daemonSet: [PodTemplateDefaults(), DaemonSetDefaults()],
    .horizontalPodAutoscaler: [AutoscalerDefaults()],
    .ingressClass: [IngressClassDefaults()],
    .job: [PodTemplateDefaults(), JobDefaults()],
    .limitRange: [LimitRangeDefaults()],
    .networkPolicy: [NetworkPolicyDefaults()],
    .persistentVolumeClaim: [ClaimDefaults()],
    .persistentVolume: [VolumeDefaults()],
    .podTemplate: [StandaloneTemplateDefaults()],
    .priorityLevelConfiguration: [PriorityLevelDefaults()],
    .replicationController: [ReplicationControllerDefaults(), PodTemplateDefaults()],
    .resourceClaim: [DeviceRequestDefaults(isTemplate: false)],
    .resourceClaimTemplate: [DeviceRequestDefaults(isTemplate: true)],
    .statefulSet: [PodTemplateDefaults(), StatefulSetDefaults()],
  ]

  private static let first: [Kind: [any KindRules]] = [
    .clock: [ClockValidation()],
    .clusterRole: [RoleValidation(isNamespaced: false)],
    .clusterRoleBinding: [RoleBindingDefaults(), RoleBindingValidation(isNamespaced: false)],
    .configMap: [ConfigMapValidation()],
    .deployment: [PodTemplateDefaults(), DeploymentDefaults(), DeploymentValidation()],
    .endpointSlice: [EndpointSliceValidation()],
    .event: [EventValidation()],
    .lease: [LeaseValidation()],
    .namespace: [NamespaceDefaults()],
    .node: [NodeDefaults(), NodeValidation()],
    .pod: [PodDefaults(), PodValidation()],
    .replicaSet: [PodTemplateDefaults(), ReplicaSetValidation()],
    .role: [RoleValidation(isNamespaced: true)],
    .roleBinding: [RoleBindingDefaults(), RoleBindingValidation(isNamespaced: true)],
    .secret: [SecretDefaults(), SecretValidation()],
    .service: [ServiceDefaults(), ServiceValidation()],
  ]
}
