extension Tables {
  /// What all objects share: metadata, selectors, options, the API's answers.
  static let meta = #"""
    package io.k8s.apimachinery.pkg.apis.meta.v1 v1

    alias CauseType: string
    alias DeletionPropagation: string
    alias FieldSelectorOperator: string
    alias LabelSelectorOperator: string
    alias ManagedFieldsOperationType: string
    alias StatusReason: string

    type ObjectMeta
      name                        1: string
      generateName                2: string
      namespace                   3: string
      selfLink                    4: string
      uid                         5: UID
      resourceVersion             6: string
      generation                  7: int64
      creationTimestamp           8: Time?
      deletionTimestamp           9: Time?
      deletionGracePeriodSeconds 10: int64?
      labels                     11: {string}
      annotations                12: {string}
      ownerReferences            13: [OwnerReference]     keys uid
      finalizers                 14: [string]             set merge
      managedFields              17: [ManagedFieldsEntry] atomic

    type ManagedFieldsEntry
      manager     1: string
      operation   2: ManagedFieldsOperationType
      apiVersion  3: string
      time        4: Time?
      fieldsType  6: string
      fieldsV1    7: FieldsV1?
      subresource 8: string

    type OwnerReference atomic
      kind               1!: string   shown
      name               3!: string   shown
      uid                4!: UID      shown
      apiVersion         5!: string   shown
      controller          6: boolean?
      blockOwnerDeletion  7: boolean?

    type ListMeta
      selfLink           1: string
      resourceVersion    2: string
      continue           3: string
      remainingItemCount 4: int64?
      shardInfo          5: ShardInfo?

    type ShardInfo
      selector 1!: string shown

    type LabelSelector atomic
      matchLabels      1: {string}
      matchExpressions 2: [LabelSelectorRequirement] atomic

    type LabelSelectorRequirement
      key      1!: string                shown
      operator 2!: LabelSelectorOperator shown
      values    3: [string]              atomic

    kind Status
      metadata 1: ListMeta
      status   2: string
      message  3: string
      reason   4: StatusReason
      details  5: StatusDetails?
      code     6: int32

    type StatusDetails
      name              1: string
      group             2: string
      kind              3: string
      causes            4: [StatusCause] atomic
      retryAfterSeconds 5: int32
      uid               6: UID

    type StatusCause
      reason  1: CauseType
      message 2: string
      field   3: string

    kind DeleteOptions
      gracePeriodSeconds                               1: int64?
      preconditions                                    2: Preconditions?
      orphanDependents                                 3: boolean?
      propagationPolicy                                4: DeletionPropagation?
      dryRun                                           5: [string]             atomic
      ignoreStoreReadErrorWithClusterBreakingPotential 6: boolean?

    type Preconditions
      uid             1: UID?
      resourceVersion 2: string?

    kind WatchEvent
      type   1!: string        shown
      object 2!: RawExtension?

    kind APIGroup
      name                       1!: string                      shown
      versions                   2!: [GroupVersionForDiscovery]  shown atomic
      preferredVersion            3: GroupVersionForDiscovery
      serverAddressByClientCIDRs  4: [ServerAddressByClientCIDR] atomic

    type GroupVersionForDiscovery
      groupVersion 1!: string shown
      version      2!: string shown

    type ServerAddressByClientCIDR
      clientCIDR    1!: string shown
      serverAddress 2!: string shown

    kind APIGroupList
      groups 1!: [APIGroup] shown atomic

    type APIResource
      name               1!: string   shown
      namespaced         2!: boolean  shown
      kind               3!: string   shown
      verbs              4!: [string] shown
      shortNames          5: [string] atomic
      singularName       6!: string   shown
      categories          7: [string] atomic
      group               8: string
      version             9: string
      storageVersionHash 10: string

    kind APIResourceList
      groupVersion 1!: string        shown
      resources    2!: [APIResource] shown atomic

    kind APIVersions
      versions                   1!: [string]                    shown atomic
      serverAddressByClientCIDRs 2!: [ServerAddressByClientCIDR] shown atomic

    type Condition
      type               1!: string shown
      status             2!: string shown
      observedGeneration  3: int64
      lastTransitionTime 4!: Time
      reason             5!: string shown
      message            6!: string shown

    type FieldSelectorRequirement
      key      1!: string                shown
      operator 2!: FieldSelectorOperator shown
      values    3: [string]              atomic

    package io.k8s.apimachinery.pkg.apis.meta.v1 meta.k8s.io/v1

    kind PartialObjectMetadata list  -- An object of which only the metadata is shown.
      metadata 1: ObjectMeta -- Name, labels and the like.

    package io.k8s.apimachinery.pkg.types

    alias UID: string
    """#
}
