extension Tables {
  /// Types of rbac.authorization.k8s.io/v1.
  static let rbac = #"""
    package io.k8s.api.rbac.v1 rbac.authorization.k8s.io/v1

    kind Role list  -- Rights in one namespace.
      metadata 1: ObjectMeta                -- Name, labels and the like.
      rules    2: [PolicyRule] shown atomic -- What is allowed.

    type PolicyRule  -- What may be done with what.
      verbs 1!: [string] shown atomic required "verbs must contain at least one value" -- What may be done; `*` for all.
      apiGroups        2: [string] atomic                   -- API groups; `*` for all, empty text for core.
      resources        3: [string] atomic                   -- Resources; `*` for all, pods/log for a part.
      resourceNames    4: [string] atomic                   -- Names of single objects; all if empty.
      nonResourceURLs  5: [string] atomic                   -- Paths that are no objects; may end in `*`.

    kind ClusterRole list  -- Rights in the whole cluster.
      metadata        1: ObjectMeta                    -- Name, labels and the like.
      rules           2: [PolicyRule]     shown atomic -- What is allowed.
      aggregationRule 3: AggregationRule?              -- Makes the rules the sum of other roles' rules.

    type AggregationRule  -- Which roles are put together.
      clusterRoleSelectors 1: [LabelSelector] atomic -- Whose rules are put together, by labels.

    kind RoleBinding list  -- Gives a role's rights in one namespace.
      metadata  1: ObjectMeta        -- Name, labels and the like.
      subjects  2: [Subject]  atomic -- Who gets the rights.
      roleRef  3!: RoleRef           -- The role whose rights are given; fixed for good.

    type RoleRef atomic  -- Names a role.
      apiGroup  1: string = "rbac.authorization.k8s.io" shown          -- The group of the object that is named.
      kind     2!: string                               shown          -- The kind of the object that is named.
      name     3!: string                               shown required -- The name.

    type Subject atomic  -- A user, group or service account.
      kind      1!: string shown -- The kind of the object that is named.
      apiGroup   2: string       -- The group of the object that is named.
      name      3!: string shown -- The name.
      namespace  4: string       -- The namespace.

    kind ClusterRoleBinding list  -- Gives a ClusterRole's rights in the whole cluster.
      metadata  1: ObjectMeta        -- Name, labels and the like.
      subjects  2: [Subject]  atomic -- Who gets the rights.
      roleRef  3!: RoleRef           -- The role whose rights are given; fixed for good.
    """#
}
