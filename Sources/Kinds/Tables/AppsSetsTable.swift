extension Tables {
  /// Sets of pods and their revisions (apps/v1).
  static let appsSets = #"""
    package io.k8s.api.apps.v1 apps/v1

    alias DaemonSetConditionType: string
    alias DaemonSetUpdateStrategyType: string
    words PersistentVolumeClaimRetentionPolicyType: Retain Delete
    alias PodManagementPolicyType: string
    alias StatefulSetConditionType: string
    alias StatefulSetUpdateStrategyType: string

    kind ControllerRevision list  -- A snapshot of what a controller rolls out.
      metadata  1: ObjectMeta          -- Name, labels and the like.
      data      2: RawExtension? shown -- What was rolled out.
      revision 3!: int64         shown -- The number of the revision.

    kind DaemonSet list  -- Keeps one pod on each node that fits.
      metadata 1: ObjectMeta       -- Name, labels and the like.
      spec     2: DaemonSetSpec    -- What should be.
      status   3: DaemonSetStatus  -- What is.

    type DaemonSetSpec  -- What a DaemonSet should be.
      selector             1!: LabelSelector?          immutable -- Which objects, by their labels.
      template             2!: PodTemplateSpec                   -- What a new pod looks like.
      updateStrategy        3: DaemonSetUpdateStrategy           -- How old pods are replaced.
      minReadySeconds       4: int32                   min 0     -- How long a pod must be ready to count as available.
      revisionHistoryLimit  6: int32? = 10             min 0     -- How many old revisions are kept.

    type DaemonSetUpdateStrategy  -- How a DaemonSet replaces old pods.
      type          1: DaemonSetUpdateStrategyType = "RollingUpdate" -- What sort it is.
      rollingUpdate 2: RollingUpdateDaemonSet?                 -- How a rolling update goes.

    type RollingUpdateDaemonSet  -- How fast a rolling update of a DaemonSet goes.
      maxUnavailable 1: IntOrString?  -- How many pods may be missing, or what part.
      maxSurge       2: IntOrString?  -- How many pods there may be too many, or what part.

    type DaemonSetStatus  -- How a DaemonSet is.
      currentNumberScheduled 1!: int32                shown     -- Nodes that have a pod and should.
      numberMisscheduled     2!: int32                shown     -- Nodes that have a pod and should not.
      desiredNumberScheduled 3!: int32                shown     -- Nodes that should have a pod.
      numberReady            4!: int32                shown     -- Nodes with a pod that is ready.
      observedGeneration      5: int64                          -- Which generation of the spec this status speaks of.
      updatedNumberScheduled  6: int32                          -- Nodes with a pod of the newest template.
      numberAvailable         7: int32                          -- Nodes with a pod that serves.
      numberUnavailable       8: int32                          -- Nodes without a pod that serves.
      collisionCount          9: int32?                         -- How often a name was taken.
      conditions             10: [DaemonSetCondition] keys type -- Present observations, one a type.

    type DaemonSetCondition  -- One observation of a DaemonSet.
      type               1!: DaemonSetConditionType shown -- What sort it is.
      status             2!: ConditionStatus        shown -- True, False or Unknown.
      lastTransitionTime  3: Time                         -- When the status last changed.
      reason              4: string                       -- For programs: why, in one word.
      message             5: string                       -- For people: what is the matter.

    kind StatefulSet list  -- Keeps pods with names and storage of their own.
      metadata 1: ObjectMeta         -- Name, labels and the like.
      spec     2: StatefulSetSpec    -- What should be.
      status   3: StatefulSetStatus  -- What is.

    type StatefulSetSpec  -- What a StatefulSet should be.
      replicas                              1: int32? = 1                             min 0  -- How many pods.
      selector                             2!: LabelSelector? -- Which objects, by their labels.
      template                             3!: PodTemplateSpec -- What a new pod looks like.
      volumeClaimTemplates 4: [PersistentVolumeClaim] atomic -- Claims that each pod gets of its own.
      serviceName 5: string shown -- The service that gives the pods their DNS names.
      podManagementPolicy 6: PodManagementPolicyType = "OrderedReady" -- How pods start: OrderedReady or Parallel.
      updateStrategy                        7: StatefulSetUpdateStrategy -- How old pods are replaced.
      revisionHistoryLimit 8: int32? = 10 min 0 -- How many old revisions are kept.
      minReadySeconds 9: int32 min 0 -- How long a pod must be ready to count as available.
      persistentVolumeClaimRetentionPolicy 10: StatefulSetPersistentVolumeClaimRetentionPolicy? -- What becomes of them.
      ordinals                             11: StatefulSetOrdinals? -- How the pods are numbered.

    type StatefulSetOrdinals  -- How a StatefulSet numbers its pods.
      start 1: int32 shown -- The first number.

    type StatefulSetPersistentVolumeClaimRetentionPolicy  -- What becomes of a StatefulSet's claims.
      whenDeleted 1: PersistentVolumeClaimRetentionPolicyType -- When the set is deleted: Retain or Delete.
      whenScaled  2: PersistentVolumeClaimRetentionPolicyType -- When the set shrinks: Retain or Delete.

    type StatefulSetUpdateStrategy  -- How a StatefulSet replaces old pods.
      type          1: StatefulSetUpdateStrategyType = "RollingUpdate" -- What sort it is.
      rollingUpdate 2: RollingUpdateStatefulSetStrategy?       -- How a rolling update goes.

    type RollingUpdateStatefulSetStrategy  -- How a rolling update of a StatefulSet goes.
      partition      1: int32?        -- The first number that is updated.
      maxUnavailable 2: IntOrString?  -- How many pods may be missing, or what part.

    type StatefulSetStatus  -- How a StatefulSet is.
      observedGeneration  1: int64                            -- Which generation of the spec this status speaks of.
      replicas           2!: int32                  shown     -- How many pods.
      readyReplicas       3: int32                            -- Pods that are ready.
      currentReplicas     4: int32                            -- Pods of the revision that is replaced.
      updatedReplicas     5: int32                            -- Pods of the newest template.
      currentRevision     6: string                           -- The revision that is replaced.
      updateRevision      7: string                           -- The revision that is rolled out.
      collisionCount      9: int32?                           -- How often a name was taken.
      conditions         10: [StatefulSetCondition] keys type -- Present observations, one a type.
      availableReplicas  11: int32                  shown     -- Pods that have been ready for long enough.

    type StatefulSetCondition  -- One observation of a StatefulSet.
      type               1!: StatefulSetConditionType shown -- What sort it is.
      status             2!: ConditionStatus          shown -- True, False or Unknown.
      lastTransitionTime  3: Time                           -- When the status last changed.
      reason              4: string                         -- For programs: why, in one word.
      message             5: string                         -- For people: what is the matter.
    """#
}
