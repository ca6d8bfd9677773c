import API
import Kinds
import Loop
import Store
import Tree

/// A pod whose node is chosen, and that waits for its claims to be bound.
struct Reservation {
  let entry: QueuedPod
  let node: String
  let result: NodeSearch.Result
  let timeout: Appointment
}

/// Claims that wait for their first consumer are bound for the chosen node before the pod is (plugin VolumeBinding's
/// Reserve and PreBind).
extension Scheduler {
  /// Binds the pod to the node, or first its claims.
  func take(
    _ node: NodeSummary, for entry: QueuedPod, _ stored: StoredObject, _ result: NodeSearch.Result,
    _ profile: SchedulerProfile
  ) {
    let pod = entry.pod
    guard !pod.claims.isEmpty, profile.filters["VolumeBinding"] != nil else {
      return bind(entry, stored, to: node.name, result)
    }
    let objects = VolumeObjects(store: client.store)
    let open = pod.claims.compactMap { objects.claim($0, of: pod)?.value }
      .filter { VolumeObjects.boundVolume(of: $0) == nil }
    guard let plan = VolumePlan(claims: open, on: node, volumes: objects.volumes, objects: objects), !plan.isEmpty
    else { return bind(entry, stored, to: node.name, result) }
    let timeout = client.loop.schedule(after: profile.plugins.bindTimeout, as: Self.component) { [weak self] in
      self?.giveUp(pod.uid, "binding volumes: context deadline exceeded")
    }
    cluster.place(pod, on: node)
    reserved[pod.uid] = Reservation(entry: entry, node: node.name, result: result, timeout: timeout)
    do throws(Status) {
      try write(plan, node: node.name, because: stored)
    } catch {
      giveUp(pod.uid, "binding volumes: \(error.message)")
    }
  }

  private func write(_ plan: VolumePlan, node: String, because pod: StoredObject) throws(Status) {
    for (name, claim) in plan.reservations {
      guard let stored = client.get(.persistentVolume, name: name) else { continue }
      var next = stored.value
      let claim = AnyObjectView(claim)
      next["spec", "claimRef"] = [
        "kind": "PersistentVolumeClaim", "namespace": .string(claim.namespace), "name": .string(claim.name),
        "uid": .string(claim.uid), "apiVersion": "v1",
        "resourceVersion": claim.metadata.resourceVersion.map(Value.string) ?? .null,
      ]
      next["metadata", "annotations", "pv.kubernetes.io/bound-by-controller"] = "yes"
      try client.update(
        .persistentVolume, next,
        cause: Cause(actor: Self.component, request: "reserve persistentvolumes \(name)", subject: pod))
    }
    for claim in plan.provisions {
      var next = claim
      next["metadata", "annotations", VolumePlan.selectedNode] = .string(node)
      next["metadata", "resourceVersion"] = nil
      let path = AnyObjectView(claim).namespace + "/" + AnyObjectView(claim).name
      try client.update(
        .persistentVolumeClaim, next,
        cause: Cause(
          actor: Self.component, request: "select \(node) for persistentvolumeclaims \(path)", subject: pod))
    }
  }

  /// Binds the pods whose last claim this was.
  func noteClaim(_ key: ObjectKey) {
    let waiting = reserved.values.filter { reservation in
      reservation.entry.pod.namespace == key.namespace
        && reservation.entry.pod.claims.contains { $0.name == key.name }
    }
    for reservation in waiting.sorted(by: { $0.entry.order < $1.entry.order }) {
      let uid = reservation.entry.pod.uid
      client.loop.schedule(as: Self.component) { [weak self] in self?.finish(uid) }
    }
  }

  private func finish(_ uid: String) {
    guard let reservation = reserved[uid] else { return }
    let pod = reservation.entry.pod
    let objects = VolumeObjects(store: client.store)
    for claim in pod.claims {
      guard let stored = objects.claim(claim, of: pod)?.value else {
        return giveUp(uid, "binding volumes: persistentvolumeclaim \"\(claim.name)\" not found")
      }
      guard VolumeObjects.boundVolume(of: stored) == nil else { continue }
      // A provisioner that cannot make the volume takes the node's name away, so that another is chosen.
      let isOpen = stored["spec", "volumeName"]?.string?.isEmpty ?? true
      if isOpen, stored["metadata", "annotations", VolumePlan.selectedNode] == nil, !isReserved(stored, objects) {
        return giveUp(uid, "binding volumes: provisioning failed for PVC \"\(claim.name)\"")
      }
      return
    }
    guard let stored = client.store[pod.key], stored.uid == uid else { return giveUp(uid, "") }
    release(uid)
    bind(reservation.entry, stored, to: reservation.node, reservation.result)
  }

  private func isReserved(_ claim: Value, _ objects: VolumeObjects) -> Bool {
    objects.volumes.contains { $0["spec", "claimRef", "uid"] == claim["metadata", "uid"] }
  }

  /// Takes back what was reserved; the pod is tried again, if it is still there.
  private func giveUp(_ uid: String, _ message: String) {
    guard let reservation = reserved[uid] else { return }
    release(uid)
    guard let stored = client.store[reservation.entry.pod.key], stored.uid == uid else { return }
    var result = reservation.result
    result.early = ("VolumeBinding", message)
    refuse(reservation.entry, stored, result, message)
  }

  private func release(_ uid: String) {
    reserved[uid]?.timeout.cancel()
    reserved[uid] = nil
    cluster.removePod(uid: uid)
  }
}
