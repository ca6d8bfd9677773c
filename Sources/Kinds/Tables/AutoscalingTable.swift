extension Tables {
  /// Types of autoscaling/v1.
  static let autoscaling = #"""
    package io.k8s.api.autoscaling.v1 autoscaling/v1

    kind Scale
      metadata 1: ObjectMeta
      spec     2: ScaleSpec
      status   3: ScaleStatus

    type ScaleSpec
      replicas 1: int32 shown min 0

    type ScaleStatus
      replicas 1!: int32  shown
      selector  2: string
    """#
}
