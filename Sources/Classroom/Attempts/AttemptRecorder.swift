import API
import Cluster
package import Hosting
import Kinds
package import Lessons
import Loop
import Store
import Synchronization
package import Tree

/// Notes how far learners are, as Attempts in the classroom's cluster. Nobody waits for it.
package final class AttemptRecorder: Sendable {
  private let cluster: HostedCluster
  /// The minute in which each learner was last noted to be at work.
  private let seen = Mutex<[String: Int64]>([:])

  package init(cluster: HostedCluster) { self.cluster = cluster }

  /// A learner came to a step, whose start state their cluster is in now.
  package func entered(learner: String, lesson: String, step: String) {
    change(learner, lesson) { attempt, now in attempt.status.enter(step, at: now.timestamp) }
    place(learner, LearnerPlace(lesson: lesson, step: step))
  }

  /// A step's checks were evaluated with another result than before.
  /// - Parameter showsNewHint: whether the learner now sees a hint that they have not seen in this step.
  package func checked(learner: String, lesson: Lesson, result: CheckResult, showsNewHint: Bool) {
    let isLast = lesson.steps.last?.id == result.step
    change(learner, lesson.id) { attempt, now in
      if attempt.status.step != result.step { attempt.status.enter(result.step, at: now.timestamp) }
      attempt.status.note(result, isLast: isLast, showsNewHint: showsNewHint, at: now.timestamp)
    }
  }

  /// A learner answered a prediction.
  package func predicted(learner: String, lesson: String, step: String, choice: String, isCorrect: Bool) {
    change(learner, lesson) { attempt, now in
      let tries = attempt.status.predictions.first { $0.step == step }?.tries ?? 0
      attempt.status.predictions =
        attempt.status.predictions.filter { $0.step != step }
        + [AttemptPrediction(step: step, choice: choice, isCorrect: isCorrect, at: now.timestamp, tries: tries + 1)]
    }
  }

  /// A learner did something: noted once a minute.
  package func saw(_ learner: String) {
    let minute = cluster.now().seconds / 60
    let isNews = seen.withLock { $0.updateValue(minute, forKey: learner) != minute }
    guard isNews else { return }
    changeLearner(learner) { $0.status.lastSeen = $1.timestamp }
  }

  /// The learner's Attempts.
  package func attempts(of learner: String) -> [Value] {
    cluster.feed.snapshot.list(Kind.attempt.collection).map(\.value).filter { Attempt($0).learner == learner }
  }

  private func place(_ learner: String, _ place: LearnerPlace) {
    changeLearner(learner) { learner, _ in learner.status.current = place }
  }

  private func changeLearner(_ name: String, _ change: @escaping @Sendable (inout Learner, Time) -> Void) {
    cluster.perform { world throws(Status) in
      guard let stored = world.client.get(.learner, name: name) else { return }
      var learner = Learner(stored.value)
      change(&learner, world.loop.now)
      try Self.store(learner.value, .learner, instead: stored, in: world)
    } reply: { _ in
    }
  }

  /// Changes an Attempt, which is made where there is none. A learner who has been removed makes none.
  private func change(
    _ learner: String, _ lesson: String, _ change: @escaping @Sendable (inout Attempt, Time) -> Void
  ) {
    cluster.perform { world throws(Status) in
      guard let owner = world.client.get(.learner, name: learner) else { return }
      let name = Attempt.name(learner: learner, lesson: lesson)
      let stored: StoredObject
      if let present = world.client.get(.attempt, name: name) {
        stored = present
      } else {
        var new = Attempt(learner: learner, lesson: lesson).value
        new["metadata", "ownerReferences"] = [OwnedBy.reference(owner)]
        stored = try world.client.create(.attempt, new, cause: Cause(actor: ClassroomState.reporter, request: "begin"))
      }
      var attempt = Attempt(stored.value)
      change(&attempt, world.loop.now)
      try Self.store(attempt.value, .attempt, instead: stored, in: world)
    } reply: { _ in
    }
  }

  private static func store(
    _ value: Value, _ kind: Kind, instead stored: StoredObject, in world: Cluster
  ) throws(Status) {
    guard value != stored.value else { return }
    var value = value
    value["metadata", "resourceVersion"] = nil
    let cause = Cause(actor: ClassroomState.reporter, request: "note \(kind.plural) \(stored.name)", subject: stored)
    try world.client.update(kind, value, subresource: "status", cause: cause)
  }
}
