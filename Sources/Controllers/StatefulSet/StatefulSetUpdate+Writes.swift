import API
import Kinds
import Store
import Tree

/// What the step writes: pods, claims, events, status.
extension StatefulSetUpdate {
  /// Makes the claims that are missing and then the pod, and tells of it.
  func create(_ replica: Replica) throws(Status) {
    let claimRefusal = attempt { () throws(Status) in try makeClaims(for: replica) }
    if claimRefusal != nil { try record("create", replica.pod.name, claimRefusal) }
    let refusal = attempt { () throws(Status) in try component.create(.pod, replica.pod.value, because: owner) }
    if let refusal, refusal.isAlreadyExists { throw refusal }
    try record("create", replica.pod.name, refusal)
  }

  func delete(_ replica: Replica) throws(Status) {
    guard let object = replica.object else { return }
    let refusal = attempt { () throws(Status) in try component.delete(.pod, object, because: owner) }
    if refusal?.isNotFound == true { return }
    try record("delete", object.name, refusal)
  }

  /// Answers what was refused; nil when all went well.
  func attempt<Result>(_ write: () throws(Status) -> Result) -> Status? {
    do throws(Status) {
      _ = try write()
      return nil
    } catch {
      return error
    }
  }

  /// Tells how a write of a pod went, and throws the refusal if there was one.
  func record(_ verb: String, _ pod: String, _ refusal: Status?) throws(Status) {
    if let refusal, refusal.isNamespaceTerminating { throw refusal }
    let capital = verb.prefix(1).uppercased() + verb.dropFirst()
    let subject = "\(verb) Pod \(pod) in StatefulSet \(owner.name)"
    guard let refusal else {
      component.events.record(
        .normal, "Successful" + capital, subject + " successful", about: set, kind: .statefulSet)
      return
    }
    component.events.record(
      .warning, "Failed" + capital, subject + " failed error: \(refusal.message)", about: set, kind: .statefulSet)
    throw refusal
  }

  // MARK: Claims

  func hasStaleClaim(_ replica: Replica) -> Bool {
    claims(of: replica).contains { $0.metadata.isDeleting }
  }

  private func claims(of replica: Replica) -> [StoredObject] {
    let pod = StatefulPod(owner: owner, ordinal: replica.ordinal)
    return set.claimTemplates.compactMap { template in
      component.client.get(.persistentVolumeClaim, namespace: owner.namespace, name: pod.claimName(template))
    }
  }

  func makeClaims(for replica: Replica) throws(Status) {
    let pod = StatefulPod(owner: owner, ordinal: replica.ordinal)
    for var claim in pod.claims {
      let name = claim["metadata", "name"]?.string ?? ""
      if component.client.get(.persistentVolumeClaim, namespace: owner.namespace, name: name) != nil { continue }
      if let reference = pod.claimOwner(isCondemned: false, pod: nil) {
        claim["metadata", "ownerReferences"] = [reference.value]
      }
      let refusal = attempt { () throws(Status) in
        try component.create(.persistentVolumeClaim, claim, because: owner)
      }
      try recordClaim(name, pod.name, refusal)
    }
  }

  private func recordClaim(_ claim: String, _ pod: String, _ refusal: Status?) throws(Status) {
    guard let refusal else {
      component.events.record(
        .normal, "SuccessfulCreate", "create Claim \(claim) Pod \(pod) in StatefulSet \(owner.name) success",
        about: set, kind: .statefulSet)
      return
    }
    if !refusal.isToBeExpected {
      component.events.record(
        .warning, "FailedCreate",
        "create Claim \(claim) for Pod \(pod) in StatefulSet \(owner.name) failed error: \(refusal.message)",
        about: set, kind: .statefulSet)
    }
    throw refusal
  }

  /// Brings the claims' owners to what the retention policy says.
  func settleClaims(of replica: Replica, isCondemned: Bool) throws(Status) {
    let pod = StatefulPod(owner: owner, ordinal: replica.ordinal)
    let wanted = pod.claimOwner(isCondemned: isCondemned, pod: replica.object)
    for claim in claims(of: replica) {
      var next = AnyObjectView(claim.value)
      let own = [owner.uid, replica.pod.uid]
      var references = next.metadata.ownerReferences.filter { !own.contains($0.uid) || $0.uid == wanted?.uid }
      if let wanted, !references.contains(where: { $0.uid == wanted.uid }) { references.append(wanted) }
      if references == next.metadata.ownerReferences { continue }
      next.metadata.ownerReferences = references
      try component.update(.persistentVolumeClaim, next.value, because: owner)
    }
  }

  // MARK: Status

  /// Counts the pods that were there before the step; `deleted` are those of the current revision that it deleted.
  func writeStatus(deleted: Int) throws(Status) {
    let present = (replicas + condemned).filter(\.isCreated)
    let lasting = present.filter { !$0.isTerminating }
    let ready = present.filter { $0.pod.isRunningAndReady }
    let updated = lasting.count { $0.pod.revisionLabel == update.name }
    var currentCount = lasting.count { $0.pod.revisionLabel == current.name } - deleted
    var currentName = current.name
    if set.isRolling, [updated, present.count, ready.count].allSatisfy({ $0 == set.replicas }) {
      (currentCount, currentName) = (updated, update.name)
    }
    var status = Value.counts([
      ("observedGeneration", owner.metadata.generation), ("readyReplicas", ready.count),
      ("currentReplicas", currentCount), ("updatedReplicas", updated),
    ])
    status["replicas"] = .integer(Int64(present.count))
    status["availableReplicas"] = .integer(Int64(present.count { isAvailable($0.pod) }))
    status["currentRevision"] = .string(currentName)
    status["updateRevision"] = .string(update.name)
    status["collisionCount"] = .integer(Int64(collisionCount))
    guard status.sortedByKeys != owner.value["status"]?.sortedByKeys else { return }
    var next = owner.value
    next["status"] = status
    try component.update(.statefulSet, next, subresource: "status", because: owner)
  }
}
