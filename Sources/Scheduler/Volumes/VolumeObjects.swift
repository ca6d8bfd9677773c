import API
import Kinds
import Store
import Tree

/// The claims, volumes and classes of the cluster, as the plugins for volumes look at them.
struct VolumeObjects {
  let store: Store

  func claim(_ claim: PodClaim, of pod: PodSummary) -> StoredObject? {
    store[Kind.persistentVolumeClaim.key(namespace: pod.namespace, name: claim.name)]
  }

  func volume(_ name: String) -> Value? {
    store[Kind.persistentVolume.key(namespace: "", name: name)]?.value
  }

  func storageClass(of claim: Value) -> Value? {
    let old = claim["metadata", "annotations", "volume.beta.kubernetes.io/storage-class"]?.string
    guard let name = old ?? claim["spec", "storageClassName"]?.string, !name.isEmpty else { return nil }
    return store[Kind.storageClass.key(namespace: "", name: name)]?.value
  }

  var volumes: [Value] { store.list(Kind.persistentVolume.groupResource).map(\.value) }

  /// The volume that a claim is bound to, as its name says.
  static func boundVolume(of claim: Value) -> String? {
    guard claim["metadata", "annotations", "pv.kubernetes.io/bind-completed"] != nil else { return nil }
    return claim["spec", "volumeName"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  static func waitsForFirstConsumer(_ storageClass: Value?) -> Bool {
    storageClass?["volumeBindingMode"]?.string == "WaitForFirstConsumer"
  }

  /// Whether a node can reach a volume.
  static func canReach(_ volume: Value, from node: NodeSummary) -> Bool {
    guard let terms = volume["spec", "nodeAffinity", "required"]?["nodeSelectorTerms"]?.array else { return true }
    return terms.contains { NodeSelectorTerm($0).matches(node) }
  }
}
