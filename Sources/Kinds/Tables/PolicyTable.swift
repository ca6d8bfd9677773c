extension Tables {
  /// Types of policy/v1.
  static let policy = #"""
    package io.k8s.api.policy.v1 policy/v1

    kind Eviction  -- Asks a pod to leave, if its disruption budget allows it.
      metadata      1: ObjectMeta      -- Name, labels and the like.
      deleteOptions 2: DeleteOptions?  -- How the pod is deleted.
    """#
}
