import Kinds
import Loop
import Tree

/// What a namespace that is being deleted says about how far that is
/// (kubernetes/pkg/controller/namespace/deletion, status_condition_utils).
struct NamespaceConditions {
  /// What is still there, by collection: `pods.`, `deployments.apps`.
  var remaining: [(resource: String, count: Int)] = []
  /// Finalizers that hold objects up, and how many.
  var finalizers: [(name: String, count: Int)] = []
  /// Refusals on the way.
  var failures: [String] = []

  /// The conditions after `present`; the time of a transition changes with the status only.
  func updating(_ present: [Condition], at now: Time) -> [Condition] {
    var conditions = present
    for var condition in wanted {
      condition.lastTransitionTime = now.timestamp
      guard let index = conditions.firstIndex(where: { $0.type == condition.type }) else {
        conditions.append(condition)
        continue
      }
      if conditions[index].status == condition.status {
        condition.lastTransitionTime = conditions[index].lastTransitionTime
      }
      conditions[index] = condition
    }
    return conditions
  }

  private var wanted: [Condition] {
    let resources = remaining.map { "\($0.resource) has \($0.count) resource instances" }.sorted()
    let holders = finalizers.map { "\($0.name) in \($0.count) resource instances" }.sorted()
    let refusals = failures.sorted().joined(separator: ", ")
    return [
      condition(
        "NamespaceDeletionDiscoveryFailure", nil, "ResourcesDiscovered", "All resources successfully discovered"),
      condition(
        "NamespaceDeletionGroupVersionParsingFailure", nil, "ParsedGroupVersions",
        "All legacy kube types successfully parsed"),
      condition(
        "NamespaceDeletionContentFailure",
        failures.isEmpty
          ? nil
          : (
            "ContentDeletionFailed", "Failed to delete all resource types, \(failures.count) remaining: \(refusals)"
          ), "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
      condition(
        "NamespaceContentRemaining",
        resources.isEmpty
          ? nil : ("SomeResourcesRemain", "Some resources are remaining: " + resources.joined(separator: ", ")),
        "ContentRemoved", "All content successfully removed"),
      condition(
        "NamespaceFinalizersRemaining",
        holders.isEmpty
          ? nil : ("SomeFinalizersRemain", "Some finalizers are remaining: " + holders.joined(separator: ", ")),
        "ContentRemoved", "All content successfully removed"),
    ]
  }

  private func condition(
    _ type: String, _ problem: (reason: String, message: String)?, _ reason: String, _ message: String
  ) -> Condition {
    Condition([
      "type": .string(type), "status": problem == nil ? "False" : "True", "lastTransitionTime": "",
      "reason": .string(problem?.reason ?? reason), "message": .string(problem?.message ?? message),
    ])
  }
}
