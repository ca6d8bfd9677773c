/// Which rules belong to a kind. A kind may have several: defaults in one file, validation in another.
enum RulesTable {
  static func rules(for kind: Kind) -> [any KindRules] { table[kind] ?? [] }

  private static let table: [Kind: [any KindRules]] = [
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
