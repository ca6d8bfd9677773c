import Kinds
import Store
import Tree

/// A pod whose volumes name a PersistentVolumeClaim waits until that claim exists.
enum PersistentVolumeClaims {
  static let plugin = "VolumeBinding"
  static let groupResource = GroupResource(resource: "persistentvolumeclaims")

  /// The first claim that the pod names and that does not exist.
  static func missing(for pod: PodSummary, in store: Store) -> String? {
    for volume in pod.pod.spec.value["volumes"]?.array ?? [] {
      guard let name = volume["persistentVolumeClaim", "claimName"]?.string else { continue }
      if store[ObjectKey(groupResource, namespace: pod.namespace, name: name)] == nil { return name }
    }
    return nil
  }
}
