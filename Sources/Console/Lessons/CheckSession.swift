import Cluster
import HTTP
import Hosting
import Lessons
import Loop
import Store
import Synchronization
import Tree

/// One learner's look at one step's checks: evaluated when a write changes what they read, told when the result changes,
/// over when all have passed.
final class CheckSession: Ticking {
  /// Hears of every result that differs from the one before in more than what is there just now, and whether the learner
  /// sees a hint that they have not seen in this session.
  typealias Report = @Sendable (_ result: CheckResult, _ showsNewHint: Bool) -> Void

  private static let heartbeatSeconds = 15

  private struct State {
    var isWaiting = false
    var age = 0
    var last: CheckResult?
    var hints: Set<Int> = []
  }

  private let step: Step
  private let before: SnapshotWorld
  private let answer: String
  private let cluster: HostedCluster
  private let language: String
  private let runner: CheckRunner
  private let report: Report?
  private let state = Mutex(State())
  let stream = EventStream()

  init(
    step: Step, before: Snapshot, answer: String, cluster: HostedCluster, language: String, runner: CheckRunner,
    report: Report? = nil
  ) {
    self.step = step
    self.before = SnapshotWorld(before)
    self.answer = answer
    self.cluster = cluster
    self.language = language
    self.runner = runner
    self.report = report
  }

  func start(ticker: Ticker) {
    // What reads the time is looked at with every write: the nodes' heartbeats are some.
    let (reads, readsTime) = (step.reads, step.readsTime)
    let start = cluster.feed.watch(after: nil) { [weak self] changes in
      if readsTime || changes.contains(where: { reads.contains($0.key.groupResource.name) }) { self?.wantsEvaluation() }
    }
    ticker.add(self)
    stream.onClose = { [cluster, self] in
      cluster.feed.unwatch(start.id)
      ticker.remove(self)
    }
    wantsEvaluation()
  }

  /// Has the checks evaluated on the runner's thread; many wishes before that are one.
  private func wantsEvaluation() {
    let isNew = state.withLock { state in
      defer { state.isWaiting = true }
      return !state.isWaiting
    }
    if isNew { runner.submit(self) }
  }

  func evaluateNow() {
    state.withLock { $0.isWaiting = false }
    let result = evaluate(
      step: step, now: SnapshotWorld(cluster.feed.snapshot), before: before, answer: answer,
      time: cluster.now().nanoseconds, language: language)
    let (isNews, isStep, showsNewHint) = state.withLock { state in
      defer { state.last = result }
      let isNewHint = result.hintIndex.map { state.hints.insert($0).inserted } ?? false
      return (state.last != result, isNewHint || !result.isLike(state.last), isNewHint)
    }
    guard isNews else { return }
    if isStep { report?(result, showsNewHint) }
    stream.push(Array("event: CHECK\ndata: ".utf8) + result.json.json + Array("\n\n".utf8))
    if result.isPassed { stream.end() }
  }

  func tick() {
    guard !cluster.feed.isEnded else { return stream.end() }
    let age = state.withLock { state in
      state.age += 1
      return state.age
    }
    if age % Self.heartbeatSeconds == 0 { stream.push(Array(":\n\n".utf8)) }
  }
}

extension CheckResult {
  /// Whether the same conditions hold.
  fileprivate func isLike(_ other: CheckResult?) -> Bool {
    conditions.map(\.isPassed) == other?.conditions.map(\.isPassed)
  }
}

/// The thread on which checks are evaluated, so that neither the server's nor a cluster's waits for them.
package final class CheckRunner: Sendable {
  private let mailbox = Mailbox<CheckSession>()

  package init() {
    BackgroundThread.start { [mailbox] in
      while let sessions = mailbox.takeAll(until: nil) { for session in sessions { session.evaluateNow() } }
    }
  }

  func submit(_ session: CheckSession) { mailbox.put(session) }

  /// Ends the thread.
  package func stop() { mailbox.close() }
}
