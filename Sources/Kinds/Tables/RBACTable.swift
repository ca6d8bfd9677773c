extension Tables {
  /// Types of rbac.authorization.k8s.io/v1.
  static let rbac = #"""
    package io.k8s.api.rbac.v1 rbac.authorization.k8s.io/v1

    kind Role list
      metadata 1: ObjectMeta
      rules    2: [PolicyRule] shown atomic

    type PolicyRule
      verbs           1!: [string] shown atomic required "verbs must contain at least one value"
      apiGroups        2: [string] atomic
      resources        3: [string] atomic
      resourceNames    4: [string] atomic
      nonResourceURLs  5: [string] atomic

    kind ClusterRole list
      metadata        1: ObjectMeta
      rules           2: [PolicyRule]     shown atomic
      aggregationRule 3: AggregationRule?

    type AggregationRule
      clusterRoleSelectors 1: [LabelSelector] atomic

    kind RoleBinding list
      metadata  1: ObjectMeta
      subjects  2: [Subject]  atomic
      roleRef  3!: RoleRef

    type RoleRef atomic
      apiGroup  1: string = "rbac.authorization.k8s.io" shown
      kind     2!: string                       shown
      name     3!: string                       shown required

    type Subject atomic
      kind      1!: string shown
      apiGroup   2: string
      name      3!: string shown
      namespace  4: string

    kind ClusterRoleBinding list
      metadata  1: ObjectMeta
      subjects  2: [Subject]  atomic
      roleRef  3!: RoleRef
    """#
}
