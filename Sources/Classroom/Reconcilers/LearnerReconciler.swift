import API
import Cluster
import Hosting
import Kinds
import Lessons
import Loop
import Stage
import Store
import Tree

/// Gives a learner a cluster, and carries out in it what the Learner and the Classroom ask for.
struct LearnerReconciler {
  /// Holds a Learner until its cluster is removed.
  static let finalizer = "podium.dev/cluster"

  let state: ClassroomState
  let name: String

  func reconcile() throws(Status) -> ClassroomState.Round {
    guard let stored = state.stored(.learner, name) else {
      try state.host.delete(name)
      return ClassroomState.Round(keys: [.classroom])
    }
    let learner = Learner(stored.value)
    if learner.metadata.isDeleting { return try remove() }
    let isNew = learner.status.phase != "Ready"
    if !learner.metadata.finalizers.contains(Self.finalizer) {
      try state.setFinalizer(Self.finalizer, of: .learner, name, isThere: true)
    }
    if isNew { try giveRights(stored) }
    let hasReset = try provideCluster(learner)
    try report(hasReset: hasReset)
    try setPause()
    try carryOutPush()
    guard isNew || hasReset else { return ClassroomState.Round() }
    let incidents = state.cluster.feed.snapshot.list(Kind.incident.collection)
    return ClassroomState.Round(keys: incidents.map { .incident($0.name) } + (isNew ? [.classroom] : []))
  }

  private func remove() throws(Status) -> ClassroomState.Round {
    for cluster in state.clusters(of: name) { try state.host.delete(cluster) }
    try state.setFinalizer(Self.finalizer, of: .learner, name, isThere: false)
    return ClassroomState.Round(keys: [.classroom])
  }

  private func giveRights(_ stored: StoredObject) throws(Status) {
    let objects = ClassroomRoles.own(of: name, reference: OwnedBy.reference(stored))
    try state.cluster.performAndWait { world throws(Status) in
      for object in objects { try ClassroomBootstrap.ensure(object, in: world) }
    }
  }

  /// Makes the cluster where there is none, or anew where that is asked for. Answers whether it was made anew.
  private func provideCluster(_ learner: Learner) throws(Status) -> Bool {
    let isResetWanted = learner.spec.resets != learner.status.resets
    if isResetWanted { try remakeCluster() }
    if !state.host.contains(name) { try state.host.create(name, from: .preset(nodes: state.options.nodes)) }
    return isResetWanted
  }

  /// Makes the cluster anew. Its revisions go on from the old one's, so that whoever goes on watching from before is told
  /// that this is no longer possible, and begins again.
  private func remakeCluster() throws(Status) {
    let old = try state.host.cluster(name)?.feed.snapshot.revision ?? 0
    try state.host.delete(name)
    let fresh = try state.host.create(name, from: .preset(nodes: state.options.nodes))
    let snapshot = fresh.feed.snapshot
    let contents = JournalContents(
      objects: snapshot.collections.flatMap { snapshot.list($0) }, revision: max(old, snapshot.revision) + 1,
      history: [], time: fresh.now())
    try state.host.delete(name)
    try state.host.create(name, from: .contents(contents))
  }

  private func report(hasReset: Bool) throws(Status) {
    let message = state.classroom.spec.message
    try state.changeStatus(of: .learner, name, as: Learner.self) { learner, now in
      learner.status.phase = "Ready"
      learner.status.cluster = learner.name
      learner.status.joinedAt = learner.status.joinedAt ?? now.timestamp
      learner.status.problem = nil
      if hasReset {
        learner.status.resets = learner.spec.resets
        learner.status.isPaused = false
        learner.status.current = nil
      }
      if !learner.spec.hasRaisedHand { learner.status.handSince = nil }
      if learner.spec.hasRaisedHand, learner.status.handSince == nil { learner.status.handSince = now.timestamp }
      learner.show(message, at: now)
    }
    if hasReset { try forgetIncidents() }
  }

  /// What was broken is whole again, so it has to be broken anew.
  private func forgetIncidents() throws(Status) {
    for incident in state.cluster.feed.snapshot.list(Kind.incident.collection) {
      try state.changeStatus(of: .incident, incident.name, as: Incident.self) { [name] incident, _ in
        incident.status.targets = incident.status.targets.filter { $0.name != name }
      }
    }
  }

  // MARK: The clock

  /// The instructor holds a clock that stands for all: the learner cannot have it run.
  private func setPause() throws(Status) {
    let isPaused = state.classroom.spec.isPaused
    guard let learner = state.stored(.learner, name).map({ Learner($0.value) }), learner.status.isPaused != isPaused
    else { return }
    for cluster in state.clusters(of: name) {
      try state.host.cluster(cluster)?.performAndWait { world throws(Status) in
        guard var clock = world.client.get(.clock, name: "cluster")?.value else { return }
        clock["spec", "paused"] = .boolean(isPaused)
        clock["metadata", "labels"] = clock["metadata", "labels"] ?? [:]
        clock["metadata", "labels", HeldObjects.label] = isPaused ? .string(ClassroomState.holder) : nil
        clock["metadata", "resourceVersion"] = nil
        try world.client.update(.clock, clock, cause: Cause(actor: "podium", request: "pause by the instructor"))
      }
    }
    try state.changeStatus(of: .learner, name, as: Learner.self) { learner, _ in learner.status.isPaused = isPaused }
  }

  // MARK: Steps

  private func carryOutPush() throws(Status) {
    guard let push = state.classroom.spec.push, let learner = state.stored(.learner, name).map({ Learner($0.value) })
    else { return }
    guard learner.status.value["push"] == nil || learner.status.push.number < push.number else { return }
    var done = LearnerPush(lesson: push.lesson, step: push.step, number: push.number)
    do throws(Status) {
      let (step, revision) = try enter(push)
      done = LearnerPush(lesson: push.lesson, step: step, number: push.number)
      done.revision = revision
      state.attempts.entered(learner: name, lesson: push.lesson, step: step)
    } catch {
      done.problem = error.message
    }
    try state.changeStatus(of: .learner, name, as: Learner.self) { [done] learner, now in
      var done = done
      done.since = now.timestamp
      learner.status.push = done
    }
  }

  /// Puts the cluster into the step's start state. Answers the step and the cluster's revision then.
  private func enter(_ push: ClassroomPush) throws(Status) -> (step: String, revision: String) {
    guard let lesson = state.options.lessons().lesson(push.lesson) else {
      throw Status(code: 404, reason: "NotFound", message: "lesson \"\(push.lesson)\" not found")
    }
    let step = push.step.isEmpty ? lesson.steps.first?.id ?? "" : push.step
    guard let actions = lesson.start(of: step) else {
      throw Status(code: 404, reason: "NotFound", message: "lesson \"\(lesson.id)\" has no step \"\(step)\"")
    }
    guard let cluster = try state.host.cluster(name) else { throw .notFound(.learner, name) }
    let revision = try cluster.performAndWait { [api = cluster.api] world throws(Status) in
      try LessonPreparation(lesson: lesson, cluster: world, api: api, caller: .learner).run(actions)
      return String(world.store.revision)
    }
    return (step, revision)
  }
}

extension Learner {
  /// Shows what the classroom says, since when it says so.
  fileprivate mutating func show(_ message: ClassroomMessage?, at now: Time) {
    guard !hasSeen(message) else { return }
    status.message = message.map { message in
      [
        "text": .string(message.text), "number": .integer(Int64(message.number)), "since": .string(now.timestamp),
      ]
    }
  }
}
