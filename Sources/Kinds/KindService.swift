/// What the API does differently for some kinds.
extension Kind {
  /// Whether `metadata.generation` of the objects counts the changes of what is wished, among the kinds that have no
  /// strategy of their own in the API (k8s.io/kubernetes, pkg/registry, each kind's strategy).
  package var countsGenerations: Bool { custom != nil || Self.withGeneration.contains(self) }

  private static let withGeneration: Set<Kind> = [
    .podTemplate, .replicationController, .daemonSet, .statefulSet, .cronJob, .job, .ingress, .ingressClass,
    .networkPolicy, .podDisruptionBudget, .mutatingAdmissionPolicy, .mutatingAdmissionPolicyBinding,
    .mutatingWebhookConfiguration, .validatingAdmissionPolicy, .validatingAdmissionPolicyBinding,
    .validatingWebhookConfiguration, .priorityClass, .resourceSlice, .flowSchema, .priorityLevelConfiguration,
    .customResourceDefinition,
  ]
}
