import Kinds
import Loop
import Store
import Tree

/// The first step of a CustomResourceDefinition's deletion: a finalizer holds it until its objects are gone.
enum DefinitionDeletion {
  /// New objects of a kind whose definition is being deleted are refused.
  static func checkMayCreate(_ kind: Kind, in store: Store) throws(Status) {
    let definition = store[Kind.customResourceDefinition.key(namespace: "", name: kind.groupResource.name)]
    guard definition?.value["metadata", "deletionTimestamp"] != nil else { return }
    throw Status(
      code: 405, reason: "MethodNotAllowed",
      message: "create not allowed while custom resource definition is terminating", details: .of(kind, ""))
  }

  static func begin(_ value: inout Value, now: Time) {
    guard value["metadata", "deletionTimestamp"] == nil else { return }
    var finalizers = DeletionRules.finalizers(value)
    if !finalizers.contains(Kind.customResourceCleanup) { finalizers.append(Kind.customResourceCleanup) }
    value["metadata", "finalizers"] = .array(finalizers.map(Value.string))
    value["metadata", "deletionTimestamp"] = .string(now.timestamp)
    let condition: Value = [
      "type": "Terminating", "status": "True", "lastTransitionTime": .string(now.timestamp),
      "reason": "InstanceDeletionPending",
      "message": "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
    ]
    let others = (value["status", "conditions"]?.array ?? []).filter { $0["type"] != "Terminating" }
    value["status", "conditions"] = .array(others + [condition])
  }
}

extension Kind {
  /// The finalizer that holds a definition until its objects are gone.
  package static let customResourceCleanup = "customresourcecleanup.apiextensions.k8s.io"
}
