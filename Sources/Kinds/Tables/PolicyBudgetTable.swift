extension Tables {
  /// Disruption budgets (policy/v1).
  static let policyBudget = #"""
    package io.k8s.api.policy.v1 policy/v1

    words UnhealthyPodEvictionPolicyType: AlwaysAllow IfHealthyBudget

    kind PodDisruptionBudget list  -- How many pods may be missing by choice.
      metadata 1: ObjectMeta                 -- Name, labels and the like.
      spec     2: PodDisruptionBudgetSpec    -- What should be.
      status   3: PodDisruptionBudgetStatus  -- What is.

    type PodDisruptionBudgetSpec  -- Which pods, and how many must stay.
      minAvailable               1: IntOrString?                     -- How many pods must stay, or what part.
      selector                   2: LabelSelector?                   -- Which objects, by their labels.
      maxUnavailable             3: IntOrString?                     -- How many pods may be missing, or what part.
      unhealthyPodEvictionPolicy 4: UnhealthyPodEvictionPolicyType?  -- Whether pods that are not ready may always go.

    type PodDisruptionBudgetStatus  -- How many pods may go now.
      observedGeneration 1: int64                 -- Which generation of the spec this status speaks of.
      disruptedPods      2: {Time}                -- Pods whose eviction is under way, and since when.
      disruptionsAllowed 3: int32       shown     -- How many pods may go now.
      currentHealthy     4: int32       shown     -- Pods that are healthy.
      desiredHealthy     5: int32       shown     -- Pods that must be healthy.
      expectedPods       6: int32       shown     -- Pods that the budget counts.
      conditions         7: [Condition] keys type -- Present observations, one a type.
    """#
}
