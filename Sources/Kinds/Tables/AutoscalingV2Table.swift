extension Tables {
  /// Types of autoscaling/v2.
  static let autoscalingV2 = #"""
    package io.k8s.api.autoscaling.v2 autoscaling/v2

    alias HPAScalingPolicyType: string
    alias HorizontalPodAutoscalerConditionType: string
    alias MetricSourceType: string
    alias MetricTargetType: string
    alias ScalingPolicySelect: string

    kind HorizontalPodAutoscaler list  -- Changes the number of pods with the load.
      metadata  1: ObjectMeta                     -- Name, labels and the like.
      spec     2!: HorizontalPodAutoscalerSpec    -- What should be.
      status    3: HorizontalPodAutoscalerStatus  -- What is.

    type HorizontalPodAutoscalerSpec  -- What is scaled, by what, and how far.
      scaleTargetRef 1!: CrossVersionObjectReference             -- The object that is scaled.
      minReplicas     2: int32? = 1                              -- The fewest pods.
      maxReplicas    3!: int32                            shown  -- The most pods.
      metrics         4: [MetricSpec]                     atomic -- What the number of pods follows.
      behavior        5: HorizontalPodAutoscalerBehavior?        -- How fast pods are added and removed.

    type HorizontalPodAutoscalerBehavior  -- How fast pods are added and removed.
      scaleUp   1: HPAScalingRules?  -- How pods are added.
      scaleDown 2: HPAScalingRules?  -- How pods are removed.

    type HPAScalingRules  -- The rules of scaling in one direction.
      selectPolicy               1: ScalingPolicySelect?        -- Which limit counts: Max, Min or Disabled.
      policies                   2: [HPAScalingPolicy]   atomic -- Limits on a step.
      stabilizationWindowSeconds 3: int32?                      -- How far back wishes are remembered.
      tolerance                  4: Quantity?                   -- How far from the aim nothing is done.

    type HPAScalingPolicy  -- One limit on a step.
      type          1!: HPAScalingPolicyType shown -- What sort it is.
      value         2!: int32                shown -- How many pods, or how many percent.
      periodSeconds 3!: int32                shown -- The time that the limit is about.

    type MetricSpec  -- One metric and its aim.
      type              1!: MetricSourceType               shown -- What sort it is.
      object             2: ObjectMetricSource?                  -- One object.
      pods               3: PodsMetricSource?                    -- A mean over the pods.
      resource           4: ResourceMetricSource?                -- A resource: cpu, memory.
      external           5: ExternalMetricSource?                -- Something outside of the cluster.
      containerResource  7: ContainerResourceMetricSource?       -- A resource of one container in each pod.

    type ContainerResourceMetricSource  -- Measures a resource of one container in each pod.
      name      1!: ResourceName shown -- The name.
      target    2!: MetricTarget       -- The aim.
      container 3!: string       shown -- Which container.

    type MetricTarget  -- The aim of a metric.
      type               1!: MetricTargetType shown -- What sort it is.
      value               2: Quantity?              -- The value.
      averageValue        3: Quantity?              -- The mean over the pods.
      averageUtilization  4: int32?                 -- The mean, in percent of what is requested.

    type ExternalMetricSource  -- Measures something outside of the cluster.
      metric 1!: MetricIdentifier  -- Which metric.
      target 2!: MetricTarget      -- The aim.

    type MetricIdentifier  -- Names a metric.
      name     1!: string         shown -- The name.
      selector  2: LabelSelector?       -- Which objects, by their labels.

    type ObjectMetricSource  -- Measures one object.
      describedObject 1!: CrossVersionObjectReference  -- The object that is measured.
      target          2!: MetricTarget                 -- The aim.
      metric          3!: MetricIdentifier             -- Which metric.

    type CrossVersionObjectReference  -- Names the object that is scaled.
      kind       1!: string shown -- The kind of the object that is named.
      name       2!: string shown -- The name.
      apiVersion  3: string       -- Group and version of the object that is named.

    type PodsMetricSource  -- Measures each pod and takes the mean.
      metric 1!: MetricIdentifier  -- Which metric.
      target 2!: MetricTarget      -- The aim.

    type ResourceMetricSource  -- Measures a resource that the pods request.
      name   1!: ResourceName shown -- The name.
      target 2!: MetricTarget       -- The aim.

    type HorizontalPodAutoscalerStatus  -- What the autoscaler sees and wants.
      observedGeneration  1: int64? -- Which generation of the spec this status speaks of.
      lastScaleTime       2: Time?                                           -- When the number of pods last changed.
      currentReplicas     3: int32                                           -- How many pods there are.
      desiredReplicas    4!: int32                              shown        -- How many pods there should be.
      currentMetrics      5: [MetricStatus]                     shown atomic -- The metrics' last values.
      conditions          6: [HorizontalPodAutoscalerCondition] keys type    -- Present observations, one a type.

    type HorizontalPodAutoscalerCondition  -- One observation of an autoscaler.
      type               1!: HorizontalPodAutoscalerConditionType shown -- What sort it is.
      status             2!: ConditionStatus                      shown -- True, False or Unknown.
      lastTransitionTime  3: Time                                       -- When the status last changed.
      reason              4: string                                     -- For programs: why, in one word.
      message             5: string                                     -- For people: what is the matter.

    type MetricStatus  -- One metric's last value.
      type              1!: MetricSourceType               shown -- What sort it is.
      object             2: ObjectMetricStatus?                  -- One object.
      pods               3: PodsMetricStatus?                    -- A mean over the pods.
      resource           4: ResourceMetricStatus?                -- A resource: cpu, memory.
      external           5: ExternalMetricStatus?                -- Something outside of the cluster.
      containerResource  7: ContainerResourceMetricStatus?       -- A resource of one container in each pod.

    type ContainerResourceMetricStatus  -- What one container in each pod uses.
      name      1!: ResourceName      shown -- The name.
      current   2!: MetricValueStatus       -- The last value.
      container 3!: string            shown -- Which container.

    type MetricValueStatus  -- A metric's value.
      value              1: Quantity?  -- The value.
      averageValue       2: Quantity?  -- The mean over the pods.
      averageUtilization 3: int32?     -- The mean, in percent of what is requested.

    type ExternalMetricStatus  -- What was measured outside of the cluster.
      metric  1!: MetricIdentifier   -- Which metric.
      current 2!: MetricValueStatus  -- The last value.

    type ObjectMetricStatus  -- What was measured at one object.
      metric          1!: MetricIdentifier             -- Which metric.
      current         2!: MetricValueStatus            -- The last value.
      describedObject 3!: CrossVersionObjectReference  -- The object that is measured.

    type PodsMetricStatus  -- The mean over the pods.
      metric  1!: MetricIdentifier   -- Which metric.
      current 2!: MetricValueStatus  -- The last value.

    type ResourceMetricStatus  -- What the pods use of a resource.
      name    1!: ResourceName      shown -- The name.
      current 2!: MetricValueStatus       -- The last value.
    """#
}
