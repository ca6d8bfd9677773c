extension Tables {
  /// Types of apps/v1.
  static let apps = #"""
    package io.k8s.api.apps.v1 apps/v1

    alias DeploymentConditionType: string
    words DeploymentStrategyType: Recreate RollingUpdate
    alias ReplicaSetConditionType: string

    kind Deployment list
      metadata 1: ObjectMeta
      spec     2: DeploymentSpec
      status   3: DeploymentStatus

    type DeploymentSpec
      replicas                 1: int32? = 1         min 0
      selector                2!: LabelSelector?     required immutable
      template                3!: PodTemplateSpec
      strategy                 4: DeploymentStrategy retainKeys
      minReadySeconds          5: int32              min 0
      revisionHistoryLimit     6: int32? = 10        min 0
      paused                   7: boolean
      progressDeadlineSeconds  9: int32? = 600       min 0

    type DeploymentStrategy
      type          1: DeploymentStrategyType = "RollingUpdate"
      rollingUpdate 2: RollingUpdateDeployment?

    type RollingUpdateDeployment
      maxUnavailable 1: IntOrString?
      maxSurge       2: IntOrString?

    type DeploymentStatus
      observedGeneration  1: int64
      replicas            2: int32
      updatedReplicas     3: int32
      availableReplicas   4: int32
      unavailableReplicas 5: int32
      conditions          6: [DeploymentCondition] keys type
      readyReplicas       7: int32
      collisionCount      8: int32?
      terminatingReplicas 9: int32?

    type DeploymentCondition
      type               1!: DeploymentConditionType shown
      status             2!: ConditionStatus         shown
      reason              4: string
      message             5: string
      lastUpdateTime      6: Time
      lastTransitionTime  7: Time

    kind ReplicaSet list
      metadata 1: ObjectMeta
      spec     2: ReplicaSetSpec
      status   3: ReplicaSetStatus

    type ReplicaSetSpec
      replicas         1: int32? = 1      min 0
      selector        2!: LabelSelector?  required immutable
      template         3: PodTemplateSpec
      minReadySeconds  4: int32           min 0

    type ReplicaSetStatus
      replicas             1!: int32                 shown
      fullyLabeledReplicas  2: int32
      observedGeneration    3: int64
      readyReplicas         4: int32
      availableReplicas     5: int32
      conditions            6: [ReplicaSetCondition] keys type
      terminatingReplicas   7: int32?

    type ReplicaSetCondition
      type               1!: ReplicaSetConditionType shown
      status             2!: ConditionStatus         shown
      lastTransitionTime  3: Time
      reason              4: string
      message             5: string
    """#
}
