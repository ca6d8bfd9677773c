extension Tables {
  /// Types of policy/v1.
  static let policy = #"""
    package io.k8s.api.policy.v1 policy/v1

    kind Eviction
      metadata      1: ObjectMeta
      deleteOptions 2: DeleteOptions?
    """#
}
