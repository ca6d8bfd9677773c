import API
import Kinds
import Loop
import Store
import Tree

/// One look at a DaemonSet, the nodes and its pods, and what has to be made and deleted.
struct DaemonRound {
  let component: Component
  let owner: StoredObject
  let hash: String
  let nodes: [Node]
  /// By the node they run on or are meant for; the oldest first.
  private let podsByNode: [String: [StoredObject]]

  init(component: Component, owner: StoredObject, hash: String, nodes: [Node], pods: [StoredObject]) {
    self.component = component
    self.owner = owner
    self.hash = hash
    self.nodes = nodes
    let aged = pods.sorted { Rollout.age($0) < Rollout.age($1) }
    podsByNode = Dictionary(grouping: aged) { DaemonPod.node(of: Pod($0.value)) ?? "" }
  }

  private var set: DaemonSetView { DaemonSetView(owner.value) }
  private var daemon: DaemonPod { DaemonPod(owner: owner, hash: hash) }
  private var wanted: [Node] { nodes.filter { daemon.belongs(on: $0).shouldRun } }

  private func pods(on node: Node) -> [StoredObject] { podsByNode[node.name] ?? [] }

  private func isAvailable(_ object: StoredObject) -> Bool {
    Pod(object.value).isAvailable(minReadySeconds: set.minReadySeconds, at: component.now)
  }

  private func isUpdated(_ object: StoredObject) -> Bool { Pod(object.value).revisionLabel == hash }

  // MARK: One pod on each node

  /// Makes what is missing and deletes what is too much. Answers the first refusal, and after how long to replace pods
  /// that failed.
  func manage(_ backoff: DaemonBackoff) -> (failure: Status?, delay: Duration?) {
    var missing: [String] = []
    var excess: [StoredObject] = []
    var delay: Duration?
    var failed: [(pod: StoredObject, node: String)] = []
    for node in nodes {
      let (shouldRun, mayStay) = daemon.belongs(on: node)
      let present = pods(on: node)
      if shouldRun {
        let (ended, running) = split(present)
        for pod in ended {
          let wait = backoff.wait(for: owner.uid, on: node.name, now: component.now)
          if wait > .zero { delay = min(delay ?? wait, wait) } else { failed.append((pod, node.name)) }
        }
        if running.isEmpty, ended.isEmpty { missing.append(node.name) }
        excess += tooMany(running)
      } else if !mayStay {
        excess += present.filter { !$0.metadata.isDeleting }
      }
    }
    for (pod, node) in failed { tellOfEnd(of: Pod(pod.value), on: node) }
    return (sync(deleting: failed.map(\.pod) + excess, creatingOn: missing), delay)
  }

  /// The pods that ended, which are replaced, and the others that are not on their way out.
  private func split(_ present: [StoredObject]) -> (ended: [StoredObject], running: [StoredObject]) {
    let lasting = present.filter { !$0.metadata.isDeleting || !Pod($0.value).isTerminal }
    return (
      lasting.filter { Pod($0.value).isTerminal }, lasting.filter { !Pod($0.value).isTerminal }
    )
  }

  /// All but one of a node's pods; during an update with surge an old one and a new one may stand side by side until
  /// the new one is available.
  private func tooMany(_ running: [StoredObject]) -> [StoredObject] {
    let lasting = running.filter { !$0.metadata.isDeleting }
    guard set.isRolling, set.maxSurge(of: nodes.count) > 0 else { return Array(lasting.dropFirst()) }
    let (new, old) = (lasting.filter(isUpdated), lasting.filter { !isUpdated($0) })
    var excess = Array(new.dropFirst()) + Array(old.dropFirst())
    if let oldest = old.first, let newest = new.first, !isAvailable(oldest) || isAvailable(newest) {
      excess.append(oldest)
    }
    return excess
  }

  private func tellOfEnd(of pod: Pod, on node: String) {
    let hasFailed = pod.status.phase == "Failed"
    component.events.record(
      hasFailed ? .warning : .normal, hasFailed ? "FailedDaemonPod" : "SucceededDaemonPod",
      hasFailed
        ? "Found failed daemon pod \(owner.namespace)/\(pod.name) on node \(node), will try to kill it"
        : "Found succeeded daemon pod \(owner.namespace)/\(pod.name) on node \(node), will try to delete it",
      about: set, kind: .daemonSet)
  }

