extension Tables {
  /// Types of autoscaling/v1.
  static let autoscaling = #"""
    package io.k8s.api.autoscaling.v1 autoscaling/v1

    kind Scale  -- How many pods an object should have and has.
      metadata 1: ObjectMeta   -- Name, labels and the like.
      spec     2: ScaleSpec    -- What should be.
      status   3: ScaleStatus  -- What is.

    type ScaleSpec  -- How many pods there should be.
      replicas 1: int32 shown min 0 -- How many pods should run.

    type ScaleStatus  -- How many pods there are.
      replicas 1!: int32  shown -- How many pods there are.
      selector  2: string       -- Which pods are counted, as text.
    """#
}
