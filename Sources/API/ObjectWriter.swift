package import Kinds
package import Loop
package import Store
package import Tree

/// Every write to a cluster's objects, from outside or inside, goes through here: defaults, admission, checks, store.
///
/// What each verb does stands beside this file in `Writing/`.
package final class ObjectWriter {
  package let store: Store
  package let loop: Loop
  /// What signs tokens and certificates; nil where nobody does.
  let identity: ClusterIdentity?
  /// Who answers Explanations.
  package weak var explanations: (any ExplanationMaker)?
  /// Whose request is being answered; nil while the cluster's components write.
  var sender: Sender?
  /// The moment of what is written: of a request that had to wait, when it came.
  var now: Time { sender?.moment ?? loop.now }
  /// What admission knows of the cluster besides its objects.
  package var environment = AdmissionEnvironment()
  /// The components' writes that wait for webhooks; nil where nobody calls any for them.
  package var componentWrites: ComponentWrites?
  /// The compiled expressions of policies.
  let expressions = ExpressionShelf()
  /// Hears of what comes from outside.
  package weak var listener: (any InputListener)?
  /// Where the use of containers is measured; nil in a cluster that does not measure it.
  package weak var usage: (any UsageSource)?

  /// Counts what the cluster holds; nil where its bytes are not limited.
  let bytes: ByteKeeper?

  package init(store: Store, loop: Loop, identity: ClusterIdentity? = nil, limits: ClusterLimits = ClusterLimits()) {
    self.store = store
    self.loop = loop
    self.identity = identity
    bytes = limits.bytes < .max ? ByteKeeper(limits.bytes, store: store) : nil
    ServiceAddresses.addIndexes(to: store)
  }

  /// What checks certificate signing requests; nil where nobody signs any.
  var certificates: (any CertificateSigner)? { identity?.certificates }

  package func create(_ kind: Kind, _ value: Value, namespace: String, cause: Cause) throws(Status) -> StoredObject {
    if sender == nil { listener?.note(.create(kind, value, namespace: namespace), cause: cause) }
    let name = value["metadata", "name"]?.string ?? value["metadata", "generateName"]?.string ?? ""
    return try asComponent("create", kind, namespace, name, cause) { () throws(Status) in
      try create(kind, value, namespace: namespace, cause: cause, isDryRun: false)
    }
  }

  package func update(_ kind: Kind, _ value: Value, subresource: String?, cause: Cause) throws(Status) -> StoredObject {
    if sender == nil { listener?.note(.update(kind, value, subresource: subresource), cause: cause) }
    let metadata = value["metadata"]
    let verb = "update " + (subresource ?? "")
    return try asComponent(
      verb, kind, metadata?["namespace"]?.string ?? "", metadata?["name"]?.string ?? "", cause
    ) { () throws(Status) in
      try update(kind, value, subresource: subresource, cause: cause, isDryRun: false)
    }
  }

  /// Answers the object as it is then: still there (its finalizers or its kubelet hold it), or its last state.
  package func delete(_ kind: Kind, namespace: String, name: String, options: DeleteOptions, cause: Cause)
    throws(Status)
    -> StoredObject
  {
    if sender == nil { listener?.note(.delete(kind, namespace: namespace, name: name, options), cause: cause) }
    return try asComponent("delete", kind, namespace, name, cause) { () throws(Status) in
      try deletion(of: kind, namespace: namespace, name: name, options: options, cause: cause).object
    }
  }

  /// Whether a write reaches the store, or only its result is wanted.
  func commit(_ value: Value, at key: ObjectKey, cause: Cause, isDryRun: Bool) -> StoredObject {
    if isDryRun { return StoredObject(value, at: key, revision: store[key]?.revision ?? 0) }
    return store[key] == nil ? store.insert(value, at: key, cause: cause) : store.replace(value, at: key, cause: cause)
  }
}
