import API
import Kinds
import Store
import Tree

/// A workload's earlier pod templates, kept as ControllerRevisions (kubernetes/pkg/controller/history).
struct RevisionHistory {
  /// A StatefulSet's revision's label with the hash of its data.
  static let hashLabel = "controller.kubernetes.io/hash"
  /// A pod's label that says which revision made it.
  static let podLabel = "controller-revision-hash"

  let component: Component
  let owner: StoredObject
  let kind: Kind
  /// The label in which a revision has its hash.
  let label: String
  /// From the lowest revision to the highest.
  private(set) var revisions: [StoredObject]

  /// The revisions that the workload controls, or takes in because its selector matches them.
  init(component: Component, owner: StoredObject, kind: Kind, selector: LabelSelector, label: String = hashLabel)
    throws(Status)
  {
    self.label = label
    self.component = component
    self.owner = owner
    self.kind = kind
    let claim = Claim(
      component: component, owner: owner, ownerKind: kind, selector: selector, kind: .controllerRevision)
    revisions = try claim.settle(claim.controlled).sorted(by: Self.isEarlier)
  }

  private static func isEarlier(_ left: StoredObject, _ right: StoredObject) -> Bool {
    if left.revisionNumber != right.revisionNumber { return left.revisionNumber < right.revisionNumber }
    let (leftTime, rightTime) = (left.metadata.creationTimestamp ?? "", right.metadata.creationTimestamp ?? "")
    return leftTime == rightTime ? left.name < right.name : leftTime < rightTime
  }

  /// What a revision holds: the patch that gives the workload this template.
  static func data(of workload: Value) -> Value {
    var template = workload["spec", "template"] ?? [:]
    template["$patch"] = "replace"
    let data: Value = ["spec": ["template": template]]
    return data.sortedByKeys
  }

  /// A workload's spec with a revision's template in it.
  func value(at revision: StoredObject) -> Value {
    var value = owner.value
    var template = revision.value["data", "spec", "template"] ?? [:]
    template["$patch"] = nil
    value["spec", "template"] = template
    return value
  }

  /// The hash of a revision's data, as Kubernetes computes it: 32 bits of FNV-1 over the text and the count of
  /// collisions, in the alphabet of generated names.
  static func hash(_ data: Value, collisionCount: Int) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for byte in JSON.encode(data, indentation: 0, sorted: true).utf8 + Array(String(collisionCount).utf8) {
      hash = (hash &* 0x0100_0193) ^ UInt32(byte)
    }
    return TemplateHash.safe(String(hash))
  }

  /// The revision of the workload's present template: found, brought to the top again, or made.
  mutating func present(
    collisionCount: inout Int, hash makeHash: (Value, Int) -> String = { hash($0, collisionCount: $1) }
  ) throws(Status) -> StoredObject {
    let data = Self.data(of: owner.value)
    let next = (revisions.last?.revisionNumber ?? 0) + 1
    guard let equal = revisions.lastIndex(where: { $0.value["data"]?.sortedByKeys == data }) else {
      return try create(data, number: next, &collisionCount, makeHash)
    }
    if equal == revisions.count - 1 { return revisions[equal] }
    var value = revisions.remove(at: equal).value
    value["revision"] = .integer(next)
    let written = try component.update(.controllerRevision, value, because: owner)
    revisions.append(written)
    return written
  }

  private mutating func create(
    _ data: Value, number: Int64, _ collisionCount: inout Int, _ makeHash: (Value, Int) -> String
  ) throws(Status) -> StoredObject {
    while true {
      let hash = makeHash(data, collisionCount)
      do throws(Status) {
        let made = try component.create(.controllerRevision, revision(data, number, hash), because: owner)
        revisions.append(made)
        return made
      } catch {
        guard error.isAlreadyExists else { throw error }
        let name = owner.name + "-" + hash
        if let there = component.client.get(.controllerRevision, namespace: owner.namespace, name: name),
          there.value["data"]?.sortedByKeys == data
        {
          return there
        }
        collisionCount += 1
      }
    }
  }

  private func revision(_ data: Value, _ number: Int64, _ hash: String) -> Value {
    var labels = owner.value["spec", "template", "metadata", "labels"] ?? [:]
    labels[label] = .string(hash)
    var metadata: Value = [
      "name": .string(owner.name + "-" + hash), "namespace": .string(owner.namespace), "labels": labels,
    ]
    metadata["annotations"] = owner.value["metadata", "annotations"]
    metadata["ownerReferences"] = [OwnerReference(controller: AnyObjectView(owner.value), kind: kind).value]
    return ["metadata": metadata, "data": data, "revision": .integer(number)]
  }

  /// Deletes revisions beyond the history's limit, the lowest first, but none of those that are `live`.
  func truncate(limit: Int, isLive: (StoredObject) -> Bool) throws(Status) {
    let old = revisions.filter { !isLive($0) }
    for revision in old.prefix(max(0, old.count - limit)) {
      try component.delete(.controllerRevision, revision, because: owner)
    }
  }
}

extension StoredObject {
  /// A ControllerRevision's place in the order of its workload's revisions.
  var revisionNumber: Int64 { value["revision"]?.integer ?? 0 }
}
