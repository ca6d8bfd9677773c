extension Tables {
  /// Quotas and limits (core/v1).
  static let coreQuota = #"""
    package io.k8s.api.core.v1 v1

    alias LimitType: string
    alias ResourceQuotaScope: string
    alias ScopeSelectorOperator: string

    kind ResourceQuota list  -- Limits what a namespace may use in all.
      metadata 1: ObjectMeta           -- Name, labels and the like.
      spec     2: ResourceQuotaSpec    -- What should be.
      status   3: ResourceQuotaStatus  -- What is.

    type ResourceQuotaSpec  -- How much may be used.
      hard          1: ResourceList                -- How much may be used, by resource.
      scopes        2: [ResourceQuotaScope] atomic -- Which objects are counted, by property.
      scopeSelector 3: ScopeSelector?              -- Which objects are counted.

    type ScopeSelector atomic  -- Which objects a quota counts.
      matchExpressions 1: [ScopedResourceSelectorRequirement] atomic -- Rules that must all hold.

    type ScopedResourceSelectorRequirement  -- One rule on what a quota counts.
      scopeName 1!: ResourceQuotaScope    shown  -- Which property of an object.
      operator  2!: ScopeSelectorOperator shown  -- How they are compared.
      values     3: [string]              atomic -- The values.

    type ResourceQuotaStatus  -- How much is used.
      hard 1: ResourceList  -- How much may be used, by resource.
      used 2: ResourceList  -- How much is used, by resource.

    kind LimitRange list  -- Limits and defaults for the resources of single objects.
      metadata 1: ObjectMeta      -- Name, labels and the like.
      spec     2: LimitRangeSpec  -- What should be.

    type LimitRangeSpec  -- The limits.
      limits 1!: [LimitRangeItem] shown atomic -- The limits.

    type LimitRangeItem  -- Limits for one sort of object.
      type                 1!: LimitType    shown -- What sort it is.
      max                   2: ResourceList       -- The most.
      min                   3: ResourceList       -- The least.
      default               4: ResourceList       -- Limits for containers that have none.
      defaultRequest        5: ResourceList       -- Requests for containers that have none.
      maxLimitRequestRatio  6: ResourceList       -- How many times the request a limit may be.
    """#
}
