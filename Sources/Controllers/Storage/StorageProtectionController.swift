package import API
import Kinds
import Loop
import Store
import Tree

/// Lets claims and volumes that are to be deleted go, once nothing uses them (kubernetes/pkg/controller/volume,
/// pvcprotection and pvprotection).
package final class StorageProtectionController {
  private static let claimFinalizer = "kubernetes.io/pvc-protection"
  private static let volumeFinalizer = "kubernetes.io/pv-protection"

  private let claims: Component
  private let volumes: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    claims = Component("persistentvolumeclaim-protection-controller", client: client)
    volumes = Component("persistentvolume-protection-controller", client: client)
  }

  package func start() {
    claims.store.addVolumeIndexes()
    queue = WorkQueue(loop: claims.loop, component: claims.name) { [unowned self] in reconcile($0) }
    claims.store.observe([.persistentVolumeClaim, .persistentVolume, .pod]) { [unowned self] in note($0) }
    for kind in [Kind.persistentVolumeClaim, .persistentVolume] {
      for object in claims.client.list(kind) where object.metadata.isDeleting { queue?.add(object.key) }
    }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.persistentVolumeClaim.groupResource, Kind.persistentVolume.groupResource:
      if change.object.metadata.isDeleting { queue?.add(change.key) }
    case Kind.pod.groupResource where change.kind == .deleted:
      for claim in Pod(change.object.value).claimNames {
        queue?.add(Kind.persistentVolumeClaim.key(namespace: change.key.namespace, name: claim))
      }
    default: break
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = claims.store[key], stored.metadata.isDeleting else { return .done }
    let isClaim = key.groupResource == Kind.persistentVolumeClaim.groupResource
    let isInUse = isClaim ? isUsed(stored) : stored.value["status", "phase"]?.string == "Bound"
    if isInUse { return .done }
    var next = AnyObjectView(stored.value)
    let finalizer = isClaim ? Self.claimFinalizer : Self.volumeFinalizer
    next.metadata.finalizers.removeAll { $0 == finalizer }
    if next.value == stored.value { return .done }
    do throws(Status) {
      if isClaim {
        try claims.update(.persistentVolumeClaim, next.value, because: stored)
      } else {
        try volumes.update(.persistentVolume, next.value, because: stored)
      }
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }

  /// Only a pod that has a node can use a claim: a kubelet starts none whose claim is to be deleted.
  private func isUsed(_ claim: StoredObject) -> Bool {
    claims.store.pods(using: claim.key).contains { $0.spec.nodeName != nil }
  }
}
