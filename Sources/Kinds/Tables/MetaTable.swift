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

    type ObjectMeta  -- What every object has: name, labels, owners, times.
      name                        1: string -- What the object is called; unique for its kind and namespace.
      generateName                2: string -- The beginning of a name that the server completes.
      namespace                   3: string -- Where the object lives; empty for kinds without namespaces.
      selfLink                    4: string                         -- No longer used.
      uid                         5: UID                            -- The object's number, never used twice.
      resourceVersion             6: string                         -- The revision of the object.
      generation                  7: int64                          -- Goes up with every change of the spec.
      creationTimestamp           8: Time?                          -- When the object was created.
      deletionTimestamp           9: Time?                          -- When the object is to be gone.
      deletionGracePeriodSeconds 10: int64?                         -- How long the object has to end.
      labels                     11: {string}                       -- Marks by which objects are selected.
      annotations                12: {string} -- Notes for tools and people; nothing selects by them.
      ownerReferences            13: [OwnerReference]     keys uid  -- The objects that this one goes away with.
      finalizers                 14: [string]             set merge -- Who has work to do before the object may go.
      managedFields              17: [ManagedFieldsEntry] atomic    -- Who owns which field.

    type ManagedFieldsEntry  -- The fields that one manager owns.
      manager     1: string                      -- Who owns the fields.
      operation   2: ManagedFieldsOperationType  -- Apply or Update.
      apiVersion  3: string                      -- The version in which the fields are written.
      time        4: Time?                       -- When they were last changed.
      fieldsType  6: string                      -- FieldsV1.
      fieldsV1    7: FieldsV1?                   -- The fields.
      subresource 8: string                      -- The part of the object: status, log.

    type OwnerReference atomic  -- Names an object that this one goes away with.
      kind               1!: string   shown -- The kind of the object that is named.
      name               3!: string   shown -- The name.
      uid                4!: UID      shown -- The object's number, never used twice.
      apiVersion         5!: string   shown -- Group and version of the object that is named.
      controller          6: boolean?       -- Whether the owner is the one that manages this object.
      blockOwnerDeletion  7: boolean?       -- Whether the owner waits for this object in a foreground deletion.

    type ListMeta  -- What is said of a list itself.
      selfLink           1: string      -- No longer used.
      resourceVersion    2: string      -- The revision at which the list was read.
      continue           3: string      -- Where the next part begins; empty at the end.
      remainingItemCount 4: int64?      -- How many objects are left.
      shardInfo          5: ShardInfo?  -- Which part of all objects this is.

    type ShardInfo  -- Which part of all objects a list shows.
      selector 1!: string shown -- Which objects, by their labels.

    type LabelSelector atomic  -- Selects objects by their labels; empty selects all.
      matchLabels      1: {string}                          -- Labels that must be there with these values.
      matchExpressions 2: [LabelSelectorRequirement] atomic -- Rules that must all hold.

    type LabelSelectorRequirement  -- One rule on a label.
      key      1!: string                shown  -- Which key.
      operator 2!: LabelSelectorOperator shown  -- How key and values are compared.
      values    3: [string]              atomic -- What it is compared with.

    kind Status  -- What the API answers when there is no object to show.
      metadata 1: ListMeta        -- Says of a list where it goes on.
      status   2: string          -- Success or Failure.
      message  3: string          -- For people: what is the matter.
      reason   4: StatusReason    -- For programs: why, in one word.
      details  5: StatusDetails?  -- Which object, and every single cause.
      code     6: int32           -- The HTTP status code.

    type StatusDetails  -- Which object a Status is about, and why.
      name              1: string               -- The name.
      group             2: string               -- The API group.
      kind              3: string               -- The kind of the object that is named.
      causes            4: [StatusCause] atomic -- Everything that is wrong.
      retryAfterSeconds 5: int32                -- When to try again.
      uid               6: UID                  -- The object's number, never used twice.

    type StatusCause  -- One thing that is wrong.
      reason  1: CauseType  -- For programs: why, in one word.
      message 2: string     -- For people: what is the matter.
      field   3: string     -- The field that is wrong.

    kind DeleteOptions  -- How an object is deleted.
      gracePeriodSeconds                               1: int64? -- How long the object has to end; nought is at once.
      preconditions                                    2: Preconditions? -- What must hold, or nothing is deleted.
      orphanDependents 3: boolean? -- Whether dependents stay; propagationPolicy replaces it.
      propagationPolicy                                4: DeletionPropagation? -- Orphan, Background or Foreground.
      dryRun                                           5: [string]             atomic -- All for a rehearsal.
      ignoreStoreReadErrorWithClusterBreakingPotential 6: boolean? -- Delete even what can no longer be read.

    type Preconditions  -- What must hold before a deletion.
      uid             1: UID?     -- The object's number, never used twice.
      resourceVersion 2: string?  -- The revision that the object must be at.

    kind WatchEvent  -- One change in a watch stream.
      type   1!: string        shown -- ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.
      object 2!: RawExtension?       -- The object after the change, or a Status.

    kind APIGroup  -- An API group and its versions.
      name                       1!: string                      shown        -- The name.
      versions                   2!: [GroupVersionForDiscovery]  shown atomic -- The versions that are served.
      preferredVersion            3: GroupVersionForDiscovery                 -- The version that clients should use.
      serverAddressByClientCIDRs  4: [ServerAddressByClientCIDR] atomic       -- Which address a client should use.

    type GroupVersionForDiscovery  -- One version of a group.
      groupVersion 1!: string shown -- Group and version as one text.
      version      2!: string shown -- The API version.

    type ServerAddressByClientCIDR  -- Which address some clients should use.
      clientCIDR    1!: string shown -- Clients with these addresses.
      serverAddress 2!: string shown -- The address to use.

    kind APIGroupList  -- The API groups that are served.
      groups 1!: [APIGroup] shown atomic -- The API groups.

    type APIResource  -- One resource that is served.
      name               1!: string   shown  -- The name.
      namespaced         2!: boolean  shown  -- Whether its objects live in namespaces.
      kind               3!: string   shown  -- The kind that is served.
      verbs              4!: [string] shown  -- What may be done: get, list, watch, create; `*` for all.
      shortNames          5: [string] atomic -- Short names: po.
      singularName       6!: string   shown  -- The name in the singular.
      categories          7: [string] atomic -- Words that stand for several resources: all.
      group               8: string          -- The API group.
      version             9: string          -- The API version.
      storageVersionHash 10: string          -- Changes when the stored form does.

    kind APIResourceList  -- What one version of a group serves.
      groupVersion 1!: string        shown        -- Group and version as one text.
      resources    2!: [APIResource] shown atomic -- What is served.

    kind APIVersions  -- The versions of the core group.
      versions                   1!: [string]                    shown atomic -- The versions that are served.
      serverAddressByClientCIDRs 2!: [ServerAddressByClientCIDR] shown atomic -- Which address a client should use.

    type Condition  -- One observation of an object's state.
      type               1!: string shown -- What sort it is.
      status             2!: string shown -- True, False or Unknown.
      observedGeneration  3: int64        -- Which generation of the spec this status speaks of.
      lastTransitionTime 4!: Time         -- When the status last changed.
      reason             5!: string shown -- For programs: why, in one word.
      message            6!: string shown -- For people: what is the matter.

    type FieldSelectorRequirement  -- One rule on a field.
      key      1!: string                shown  -- Which key.
      operator 2!: FieldSelectorOperator shown  -- How key and values are compared.
      values    3: [string]              atomic -- What it is compared with.

    package io.k8s.apimachinery.pkg.apis.meta.v1 meta.k8s.io/v1

    kind PartialObjectMetadata list  -- An object of which only the metadata is shown.
      metadata 1: ObjectMeta -- Name, labels and the like.

    package io.k8s.apimachinery.pkg.types

    alias UID: string
    """#
}