  private func sync(deleting excess: [StoredObject], creatingOn missing: [String]) -> Status? {
    var failure: Status?
    let template = PodFromTemplate(owner: owner, kind: .daemonSet)
    for node in missing where failure == nil { failure = template.create(daemon.value(on: node), by: component) }
    if let refusal = failure, refusal.isNamespaceTerminating { return nil }
    for object in excess {
      let refusal = template.delete(object, by: component)
      failure = failure ?? refusal
    }
    return failure
  }

  // MARK: Rolling update

  /// Replaces pods of earlier templates as far as the update's limits allow.
  func roll() throws(Status) {
    let wanted = wanted
    let surge = set.maxSurge(of: wanted.count)
    let failure = surge > 0 ? rollWithSurge(wanted, surge) : rollInPlace(wanted)
    if let failure, !failure.isNamespaceTerminating { throw failure }
  }

  /// Deletes old pods: those that do not work at once, the others while few enough nodes are without.
  private func rollInPlace(_ wanted: [Node]) -> Status? {
    var unavailable = 0
    var allowed: [StoredObject] = []
    var candidates: [StoredObject] = []
    for node in wanted {
      let present = pods(on: node)
      let old = present.filter { !isUpdated($0) }.last
      let new = present.filter(isUpdated).last
      switch (old, new) {
      case (nil, nil), (_?, _?): unavailable += 1
      case (nil, let new?): if !isAvailable(new) { unavailable += 1 }
      case (let old?, nil):
        if old.metadata.isDeleting {
          unavailable += 1
        } else if isAvailable(old) {
          candidates.append(old)
        } else {
          allowed.append(old)
          unavailable += 1
        }
      }
    }
    let budget = max(0, set.maxUnavailable(of: wanted.count) - unavailable)
    return sync(deleting: allowed + candidates.prefix(budget), creatingOn: [])
  }

  /// Makes new pods beside old ones, and deletes an old one when the new one is available.
  private func rollWithSurge(_ wanted: [Node], _ surge: Int) -> Status? {
    var excess: [StoredObject] = []
    var doubled = 0
    var candidates: [String] = []
    var urgent: [String] = []
    for node in wanted {
      let present = pods(on: node)
      guard let old = present.filter({ !isUpdated($0) }).last else { continue }
      if let new = present.filter(isUpdated).last {
        if isAvailable(new) {
          if !old.metadata.isDeleting { excess.append(old) }
        } else {
          doubled += 1
        }
      } else if isAvailable(old), !old.metadata.isDeleting {
        candidates.append(node.name)
      } else {
        urgent.append(node.name)
      }
    }
    let budget = max(0, surge - doubled)
    return sync(deleting: excess, creatingOn: urgent + candidates.prefix(budget))
  }

  // MARK: Status

  func status(collisionCount: Int?) -> Value {
    var (desired, current, misplaced, ready, updated, available) = (0, 0, 0, 0, 0, 0)
    for node in nodes {
      let present = pods(on: node)
      guard daemon.belongs(on: node).shouldRun else {
        if !present.isEmpty { misplaced += 1 }
        continue
      }
      desired += 1
      if present.isEmpty { continue }
      current += 1
      // Of several the best one counts: ready ones before others, the newest among them.
      let best = present.last { isAvailable($0) } ?? present.last { Pod($0.value).isReady } ?? present[0]
      if Pod(best.value).isReady { ready += 1 }
      if isAvailable(best) { available += 1 }
      if present.contains(where: isUpdated) { updated += 1 }
    }
    var status: Value = [
      "currentNumberScheduled": .integer(Int64(current)), "numberMisscheduled": .integer(Int64(misplaced)),
      "desiredNumberScheduled": .integer(Int64(desired)), "numberReady": .integer(Int64(ready)),
      "observedGeneration": .integer(Int64(owner.metadata.generation)),
    ]
    for (field, count) in [
      ("updatedNumberScheduled", updated), ("numberAvailable", available),
      ("numberUnavailable", desired - available),
    ] where count != 0 {
      status[field] = .integer(Int64(count))
    }
    status["collisionCount"] = collisionCount.map { .integer(Int64($0)) }
    return status
  }

  /// When the next ready pod becomes available; nil if all that are ready are.
  var nextAvailability: Time? {
    if set.minReadySeconds == 0 { return nil }
    return podsByNode.values.joined()
      .compactMap { Pod($0.value).availableTime(minReadySeconds: set.minReadySeconds) }
      .filter { $0 > component.now }.min()
  }
}
