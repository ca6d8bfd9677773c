package import API
package import Cluster
package import Kinds
import Kubectl
package import Lessons
import Loop
import Store
import Terminal
import Tree

/// Puts a cluster into a lesson's start state: tidies up what is there, then does the lesson's actions. Runs on the
/// cluster's loop, in the cluster's own time.
package struct LessonPreparation {
  private static let waitLimit = Duration.seconds(1_800)
  /// How long controllers get for what the start's objects need, such as a new namespace's service account.
  private static let settling = Duration.seconds(1)

  let lesson: Lesson
  let cluster: Cluster
  let api: APIServer
  let caller: Caller

  /// - Parameter caller: as whom the solutions' commands are run.
  package init(lesson: Lesson, cluster: Cluster, api: APIServer, caller: Caller) {
    self.lesson = lesson
    self.cluster = cluster
    self.api = api
    self.caller = caller
  }

  /// Does the actions in a cluster that is tidied up first.
  ///
  /// - Returns: what did not go as the lesson's author meant; a learner can go on nevertheless.
  /// - Throws: where an object of the lesson's start is refused.
  @discardableResult
  package func run(_ actions: [StartAction]) throws(Status) -> [String] {
    try Tidying(cluster: cluster).run(cause)
    var failures: [String] = []
    var entered = SnapshotWorld(cluster.feed.snapshot)
    for (index, action) in actions.enumerated() {
      switch action {
      case .apply(let value):
        try apply(value)
        if case .apply? = actions.dropFirst(index + 1).first { continue }
        cluster.advance(to: cluster.loop.now + Self.settling)
      case .run(let line, let files): failures += run(line, files: files)
      case .begin: entered = SnapshotWorld(cluster.feed.snapshot)
      case .await(let id): failures += wait(for: id, since: entered)
      }
    }
    cluster.show()
    return failures
  }

  /// What was made for a lesson in no namespace bears the lesson's name, by which it is tidied away.
  private func apply(_ value: Value) throws(Status) {
    let kind = api.kinds.kind(apiVersion: value["apiVersion"]?.string ?? "", name: value["kind"]?.string ?? "")
    guard let kind else {
      throw Status(code: 500, reason: "InternalError", message: "lesson \"\(lesson.id)\" starts with an unknown kind")
    }
    var value = value
    if !kind.isNamespaced {
      value["metadata", "labels"] = value["metadata", "labels"] ?? [:]
      value["metadata", "labels", Tidying.label] = .string(lesson.id)
    } else if value["metadata", "namespace"] == nil {
      value["metadata", "namespace"] = "default"
    }
    try cluster.client.create(kind, value, cause: cause)
    cluster.show()
  }

  private func run(_ line: String, files: [LessonFile]) -> [String] {
    let transport = LoopTransport(cluster: cluster, api: api, caller: caller)
    let texts = Dictionary(files.map { ($0.name, $0.content) }, uniquingKeysWith: { $1 })
    var said = ""
    let status = Kubectl(transport: transport, files: texts).run(line) { part in
      if case .error(let text) = part { said += text }
    }
    return status == 0 ? [] : ["\(line): \(said)"]
  }

  /// Lets time run until the step's checks pass, with patience for the longest that a lesson waits.
  private func wait(for id: String, since before: SnapshotWorld) -> [String] {
    guard let step = lesson.step(id) else { return [] }
    let end = cluster.loop.now + Self.waitLimit
    var seen: Int64?
    while !(isNews(for: step, since: seen) && isPassed(step, before)) {
      seen = cluster.feed.snapshot.revision
      guard let deadline = cluster.loop.nextDeadline, deadline <= end else {
        return ["the checks of '\(id)' do not pass after its solution"]
      }
      cluster.advance(to: deadline)
    }
    return []
  }

  /// Whether anything that the step's checks read has been written after that revision.
  private func isNews(for step: Step, since revision: Int64?) -> Bool {
    guard let revision, !step.readsTime, let changes = cluster.feed.changes(after: revision) else { return true }
    return changes.contains { step.reads.contains($0.key.groupResource.name) }
  }

  private func isPassed(_ step: Step, _ before: SnapshotWorld) -> Bool {
    evaluate(
      step: step, now: SnapshotWorld(cluster.feed.snapshot), before: before, answer: step.rightAnswer,
      time: cluster.loop.now.nanoseconds, language: "en"
    ).isPassed
  }

  private var cause: Cause { Cause(actor: "podium", request: "start lesson \(lesson.id)") }
}

extension Cluster {
  /// Lets the cluster's time run on and shows what it brought.
  func advance(to time: Time) {
    loop.advance(to: time, limit: options.workPerTurn)
    show()
  }

  /// A journal that fails has the cluster's turn fail.
  func show() { try? commit(durably: false) }
}
