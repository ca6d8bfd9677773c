import API
import Kinds
import Store
import Tree

/// A PersistentVolume (API reference, PersistentVolume v1 core), as far as binding looks at it.
struct PersistentVolume: ObjectView {
  static let provisionerAnnotation = "pv.kubernetes.io/provisioned-by"

  var value: Value
  init(_ value: Value) { self.value = value }

  var phase: String { value["status", "phase"]?.string ?? "" }
  var mode: String { value["spec", "volumeMode"]?.string ?? "Filesystem" }
  var accessModes: [String] { (value["spec", "accessModes"]?.array ?? []).compactMap(\.string) }
  var reclaimPolicy: String { value["spec", "persistentVolumeReclaimPolicy"]?.string ?? "Retain" }
  var capacity: Quantity? { value["spec", "capacity", "storage"]?.string.flatMap { Quantity($0) } }
  var provisioner: String? { metadata.annotations[Self.provisionerAnnotation] }

  var storageClass: String {
    metadata.annotations[StorageClass.oldAnnotation] ?? value["spec", "storageClassName"]?.string ?? ""
  }

  var claim: ClaimReference? { value["spec", "claimRef"].map(ClaimReference.init) }
}

/// A volume's `spec.claimRef`.
struct ClaimReference {
  let namespace: String
  let name: String
  /// Empty while only a name is reserved.
  let uid: String

  init(_ value: Value) {
    namespace = value["namespace"]?.string ?? ""
    name = value["name"]?.string ?? ""
    uid = value["uid"]?.string ?? ""
  }

  var key: ObjectKey { Kind.persistentVolumeClaim.key(namespace: namespace, name: name) }

  func isFor(_ claim: PersistentVolumeClaim) -> Bool {
    namespace == claim.namespace && name == claim.name && (uid.isEmpty || uid == claim.uid)
  }
}

/// A PersistentVolumeClaim (API reference, PersistentVolumeClaim v1 core), as far as binding looks at it.
struct PersistentVolumeClaim: ObjectView {
  static let bindCompleted = "pv.kubernetes.io/bind-completed"
  static let boundByController = "pv.kubernetes.io/bound-by-controller"
  static let selectedNode = "volume.kubernetes.io/selected-node"
  static let provisioner = "volume.kubernetes.io/storage-provisioner"
  static let oldProvisioner = "volume.beta.kubernetes.io/storage-provisioner"

  var value: Value
  init(_ value: Value) { self.value = value }

  var phase: String { value["status", "phase"]?.string ?? "" }
  var volumeName: String { value["spec", "volumeName"]?.string ?? "" }
  var mode: String { value["spec", "volumeMode"]?.string ?? "Filesystem" }
  var accessModes: [String] { (value["spec", "accessModes"]?.array ?? []).compactMap(\.string) }
  var isBindCompleted: Bool { metadata.annotations[Self.bindCompleted] != nil }
  var selector: LabelSelector? { value["spec", "selector"].flatMap { LabelSelector($0) } }

  /// How much is asked for.
  var request: Quantity {
    value["spec", "resources", "requests", "storage"]?.string.flatMap { Quantity($0) } ?? .zero
  }

  /// How much it has got.
  var capacity: Quantity? { value["status", "capacity", "storage"]?.string.flatMap { Quantity($0) } }

  /// Empty for a claim to volumes without a class.
  var storageClass: String {
    metadata.annotations[StorageClass.oldAnnotation] ?? value["spec", "storageClassName"]?.string ?? ""
  }

  var namesNoClass: Bool {
    value["spec", "storageClassName"] == nil && metadata.annotations[StorageClass.oldAnnotation] == nil
  }

  /// What a volume's `spec.claimRef` says of this claim.
  var reference: Value {
    [
      "kind": "PersistentVolumeClaim", "namespace": .string(namespace), "name": .string(name), "uid": .string(uid),
      "apiVersion": "v1", "resourceVersion": metadata.resourceVersion.map(Value.string) ?? .null,
    ]
  }
}

/// A StorageClass (API reference, StorageClass v1 storage.k8s.io).
struct StorageClass: ObjectView {
  static let oldAnnotation = "volume.beta.kubernetes.io/storage-class"

  var value: Value
  init(_ value: Value) { self.value = value }

  var provisioner: String { value["provisioner"]?.string ?? "" }
  var reclaimPolicy: String { value["reclaimPolicy"]?.string ?? "Delete" }
  var waitsForFirstConsumer: Bool { value["volumeBindingMode"]?.string == "WaitForFirstConsumer" }
  var allowsExpansion: Bool { value["allowVolumeExpansion"] == true }
}

extension ObjectView {
  /// Takes an annotation away, and the map with the last of them.
  mutating func removeAnnotation(_ name: String) {
    value.set(nil, at: ["metadata", "annotations", name])
    if metadata.annotations.isEmpty { value["metadata", "annotations"] = nil }
  }
}

extension Pod {
  /// The names of the claims that a pod uses, its own ephemeral ones among them.
  var claimNames: [String] {
    (spec.value["volumes"]?.array ?? []).compactMap { volume in
      if let name = volume["persistentVolumeClaim", "claimName"]?.string { return name }
      return volume["ephemeral"] == nil ? nil : volume["name"]?.string.map { name + "-" + $0 }
    }
  }
}
