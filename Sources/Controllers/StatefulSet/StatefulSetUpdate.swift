import API
import Kinds
import Loop
import Store
import Tree

/// One look at a StatefulSet and its pods, and the step that follows from it.
struct StatefulSetUpdate {
  /// A place of the set: the pod that has it, or the one to be made for it.
  struct Replica {
    let ordinal: Int
    var pod: Pod
    /// nil while the pod is still to be made.
    let object: StoredObject?

    var isCreated: Bool { object != nil }
    var isTerminating: Bool { pod.metadata.isDeleting }
  }

  let component: Component
  let owner: StoredObject
  let set: StatefulSetView
  let pods: [StoredObject]
  let history: RevisionHistory
  let update: StoredObject
  let current: StoredObject
  let collisionCount: Int
  /// In the order of their ordinals; of those that are missing, as many as one round makes.
  private(set) var replicas: [Replica] = []
  /// Those beyond the wanted number, the highest ordinal first.
  private(set) var condemned: [Replica] = []

  init(component: Component, owner: StoredObject, pods: [StoredObject], history: RevisionHistory) throws(Status) {
    var history = history
    var collisionCount = Int(owner.value["status", "collisionCount"]?.integer ?? 0)
    let update = try history.present(collisionCount: &collisionCount)
    let currentName = owner.value["status", "currentRevision"]?.string
    let current = history.revisions.first { $0.name == currentName } ?? update
    self.component = component
    self.owner = owner
    self.pods = pods
    self.history = history
    self.update = update
    self.current = current
    self.collisionCount = collisionCount
    set = StatefulSetView(owner.value)
    sortPods()
  }

  private mutating func sortPods() {
    var byOrdinal: [Int: StoredObject] = [:]
    for object in pods {
      guard let ordinal = set.ordinal(of: object.name) else { continue }
      if set.ordinals.contains(ordinal) {
        byOrdinal[ordinal] = object
      } else {
        condemned.append(Replica(ordinal: ordinal, pod: Pod(object.value), object: object))
      }
    }
    condemned.sort { $0.ordinal > $1.ordinal }
    let missing = set.ordinals.lazy.filter { byOrdinal[$0] == nil }.prefix(Burst.limit)
    let ordinals = (Array(missing) + byOrdinal.keys).sorted()
    for ordinal in ordinals {
      let object = byOrdinal[ordinal]
      let pod = object?.value ?? newPod(ordinal)
      replicas.append(Replica(ordinal: ordinal, pod: Pod(pod), object: object))
    }
  }

  /// A pod below the partition is made from the current revision, any other from the update's.
  private func newPod(_ ordinal: Int) -> Value {
    let isCurrent = set.isRolling && ordinal < set.ordinals.lowerBound + set.partition
    let revision = isCurrent ? current : update
    return StatefulPod(owner: owner, ordinal: ordinal).value(from: history.value(at: revision), revision: revision.name)
  }

  func isAvailable(_ pod: Pod) -> Bool {
    pod.isRunningAndReady && pod.isAvailable(minReadySeconds: set.minReadySeconds, at: component.now)
  }

  /// When the next ready pod becomes available; nil if all that are ready are.
  var nextAvailability: Time? {
    if set.minReadySeconds == 0 { return nil }
    return pods.compactMap { Pod($0.value).availableTime(minReadySeconds: set.minReadySeconds) }
      .filter { $0 > component.now }.min()
  }

  // MARK: The step

  mutating func run() throws(Status) {
    var failure: Status?
    var deleted = 0
    if !owner.metadata.isDeleting {
      do throws(Status) {
        deleted = try step()
      } catch {
        failure = error
      }
    }
    try writeStatus(deleted: deleted)
    try history.truncate(limit: set.revisionHistoryLimit) { revision in
      revision.uid == current.uid || revision.uid == update.uid
        || pods.contains { Pod($0.value).revisionLabel == revision.name }
    }
    if let failure { throw failure }
  }

  /// Makes, takes away and replaces pods as far as order allows. Answers how many of the current revision were deleted
  /// for the update.
  private func step() throws(Status) -> Int {
    for replica in replicas {
      if try !process(replica), !set.isParallel { return 0 }
    }
    let firstUnhealthy = (replicas + condemned.reversed()).first { !isAvailable($0.pod) || $0.isTerminating }
    for replica in condemned {
      try settleClaims(of: replica, isCondemned: true)
    }
    for replica in condemned {
      if try !remove(replica, firstUnhealthy: firstUnhealthy), !set.isParallel { return 0 }
    }
    return set.isRolling ? try roll() : 0
  }

  /// Brings one place in order. Answers whether those after it may go on.
  private func process(_ replica: Replica) throws(Status) -> Bool {
    if replica.pod.isTerminal {
      if !replica.isTerminating { try delete(replica) }
      return false
    }
    guard let object = replica.object else {
      if hasStaleClaim(replica) { return false }
      try create(replica)
      return false
    }
    if replica.pod.status.phase == "Pending" { try makeClaims(for: replica) }
    if replica.isTerminating || !isAvailable(replica.pod), !set.isParallel { return false }
    try settleClaims(of: replica, isCondemned: false)
    var value = object.value
    StatefulPod(owner: owner, ordinal: replica.ordinal).identify(&value)
    if value != object.value {
      let refusal = attempt { () throws(Status) in try component.update(.pod, value, because: owner) }
      try record("update", replica.pod.name, refusal)
    }
    return true
  }

  /// Deletes a pod too many, if it is its turn. Answers whether the next one may go at once.
  private func remove(_ replica: Replica, firstUnhealthy: Replica?) throws(Status) -> Bool {
    if replica.isTerminating { return false }
    if !set.isParallel, !isAvailable(replica.pod), replica.ordinal != firstUnhealthy?.ordinal { return false }
    try delete(replica)
    return false
  }

  /// Deletes the pods of other revisions, the highest ordinal first, as far as they may be missing.
  private func roll() throws(Status) -> Int {
    let later = set.ordinals.count - replicas.count
    let unavailable = later + replicas.count { !isAvailable($0.pod) || $0.isTerminating }
    var count = set.maxUnavailable - unavailable
    var deleted = 0
    for replica in replicas.reversed() {
      guard replica.ordinal - set.ordinals.lowerBound >= set.partition, count > 0 else { break }
      guard replica.pod.revisionLabel != update.name, !replica.isTerminating, replica.isCreated else { continue }
      try delete(replica)
      count -= 1
      if replica.pod.revisionLabel == current.name { deleted += 1 }
    }
    return deleted
  }
}
