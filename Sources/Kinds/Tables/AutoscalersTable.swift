extension Tables {
  /// The autoscaler as autoscaling/v1 has it.
  static let autoscalers = #"""
    package io.k8s.api.autoscaling.v1 autoscaling/v1

    kind HorizontalPodAutoscaler list  -- Changes the number of pods with the load.
      metadata  1: ObjectMeta                     -- Name, labels and the like.
      spec     2!: HorizontalPodAutoscalerSpec    -- What should be.
      status    3: HorizontalPodAutoscalerStatus  -- What is.

    type HorizontalPodAutoscalerSpec  -- What is scaled, by what, and how far.
      scaleTargetRef                 1!: CrossVersionObjectReference       -- The object that is scaled.
      minReplicas                     2: int32? = 1                        -- The fewest pods.
      maxReplicas                    3!: int32                       shown -- The most pods.
      targetCPUUtilizationPercentage  4: int32? -- The CPU use to aim at, in percent of what is requested.

    type CrossVersionObjectReference atomic  -- Names the object that is scaled.
      kind       1!: string shown -- The kind of the object that is named.
      name       2!: string shown -- The name.
      apiVersion  3: string       -- Group and version of the object that is named.

    type HorizontalPodAutoscalerStatus  -- What the autoscaler sees and wants.
      observedGeneration               1: int64?       -- Which generation of the spec this status speaks of.
      lastScaleTime                    2: Time?        -- When the number of pods last changed.
      currentReplicas                 3!: int32  shown -- How many pods there are.
      desiredReplicas                 4!: int32  shown -- How many pods there should be.
      currentCPUUtilizationPercentage  5: int32?       -- The mean CPU use, in percent of what is requested.
    """#
}
