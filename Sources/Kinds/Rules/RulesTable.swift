/// Which rules belong to a kind. A kind may have several: defaults in one file, validation in another.
enum RulesTable {
  static func rules(for kind: Kind) -> [any KindRules] { table[kind] ?? [] }

  private static let table: [Kind: [any KindRules]] = first.merging(further) { first, _ in first }

  private static let further: [Kind: [any KindRules]] = [
    .apiService: [APIServiceRules()],
    .certificateSigningRequest: [SigningRequestValidation()],
    .controllerRevision: [ControllerRevisionValidation()],
    .cronJob: [CronJobDefaults(), CronJobValidation()],
    .customResourceDefinition: [DefinitionRules()],
    .daemonSet: [PodTemplateDefaults(), DaemonSetDefaults(), DaemonSetValidation()],
    .endpoints: [EndpointsValidation()],
    .flowSchema: [FlowControlValidation()],
    .horizontalPodAutoscaler: [AutoscalerDefaults(), AutoscalerValidation()],
    .ingress: [IngressValidation()],
    .ingressClass: [IngressClassDefaults(), IngressClassValidation()],
    .ipAddress: [AddressValidation()],
    .job: [PodTemplateDefaults(), JobDefaults(), JobValidation()],
    .limitRange: [LimitRangeDefaults(), LimitRangeValidation()],
    .mutatingAdmissionPolicy: [AdmissionPolicyValidation()],
    .mutatingAdmissionPolicyBinding: [PolicyBindingValidation()],
    .mutatingWebhookConfiguration: [WebhookValidation()],
    .newEvent: [NewEventValidation()],
    .networkPolicy: [NetworkPolicyDefaults(), NetworkPolicyValidation()],
    .persistentVolume: [VolumeDefaults(), VolumeObjectValidation()],
    .persistentVolumeClaim: [ClaimDefaults(), ClaimValidation()],
    .podDisruptionBudget: [BudgetValidation()],
    .podTemplate: [StandaloneTemplateDefaults(), StandaloneTemplateValidation()],
    .priorityClass: [PriorityClassValidation()],
    .priorityLevelConfiguration: [PriorityLevelDefaults(), FlowControlValidation()],
    .replicationController: [
      ReplicationControllerDefaults(), PodTemplateDefaults(), ReplicationControllerValidation(),
    ],
    .resourceClaim: [DeviceRequestDefaults(isTemplate: false)],
    .resourceClaimTemplate: [DeviceRequestDefaults(isTemplate: true)],
    .resourceQuota: [QuotaValidation()],
    .runtimeClass: [RuntimeClassValidation()],
    .serviceCIDR: [ServiceRangeValidation()],
    .statefulSet: [PodTemplateDefaults(), StatefulSetDefaults(), StatefulSetValidation()],
    .storageClass: [StorageClassValidation()],
    .validatingAdmissionPolicy: [AdmissionPolicyValidation()],
    .validatingAdmissionPolicyBinding: [PolicyBindingValidation()],
    .validatingWebhookConfiguration: [WebhookValidation()],
    .volumeAttachment: [AttachmentValidation()],
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
