extension Tables {
  /// Types of scheduling.k8s.io/v1.
  static let scheduling = #"""
    package io.k8s.api.scheduling.v1 scheduling.k8s.io/v1

    kind PriorityClass list  -- A name for a pod priority.
      metadata         1: ObjectMeta                                   -- Name, labels and the like.
      value            2: int32                                  shown -- The priority; the higher goes first.
      globalDefault    3: boolean                                      -- Whether pods without a class get this one.
      description      4: string                                       -- What it is for.
      preemptionPolicy 5: PreemptionPolicy? = "PreemptLowerPriority"   -- PreemptLowerPriority or Never.
    """#
}
