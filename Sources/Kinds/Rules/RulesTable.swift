/// Which rules belong to a kind. A kind may have several: defaults in one file, validation in another.
enum RulesTable {
  static func rules(for kind: Kind) -> [any KindRules] { table[kind] ?? [] }

  private static let table: [Kind: [any KindRules]] = [
    .clusterRoleBinding: [RoleBindingDefaults()],
    .deployment: [PodTemplateDefaults(), DeploymentDefaults()],
    .namespace: [NamespaceDefaults()],
    .node: [NodeDefaults()],
    .pod: [PodDefaults()],
    .replicaSet: [PodTemplateDefaults()],
    .roleBinding: [RoleBindingDefaults()],
    .secret: [SecretDefaults()],
    .service: [ServiceDefaults()],
  ]
}
