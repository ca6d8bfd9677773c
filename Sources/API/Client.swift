package import Kinds
package import Loop
package import Store
package import Tree

extension Kind {
  /// What the kind's resource is called: `deployments.apps`.
  package var groupResource: GroupResource { GroupResource(group: group, resource: plural) }

  /// Where the kind's objects are stored.
  package var collection: GroupResource { storage.groupResource }

  package func key(namespace: String, name: String) -> ObjectKey {
    ObjectKey(collection, namespace: isNamespaced ? namespace : "", name: name)
  }
}

extension Store {
  /// Calls the observer after every write but renewals to objects of those kinds.
  package func observe(_ kinds: [Kind], _ observer: @escaping (Change) -> Void) {
    observe(kinds.map(\.groupResource), observer)
  }
}

/// The API as a component inside the cluster uses it: the same defaults, checks and admission as for anybody outside,
/// without a wire between.
package final class Client {
  package let store: Store
  package let loop: Loop
  package let writer: ObjectWriter

  package init(writer: ObjectWriter) {
    store = writer.store
    loop = writer.loop
    self.writer = writer
  }

  package func get(_ kind: Kind, namespace: String = "", name: String) -> StoredObject? {
    store[kind.key(namespace: namespace, name: name)]
  }

  /// The kind's objects, of one namespace or (nil) of all, in the order of namespace and name.
  package func list(_ kind: Kind, namespace: String? = nil) -> [StoredObject] {
    store.list(kind.collection, namespace: namespace)
  }

  /// Creates the object that the value describes, in its `metadata.namespace`.
  @discardableResult
  package func create(_ kind: Kind, _ value: Value, cause: Cause) throws(Status) -> StoredObject {
    try writer.create(kind, value, namespace: value["metadata", "namespace"]?.string ?? "", cause: cause)
  }

  /// Replaces the object (or with `subresource: "status"` its status only). A `metadata.resourceVersion` in the value
  /// that is not the stored one's is a conflict (409). An update that changes nothing writes nothing.
  @discardableResult
  package func update(_ kind: Kind, _ value: Value, subresource: String? = nil, cause: Cause) throws(Status)
    -> StoredObject
  {
    try writer.update(kind, value, subresource: subresource, cause: cause)
  }

  /// Starts (or, where nothing holds it up, completes) the deletion of an object.
  package func delete(
    _ kind: Kind, namespace: String = "", name: String, options: DeleteOptions = DeleteOptions(), cause: Cause
  ) throws(Status) {
    _ = try writer.delete(kind, namespace: namespace, name: name, options: options, cause: cause)
  }

  /// Writes a pod's node, as the scheduler does through `pods/binding`; sets condition PodScheduled.
  package func bind(namespace: String, pod: String, node: String, cause: Cause) throws(Status) {
    try writer.bind(namespace: namespace, pod: pod, node: node, cause: cause)
  }

  /// A token of a pod's service account that ends with the pod, as its kubelet asks for one; `audience` empty: for the
  /// API. nil where nobody signs, or where the account is gone.
  package func token(of pod: StoredObject, audience: String, seconds: Int64) -> String? {
    let name = pod.value["spec", "serviceAccountName"]?.string ?? ""
    guard let identity = writer.identity, let account = get(.serviceAccount, namespace: pod.namespace, name: name)
    else {
      return nil
    }
    let audiences = [audience.isEmpty ? ClusterIdentity.issuer : audience]
    let bound = BoundObjects(pod: .init(pod), secret: nil, node: BoundObjects.node(of: pod, in: store))
    return identity.boundToken(
      of: account, to: bound, audiences: audiences,
      ClusterIdentity.TokenLife(seconds, from: loop.now, for: audiences, isOfPod: true),
      id: loop.random("tokens").uuid())
  }
}
