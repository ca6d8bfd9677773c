import Kinds
import Store
import Tree

/// Objects are made in namespaces that exist and are not going away.
///
/// A store without any namespace is a cluster that is being born: there the rule does not hold yet.
enum NamespaceLifecycle: AdmissionPlugin {
  /// The namespaces that cannot be deleted.
  static let immortal = ["default", "kube-system", "kube-public"]

  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    guard request.isCreation, request.kind.isNamespaced else { return }
    let store = request.writer.store
    guard store.snapshot.count(Kind.namespace.groupResource) > 0 else { return }
    let name = request.key.namespace
    guard let namespace = store[Kind.namespace.key(namespace: "", name: name)] else {
      throw .notFound(.namespace, name)
    }
    guard namespace.value["metadata", "deletionTimestamp"] == nil else {
      var status = Status.forbidden(
        request.kind, request.key.name,
        "unable to create new content in namespace \(name) because it is being terminated")
      status.details?.causes = [
        Status.Cause(
          reason: "NamespaceTerminating", message: "namespace \(name) is being terminated", field: "metadata.namespace")
      ]
      throw status
    }
  }
}
