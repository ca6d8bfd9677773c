extension Tables {
  /// Types of apps/v1.
  static let apps = #"""
    package io.k8s.api.apps.v1 apps/v1

    alias DeploymentConditionType: string
    alias DeploymentStrategyType: string
    alias ReplicaSetConditionType: string

    kind Deployment list  -- Keeps pods of one template running and replaces them step by step.
      metadata 1: ObjectMeta        -- Name, labels and the like.
      spec     2: DeploymentSpec    -- What should be.
      status   3: DeploymentStatus  -- What is.

    type DeploymentSpec  -- What a Deployment should be.
      replicas                 1: int32? = 1         min 0              -- How many pods should run.
      selector                2!: LabelSelector?     required immutable -- Which pods belong here; fixed for good.
      template                3!: PodTemplateSpec                       -- What a new pod looks like.
      strategy                 4: DeploymentStrategy retainKeys         -- How old pods are replaced.
      minReadySeconds          5: int32              min 0 -- How long a pod must be ready to count as available.
      revisionHistoryLimit     6: int32? = 10        min 0 -- How many old ReplicaSets are kept for going back.
      paused                   7: boolean                               -- Whether changes of the template wait.
      progressDeadlineSeconds 9: int32? = 600 min 0 -- After how long a rollout without progress counts as failed.

    type DeploymentStrategy  -- How old pods are replaced by new.
      type          1: DeploymentStrategyType = "RollingUpdate" -- RollingUpdate or Recreate.
      rollingUpdate 2: RollingUpdateDeployment?                -- How fast a rolling update goes.

    type RollingUpdateDeployment  -- How fast a rolling update goes.
      maxUnavailable 1: IntOrString?  -- How many pods may be missing, or what part.
      maxSurge       2: IntOrString?  -- How many pods there may be too many, or what part.

    type DeploymentStatus  -- How a Deployment is.
      observedGeneration  1: int64                           -- Which generation of the spec this status speaks of.
      replicas            2: int32                           -- How many pods there are.
      updatedReplicas     3: int32                           -- Pods of the newest template.
      availableReplicas   4: int32                           -- Pods that have been ready for long enough.
      unavailableReplicas 5: int32                           -- Pods that are still missing.
      conditions          6: [DeploymentCondition] keys type -- Present observations, one a type.
      readyReplicas       7: int32                           -- Pods that are ready.
      collisionCount      8: int32?                          -- How often a ReplicaSet's name was taken.
      terminatingReplicas 9: int32?                          -- Pods that are on their way out.

    type DeploymentCondition  -- One observation of a Deployment.
      type               1!: DeploymentConditionType shown -- What sort it is.
      status             2!: ConditionStatus         shown -- True, False or Unknown.
      reason              4: string                        -- For programs: why, in one word.
      message             5: string                        -- For people: what is the matter.
      lastUpdateTime      6: Time                          -- When it was last looked at.
      lastTransitionTime  7: Time                          -- When the status last changed.

    kind ReplicaSet list  -- Keeps a number of pods running.
      metadata 1: ObjectMeta        -- Name, labels and the like.
      spec     2: ReplicaSetSpec    -- What should be.
      status   3: ReplicaSetStatus  -- What is.

    type ReplicaSetSpec  -- What a ReplicaSet should be.
      replicas         1: int32? = 1      min 0              -- How many pods should run.
      selector        2!: LabelSelector?  required immutable -- Which pods belong here; fixed for good.
      template         3: PodTemplateSpec                    -- What a new pod looks like.
      minReadySeconds  4: int32           min 0              -- How long a pod must be ready to count as available.

    type ReplicaSetStatus  -- How a ReplicaSet is.
      replicas             1!: int32                 shown     -- How many pods there are.
      fullyLabeledReplicas  2: int32                           -- Pods that have all labels of the template.
      observedGeneration    3: int64                           -- Which generation of the spec this status speaks of.
      readyReplicas         4: int32                           -- Pods that are ready.
      availableReplicas     5: int32                           -- Pods that have been ready for long enough.
      conditions            6: [ReplicaSetCondition] keys type -- Present observations, one a type.
      terminatingReplicas   7: int32?                          -- Pods that are on their way out.

    type ReplicaSetCondition  -- One observation of a ReplicaSet.
      type               1!: ReplicaSetConditionType shown -- What sort it is.
      status             2!: ConditionStatus         shown -- True, False or Unknown.
      lastTransitionTime  3: Time                          -- When the status last changed.
      reason              4: string                        -- For programs: why, in one word.
      message             5: string                        -- For people: what is the matter.
    """#
}
