package import API
import Kinds
import Loop
import Store
import Tree

/// Brings claims and volumes together and keeps their phases (kubernetes/pkg/controller/volume/persistentvolume).
///
/// What a class's provisioner makes comes from elsewhere (`SimulatedProvisioner`); here it is only asked for.
package final class VolumeBinder {
  let component: Component
  private var queue: WorkQueue<ObjectKey>?

  package init(client: Client) {
    component = Component("persistentvolume-controller", client: client)
    component.store.addVolumeIndexes()
  }

  package func start() {
    queue = WorkQueue(loop: component.loop, component: component.name) { [unowned self] in reconcile($0) }
    component.store.observe([.persistentVolumeClaim, .persistentVolume, .storageClass, .pod]) { [unowned self] in
      note($0)
    }
    for kind in [Kind.persistentVolume, .persistentVolumeClaim] {
      for object in component.client.list(kind) { queue?.add(object.key) }
    }
  }

  private func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.persistentVolumeClaim.groupResource: noteClaim(change)
    case Kind.persistentVolume.groupResource: noteVolume(change)
    case Kind.storageClass.groupResource where change.kind != .deleted: addPendingClaims()
    case Kind.pod.groupResource: notePod(change)
    default: break
    }
  }

  private func noteClaim(_ change: Change) {
    queue?.add(change.key)
    let claim = PersistentVolumeClaim(change.object.value)
    if !claim.volumeName.isEmpty { queue?.add(Kind.persistentVolume.key(namespace: "", name: claim.volumeName)) }
  }

  private func noteVolume(_ change: Change) {
    queue?.add(change.key)
    let volume = PersistentVolume(change.object.value)
    if let claim = volume.claim {
      queue?.add(claim.key)
    } else if change.kind != .deleted, volume.phase == "Available" {
      addPendingClaims()
    }
  }

  /// Claims that wait for their first consumer say which pod they wait for.
  private func notePod(_ change: Change) {
    let pod = Pod(change.object.value)
    guard change.kind == .created, pod.spec.value["volumes"] != nil else { return }
    for name in pod.claimNames {
      let key = Kind.persistentVolumeClaim.key(namespace: change.key.namespace, name: name)
      if let stored = component.store[key], PersistentVolumeClaim(stored.value).phase == "Pending" { queue?.add(key) }
    }
  }

  private func addPendingClaims() {
    for stored in component.client.list(.persistentVolumeClaim)
    where PersistentVolumeClaim(stored.value).phase == "Pending" {
      queue?.add(stored.key)
    }
  }

  private func reconcile(_ key: ObjectKey) -> WorkQueue<ObjectKey>.Outcome {
    guard let stored = component.store[key] else { return .done }
    do throws(Status) {
      if key.groupResource == Kind.persistentVolume.groupResource {
        return try VolumeRound(component: component, stored: stored).run()
      }
      try ClaimRound(component: component, stored: stored).run()
      return .done
    } catch {
      return error.isNotFound ? .done : .failed
    }
  }
}

extension Store {
  private static let podsByClaim = "pods by claim"

  func addVolumeIndexes() {
    addIndex(Self.podsByClaim, on: Kind.pod.groupResource) { value in
      guard value["spec", "volumes"] != nil else { return [] }
      let pod = Pod(value)
      return pod.claimNames.map { pod.namespace + "/" + $0 }
    }
  }

  /// The pods that use a claim.
  func pods(using claim: ObjectKey) -> [Pod] {
    lookup(Self.podsByClaim, claim.namespace + "/" + claim.name).map { Pod($0.value) }
  }
}
