import Kinds
import Loop
import Store
import Tree

extension ObjectWriter {
  /// Replaces an object or one of its subresources; a change of nothing writes nothing.
  func update(
    _ kind: Kind, _ value: Value, subresource: String?, cause: Cause, isDryRun: Bool,
    ownership: Ownership = .ofComponent, scale: ScaleChange? = nil
  ) throws(Status) -> StoredObject {
    let name = value["metadata", "name"]?.string ?? ""
    let key = kind.key(namespace: value["metadata", "namespace"]?.string ?? "", name: name)
    guard let stored = store[key] else { throw Status.notFound(kind, name) }
    try checkPreconditions(value, stored, kind)
    var next = value.inCanonicalOrder(kind)
    keepSystemFields(&next, of: stored.value)
    if subresource == nil {
      kind.applyDefaults(to: &next)
      Strategy.complete(&next, kind, old: stored.value)
    }
    Strategy.prepareForUpdate(&next, from: stored.value, kind, subresource: subresource)
    SigningRequests.stamp(&next, old: stored.value, kind, at: loop.now)
    next["metadata", "managedFields"] = managedFields(
      from: stored.value, to: next, given: value["metadata", "managedFields"], kind, subresource: subresource,
      ownership, cause)
    Strategy.stamp(&next, from: stored.value, kind, now: now)
    let hasOthers = Admission.hasOthers(store)
    if next == stored.value, !hasOthers, !DeletionRules.isReleased(next, kind) { return stored }
    if subresource != nil { kind.applyDefaults(to: &next) }
    var request = AdmissionRequest(
      kind: kind, key: key, operation: .update, previous: stored.value, writer: self, actor: cause.actor,
      isDryRun: isDryRun)
    request.subresource = subresource ?? ""
    let wish = next
    try admit(&next, request, scale)
    if next != wish {
      keepSystemFields(&next, of: stored.value)
      Strategy.prepareForUpdate(&next, from: stored.value, kind, subresource: subresource)
      next["metadata", "managedFields"] = wish["metadata", "managedFields"]
    }
    if next == stored.value, !hasOthers, !DeletionRules.isReleased(next, kind) { return stored }
    let errors =
      DeletionRules.errors(next, stored.value)
      + SigningRequests.errors(next, old: stored.value, kind, certificates)
      + kind.validateUpdate(next, from: stored.value, subresource: subresource)
      + ownership.view(of: kind).validateConverted(next, old: stored.value)
    if !errors.isEmpty { throw .invalid(kind, name, errors) }
    try CertificateRights.check(next, old: stored.value, subresource, request)
    let charges = try validate(next, request, scale)
    if next == stored.value, !DeletionRules.isReleased(next, kind) { return stored }
    if DeletionRules.isReleased(next, kind) {
      if isDryRun { return StoredObject(next, at: key, revision: stored.revision) }
      return store.remove(key, last: next, cause: cause)
    }
    if !ownership.isComponent { try bytes?.check(next, instead: stored, request) }
    if !isDryRun { for charge in charges { charge.note(in: store, cause: cause) } }
    return commit(next, at: key, cause: cause, isDryRun: isDryRun)
  }

  // MARK: Admission

  /// Completes an update. Who changes a workload's Scale is judged by the Scale.
  private func admit(_ next: inout Value, _ request: AdmissionRequest, _ scale: ScaleChange?) throws(Status) {
    if let scale {
      var view = scale.view(of: next)
      let before = view
      try Admission.admitSubresource(&view, scale.request(request))
      if view != before { next = try Scale.apply(view, to: next, scale.custom) }
    } else if request.subresource.isEmpty {
      try Admission.admit(&next, request)
    } else {
      try Admission.admitSubresource(&next, request)
    }
  }

  private func validate(_ next: Value, _ request: AdmissionRequest, _ scale: ScaleChange?) throws(Status)
    -> [QuotaCharge]
  {
    if let scale {
      try Admission.validateByOthers(scale.view(of: next), scale.request(request))
      return []
    }
    // These two change the spec, of which the plugins in the box have something to say.
    if ["", "ephemeralcontainers", "resize"].contains(request.subresource) {
      return try Admission.validate(next, request)
    }
    try Admission.validateByOthers(next, request)
    return []
  }

  private func checkPreconditions(_ value: Value, _ stored: StoredObject, _ kind: Kind) throws(Status) {
    let metadata = value["metadata"]
    if let uid = metadata?["uid"]?.string, !uid.isEmpty, uid != stored.uid {
      throw .conflict(
        kind, stored.name,
        "StorageError: invalid object, Code: 4, Key: /registry/\(kind.plural)/\(stored.key.path), ResourceVersion: 0, "
          + "AdditionalErrorMsg: Precondition failed: UID in precondition: \(uid), UID in object meta: \(stored.uid)")
    }
    if let version = metadata?["resourceVersion"]?.string, !version.isEmpty, version != String(stored.revision) {
      throw .conflict(kind, stored.name)
    }
  }

  /// What nobody may change by an update stays as it was.
  private func keepSystemFields(_ next: inout Value, of old: Value) {
    for field in [
      "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
    ] {
      next["metadata", field] = old["metadata", field]
    }
    next["metadata", "managedFields"] = nil
    next["metadata", "selfLink"] = nil
  }
}
