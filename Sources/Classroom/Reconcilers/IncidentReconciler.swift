import API
import Cluster
import Hosting
import Kinds
import Loop
import Store
import Tree

/// Breaks in the learners' clusters what an Incident names, and makes it whole when the Incident goes.
struct IncidentReconciler {
  /// Holds an Incident until its Faults are removed.
  static let finalizer = "podium.dev/faults"

  let state: ClassroomState
  let name: String

  /// What the Fault is called in a learner's cluster.
  private var faultName: String { "incident-" + name }
  private var cause: Cause { Cause(actor: "podium", request: "incident " + name) }

  func reconcile() throws(Status) -> ClassroomState.Round {
    guard let stored = state.stored(.incident, name) else { return ClassroomState.Round() }
    let incident = Incident(stored.value)
    let there = state.learners.filter { !$0.metadata.isDeleting && $0.status.phase == "Ready" }
    if incident.metadata.isDeleting {
      let struck = Set(incident.status.targets.map(\.name))
      for learner in there where struck.contains(learner.name) || incident.isMeant(for: learner) {
        try end(for: learner.name)
      }
      try state.setFinalizer(Self.finalizer, of: .incident, name, isThere: false)
      return ClassroomState.Round()
    }
    if !incident.metadata.finalizers.contains(Self.finalizer) {
      try state.setFinalizer(Self.finalizer, of: .incident, name, isThere: true)
    }
    return try strike(incident, there)
  }

  private func strike(_ incident: Incident, _ there: [Learner]) throws(Status) -> ClassroomState.Round {
    let meant = there.filter { incident.isMeant(for: $0) }.map(\.name)
    let known = Dictionary(incident.status.targets.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var targets: [IncidentTarget] = []
    for learner in meant {
      if let target = known[learner], target.isActive {
        targets.append(target)
      } else {
        targets.append(try begin(incident.fault, for: learner))
      }
    }
    let present = Set(there.map(\.name))
    for target in incident.status.targets where !meant.contains(target.name) && present.contains(target.name) {
      try end(for: target.name)
    }
    try state.changeStatus(of: .incident, name, as: Incident.self) { [targets] incident, _ in
      incident.status.targets = targets
      incident.status.total = targets.count
      incident.status.active = targets.count(where: \.isActive)
      incident.status.failed = targets.count - incident.status.active
    }
    return ClassroomState.Round(isDone: targets.allSatisfy(\.isActive))
  }

  /// Makes the Fault in a learner's cluster.
  private func begin(_ fault: Value, for learner: String) throws(Status) -> IncidentTarget {
    let now = state.cluster.now().timestamp
    let value: Value = [
      "metadata": [
        "name": .string(faultName),
        "labels": .object(
          Members([
            ("podium.dev/incident", .string(name)), (HeldObjects.label, .string(ClassroomState.holder)),
          ])),
      ], "spec": fault,
    ]
    do throws(Status) {
      guard let cluster = try state.host.cluster(learner) else { throw .notFound(.learner, learner) }
      try cluster.performAndWait { [cause, faultName] world throws(Status) in
        guard world.client.get(.fault, name: faultName) == nil else { return }
        try world.client.create(.fault, value, cause: cause)
      }
      return IncidentTarget(name: learner, isActive: true, message: nil, since: now)
    } catch {
      return IncidentTarget(name: learner, isActive: false, message: error.message, since: now)
    }
  }

  /// Takes the Fault away, from what the learner forked of the cluster meanwhile, too.
  private func end(for learner: String) throws(Status) {
    for cluster in state.clusters(of: learner) {
      try state.host.cluster(cluster)?.performAndWait { [cause, faultName] world throws(Status) in
        guard world.client.get(.fault, name: faultName) != nil else { return }
        try world.client.delete(.fault, name: faultName, cause: cause)
      }
    }
  }
}
