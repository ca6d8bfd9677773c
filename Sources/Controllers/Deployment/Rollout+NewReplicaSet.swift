import API
import Kinds
import Store
import Tree

/// Finding or making the ReplicaSet of the Deployment's present template, and numbering the revisions.
extension Rollout {
  /// Brings the new ReplicaSet's and the Deployment's revision up to date; makes the ReplicaSet where it is missing,
  /// if asked to.
  mutating func syncRevision(creating: Bool) throws(Status) {
    let revision = (oldReplicaSets.map(\.rolloutRevision).max() ?? 0) + 1
    if let present = newReplicaSet {
      try updateRevision(revision, of: present)
    } else if creating {
      try createReplicaSet(revision: revision)
    }
  }

  private mutating func updateRevision(_ revision: Int, of present: StoredObject) throws(Status) {
    var next = ReplicaSet(present.value)
    next.noteRevision(revision, of: deployment)
    if next.spec.minReadySeconds != deployment.spec.minReadySeconds {
      next.value["spec", "minReadySeconds"] = deployment.value["spec", "minReadySeconds"]
    }
    if next != ReplicaSet(present.value) {
      // The ReplicaSet's change brings the Deployment back here, where the rest is then done.
      return try save(next)
    }
    var changed = deployment
    changed.metadata.annotations[DeploymentAnnotations.revision] =
      present.metadata.annotations[DeploymentAnnotations.revision]
    if deployment.progressDeadline != nil, deployment.status.conditions.condition(Condition.progressing) == nil {
      changed.status.conditions.put(
        progressing("True", DeploymentReason.found, "Found new replica set \"\(present.name)\""))
    }
    try save(changed)
  }

  private mutating func createReplicaSet(revision: Int) throws(Status) {
    let value = newReplicaSetValue(revision: revision)
    let name = value["metadata", "name"]?.string ?? ""
    var isNew = true
    do throws(Status) {
      let created = try component.create(.replicaSet, value, because: stored)
      let count = ReplicaSet(created.value).spec.replicas
      add(created)
      if count > 0 { record("ScalingReplicaSet", "Scaled up replica set \(name) from 0 to \(count)") }
    } catch {
      if error.isNamespaceTerminating { throw error }
      guard error.isAlreadyExists else { throw try noteCreateFailure(error, name) }
      guard let present = ownReplicaSet(named: name) else { throw try countCollision(error) }
      add(present)
      isNew = false
    }
    var changed = deployment
    changed.metadata.annotations[DeploymentAnnotations.revision] = String(revision)
    if isNew, deployment.progressDeadline != nil {
      changed.status.conditions.put(
        progressing("True", DeploymentReason.created, "Created new replica set \"\(name)\""))
    }
    try save(changed)
  }

  private func newReplicaSetValue(revision: Int) -> Value {
    let deployment = deployment
    let collisionCount = deployment.value["status", "collisionCount"]?.integer.map(Int.init)
    let hash = TemplateHash.text(of: deployment.spec.template.value, collisionCount: collisionCount)
    var template = deployment.spec.template
    template.metadata.labels[TemplateHash.label] = hash
    var selector = deployment.spec.selector
    selector["matchLabels", TemplateHash.label] = .string(hash)
    var replicaSet = ReplicaSet(["apiVersion": .string(Kind.replicaSet.apiVersion), "kind": "ReplicaSet"])
    replicaSet.metadata.name = deployment.name + "-" + hash
    replicaSet.metadata.namespace = deployment.namespace
    replicaSet.metadata.labels = template.metadata.labels
    replicaSet.noteRevision(revision, of: deployment)
    replicaSet.noteReplicas(of: deployment)
    replicaSet.metadata.ownerReferences = [OwnerReference(controller: deployment, kind: .deployment)]
    replicaSet.spec.replicas = replicasOfNew(having: 0)
    if deployment.spec.minReadySeconds > 0 {
      replicaSet.value["spec", "minReadySeconds"] = .integer(Int64(deployment.spec.minReadySeconds))
    }
    replicaSet.value["spec", "selector"] = selector
    replicaSet.spec.template = template
    return replicaSet.value
  }

  /// The ReplicaSet of that name if it is this Deployment's with this template: made before, and not seen then.
  private func ownReplicaSet(named name: String) -> StoredObject? {
    guard let present = component.client.get(.replicaSet, namespace: stored.namespace, name: name),
      present.metadata.controller?.uid == stored.uid, Self.hasTemplate(of: stored, present)
    else { return nil }
    return present
  }

  /// Another template has the same hash: the next try mixes a count in.
  private mutating func countCollision(_ error: Status) throws(Status) -> Status {
    var changed = deployment
    let count = changed.value["status", "collisionCount"]?.integer ?? 0
    changed.value["status", "collisionCount"] = .integer(count + 1)
    try save(changed)
    return error
  }

  private mutating func noteCreateFailure(_ error: Status, _ name: String) throws(Status) -> Status {
    let message = "Failed to create new replica set \"\(name)\": \(error.message)"
    if deployment.progressDeadline != nil {
      var changed = deployment
      changed.status.conditions.put(progressing("False", DeploymentReason.createFailed, message))
      try save(changed)
    }
    record(DeploymentReason.createFailed, message, severity: .warning)
    return error
  }

  func progressing(_ status: String, _ reason: String, _ message: String) -> Condition {
    Condition(
      deployment: Condition.progressing, status: status, reason: reason, message: message, at: component.now)
  }
}
