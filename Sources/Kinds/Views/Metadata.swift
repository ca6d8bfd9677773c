package import Tree

/// Any object: what all kinds have in common.
package protocol ObjectView: View {}

extension ObjectView {
  package var metadata: Metadata {
    get { self[part: "metadata"] }
    set { self[part: "metadata"] = newValue }
  }
  package var name: String { metadata.name }
  package var namespace: String { metadata.namespace }
  package var uid: String { metadata.uid }
}

/// An object of any kind.
package struct AnyObjectView: ObjectView {
  package var value: Value
  package init(_ value: Value) { self.value = value }
}

/// `metadata` (API reference, ObjectMeta).
package struct Metadata: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var name: String {
    get { self["name"] ?? "" }
    set { self["name"] = newValue }
  }
  package var generateName: String? {
    get { self["generateName"] }
    set { self["generateName"] = newValue }
  }
  package var namespace: String {
    get { self["namespace"] ?? "" }
    set { self["namespace"] = newValue }
  }
  package var uid: String {
    get { self["uid"] ?? "" }
    set { self["uid"] = newValue }
  }
  package var resourceVersion: String? {
    get { self["resourceVersion"] }
    set { self["resourceVersion"] = newValue }
  }
  package var generation: Int {
    get { self[count: "generation"] }
    set { self[count: "generation"] = newValue }
  }
  package var creationTimestamp: String? {
    get { self["creationTimestamp"] }
    set { self["creationTimestamp"] = newValue }
  }
  package var deletionTimestamp: String? {
    get { self["deletionTimestamp"] }
    set { self["deletionTimestamp"] = newValue }
  }
  package var deletionGracePeriodSeconds: Int? {
    get { self["deletionGracePeriodSeconds"] }
    set { self["deletionGracePeriodSeconds"] = newValue }
  }
  package var labels: TextMap {
    get { self[part: "labels"] }
    set { self[part: "labels"] = newValue }
  }
  package var annotations: TextMap {
    get { self[part: "annotations"] }
    set { self[part: "annotations"] = newValue }
  }
  package var finalizers: [String] {
    get { self[list: "finalizers"] }
    set { self[list: "finalizers"] = newValue }
  }
  package var ownerReferences: [OwnerReference] {
    get { self[list: "ownerReferences"] }
    set { self[list: "ownerReferences"] = newValue }
  }

  /// The one owner that manages this object.
  package var controller: OwnerReference? { ownerReferences.first { $0.isController } }
  package var isDeleting: Bool { value["deletionTimestamp"] != nil }
}

/// `metadata.ownerReferences[]`.
package struct OwnerReference: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  /// A reference that makes the owner the object's controller and holds up the owner's foreground deletion.
  package init(controller owner: some ObjectView, kind: Kind) {
    value = [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.name), "name": .string(owner.name),
      "uid": .string(owner.uid), "controller": true, "blockOwnerDeletion": true,
    ]
  }

  package var apiVersion: String { self["apiVersion"] ?? "" }
  package var kind: String { self["kind"] ?? "" }
  package var name: String { self["name"] ?? "" }
  package var uid: String { self["uid"] ?? "" }
  package var isController: Bool { self["controller"] ?? false }
  package var blocksOwnerDeletion: Bool { self["blockOwnerDeletion"] ?? false }
}

/// An entry of `status.conditions`, of pods, nodes and Deployments alike.
package struct Condition: View {
  package var value: Value
  package init(_ value: Value) { self.value = value }

  package var type: String {
    get { self["type"] ?? "" }
    set { self["type"] = newValue }
  }
  package var status: String {
    get { self["status"] ?? "" }
    set { self["status"] = newValue }
  }
  package var reason: String? {
    get { self["reason"] }
    set { self["reason"] = newValue }
  }
  package var message: String? {
    get { self["message"] }
    set { self["message"] = newValue }
  }
  package var lastTransitionTime: String? {
    get { self["lastTransitionTime"] }
    set { self["lastTransitionTime"] = newValue }
  }
  package var isTrue: Bool { status == "True" }
}
