import Kinds
import Loop
import Store
import Tree

/// What a deletion came to.
struct Deletion {
  var object: StoredObject
  /// False while finalizers or a kubelet hold the object.
  var isGone: Bool
}

extension ObjectWriter {
  /// Starts an object's deletion, or completes it where nothing holds the object (k8s.io/apiserver, registry Delete).
  ///
  /// `isAdmitted`: admission has agreed already.
  func deletion(
    of kind: Kind, namespace: String, name: String, options: DeleteOptions, cause: Cause, isAdmitted: Bool = false
  ) throws(Status) -> Deletion {
    let key = kind.key(namespace: namespace, name: name)
    guard let stored = store[key] else { throw Status.notFound(kind, name) }
    try checkPreconditions(options, stored, kind)
    if !isAdmitted { try admitDeletion(of: stored, kind, cause: cause, isDryRun: options.isDryRun) }
    if kind == .namespace { return try deleteNamespace(stored, options, cause) }
    var value = stored.value
    if kind == .pod {
      guard let graceful = gracefully(value, options) else { return Deletion(object: stored, isGone: false) }
      value = graceful
    }
    setFinalizers(&value, options.propagation)
    if kind == .customResourceDefinition { DefinitionDeletion.begin(&value, now: now) }
    let isHeldByKubelet = kind == .pod && (value["metadata", "deletionGracePeriodSeconds"]?.integer ?? 0) > 0
    let isHeld = !DeletionRules.finalizers(value).isEmpty
    guard isHeld || isHeldByKubelet else { return remove(value, stored, options, cause) }
    if isHeld, !isHeldByKubelet, kind != .customResourceDefinition { markDeleting(&value, kind) }
    guard value != stored.value else { return Deletion(object: stored, isGone: false) }
    return Deletion(object: commit(value, at: key, cause: cause, isDryRun: options.isDryRun), isGone: false)
  }

  /// Asks policies and webhooks whether an object may be deleted.
  func admitDeletion(of stored: StoredObject, _ kind: Kind, cause: Cause, isDryRun: Bool) throws(Status) {
    try Admission.admitDeletion(
      AdmissionRequest(
        kind: kind, key: stored.key, operation: .delete, previous: stored.value, writer: self, actor: cause.actor,
        isDryRun: isDryRun))
  }

  private func remove(_ value: Value, _ stored: StoredObject, _ options: DeleteOptions, _ cause: Cause) -> Deletion {
    if options.isDryRun {
      return Deletion(object: StoredObject(value, at: stored.key, revision: stored.revision), isGone: true)
    }
    return Deletion(object: store.remove(stored.key, last: value, cause: cause), isGone: true)
  }

  private func checkPreconditions(_ options: DeleteOptions, _ stored: StoredObject, _ kind: Kind) throws(Status) {
    if let uid = options.uid, uid != stored.uid {
      throw .deletionConflict(
        kind, stored.name,
        "the UID in the precondition (\(uid)) does not match the UID in record (\(stored.uid)). "
          + "The object might have been deleted and then recreated")
    }
    if let version = options.resourceVersion, version != String(stored.revision) {
      throw .deletionConflict(
        kind, stored.name,
        "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record "
          + "(\(stored.revision)). The object might have been modified")
    }
  }

  /// Seconds; what is longer is cut, because a moment has an end.
  private static var longestGrace: Int { 1 << 31 }

  /// The pod with its deletion's time; nil where it is being deleted at least as fast already.
  private func gracefully(_ value: Value, _ options: DeleteOptions) -> Value? {
    let pod = Pod(value)
    var period = options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds
    if period < 0 { period = 1 }
    period = min(period, Self.longestGrace)
    if pod.spec.nodeName?.isEmpty ?? true || pod.isTerminal { period = 0 }
    if pod.metadata.isDeleting, let present = pod.metadata.deletionGracePeriodSeconds {
      if present > 0, options.gracePeriodSeconds == nil || period >= present { return nil }
    }
    var value = value
    value["metadata", "deletionTimestamp"] = .string((now + .seconds(period)).timestamp)
    value["metadata", "deletionGracePeriodSeconds"] = .integer(Int64(period))
    if !pod.metadata.isDeleting { raiseGeneration(&value) }
    return value
  }

  private func raiseGeneration(_ value: inout Value) {
    guard let generation = value["metadata", "generation"]?.integer, generation > 0 else { return }
    value["metadata", "generation"] = .integer(generation + 1)
  }

  private func markDeleting(_ value: inout Value, _ kind: Kind) {
    if value["metadata", "deletionTimestamp"] == nil {
      raiseGeneration(&value)
      value["metadata", "deletionTimestamp"] = .string(now.timestamp)
    }
    value["metadata", "deletionGracePeriodSeconds"] = 0
  }

  /// Foreground and orphaning deletion are done by the garbage collector, whose finalizers hold the object until then.
  private func setFinalizers(_ value: inout Value, _ propagation: DeleteOptions.Propagation?) {
    guard let propagation else { return }
    var finalizers = DeletionRules.finalizers(value).filter { $0 != "orphan" && $0 != "foregroundDeletion" }
    switch propagation {
    case .background: break
    case .foreground: finalizers.append("foregroundDeletion")
    case .orphan: finalizers.append("orphan")
    }
    value["metadata", "finalizers"] = finalizers.isEmpty ? nil : .array(finalizers.map(Value.string))
  }

  private func deleteNamespace(_ stored: StoredObject, _ options: DeleteOptions, _ cause: Cause) throws(Status)
    -> Deletion
  {
    if NamespaceLifecycle.immortal.contains(stored.name) {
      throw .forbidden(.namespace, stored.name, "this namespace may not be deleted")
    }
    var value = stored.value
    if value["metadata", "deletionTimestamp"] != nil {
      guard DeletionRules.isReleased(value, .namespace) else {
        throw .conflict(
          .namespace, stored.name,
          "The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will "
            + "automatically be purged by the system.")
      }
      return remove(value, stored, options, cause)
    }
    setFinalizers(&value, options.propagation)
    value["metadata", "deletionTimestamp"] = .string(now.timestamp)
    value["status", "phase"] = "Terminating"
    if DeletionRules.isReleased(value, .namespace) { return remove(value, stored, options, cause) }
    return Deletion(object: commit(value, at: stored.key, cause: cause, isDryRun: options.isDryRun), isGone: false)
  }
}

extension Status {
  /// Kubernetes names the kind here, not the resource.
  fileprivate static func deletionConflict(_ kind: Kind, _ name: String, _ why: String) -> Status {
    let qualified = kind.group.isEmpty ? kind.name : kind.name + "." + kind.group
    return Status(
      code: 409, reason: "Conflict", message: "Operation cannot be fulfilled on \(qualified) \"\(name)\": \(why)",
      details: Details(name: name, group: kind.group.isEmpty ? nil : kind.group, kind: kind.name))
  }
}
