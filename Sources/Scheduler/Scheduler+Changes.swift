import API
import Kinds
import Store
import Tree

/// What happens in the cluster, and what it means to the pods that wait.
extension Scheduler {
  func note(_ change: Change) {
    switch change.key.groupResource {
    case Kind.pod.groupResource: notePod(change)
    case Kind.node.groupResource: noteNode(change)
    case Kind.service.groupResource: cluster.services.forget(change.key.namespace)
    case Kind.namespace.groupResource
    where change.previous?.value["metadata", "labels"] != change.object.value["metadata", "labels"]:
      cluster.counts.forgetNamespaceSelections()
    case Kind.persistentVolumeClaim.groupResource:
      wake(ClusterEvent(events: .storage, claim: change.key))
      noteClaim(change.key)
    case Kind.persistentVolume.groupResource, Kind.storageClass.groupResource, Kind.csiNode.groupResource:
      if change.kind != .deleted { wake(ClusterEvent(events: .storage)) }
    default: break
    }
  }

  private func noteNode(_ change: Change) {
    guard change.kind != .deleted else { return cluster.removeNode(change.key.name) }
    let node = Node(change.object.value)
    cluster.setNode(node)
    let events = ClusterEvents.between(change.previous.map { Node($0.value) }, node)
    wake(ClusterEvent(events: events, node: cluster[change.key.name]))
  }

  private func notePod(_ change: Change) {
    if change.kind == .updated, let previous = change.previous, Self.isAlike(previous.value, change.object.value) {
      return
    }
    let pod = beingBound.map { PodSummary($0, boundAs: change.object) } ?? PodSummary(change.object)
    if change.kind == .deleted { return noteGone(pod) }
    guard pod.nodeName != nil else { return noteWaiting(pod, previous: change.previous) }
    let before = change.previous.map { Pod($0.value) }
    cluster.setPod(pod)
    forget(pod.uid)
    if pod.isTerminal {
      if let before, !before.isTerminal { wake(ClusterEvent(events: .placedPodRemoved, pod: pod)) }
    } else if before?.spec.nodeName?.isEmpty ?? true || before?.metadata.labels != pod.labels {
      wake(ClusterEvent(events: .placedPodChanged, pod: pod))
    }
  }

  /// Whether a placed pod means the same to the scheduler as before: most writes are its kubelet's, to its status.
  private static func isAlike(_ old: Value, _ new: Value) -> Bool {
    guard old["spec"] == new["spec"], new["spec", "nodeName"]?.string?.isEmpty == false,
      old["status", "phase"] == new["status", "phase"]
    else { return false }
    return old["metadata", "labels"] == new["metadata", "labels"]
      && old["metadata", "deletionTimestamp"] == new["metadata", "deletionTimestamp"]
      && old["status", "startTime"] == new["status", "startTime"]
  }

  private func noteWaiting(_ pod: PodSummary, previous: StoredObject?) {
    if pod.isDeleting || pod.isTerminal {
      forget(pod.uid)
      cluster.removePod(uid: pod.uid)
    } else if reserved[pod.uid] != nil {
      return
    } else if queue.contains(uid: pod.uid) {
      if let node = pod.nominatedNode { nominations.set(pod, node) } else { nominations.remove(uid: pod.uid) }
      let isChanged = previous.map { before in
        before.value["spec"] != pod.pod.value["spec"]
          || before.value["metadata", "labels"] != pod.pod.value["metadata", "labels"]
      }
      queue.update(pod, mayHelp: isChanged ?? true)
      requestCycle()
    } else if previous == nil || previous.map({ PodSummary($0).isGated }) == true {
      enqueue(pod)
    }
  }

  private func noteGone(_ pod: PodSummary) {
    forget(pod.uid)
    forgetDecision(pod.uid)
    let node = cluster.node(of: pod.uid)
    cluster.removePod(uid: pod.uid)
    guard let node, !pod.isTerminal else { return }
    wake(ClusterEvent(events: .placedPodRemoved, node: node, pod: pod))
  }
}
