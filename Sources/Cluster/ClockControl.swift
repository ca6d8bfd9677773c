import API
import Kinds
import Loop
import Store
import Tree

/// Does what the cluster's Clock object says: speed, pause, steps, skips (DESIGN.md, "Time").
///
/// `spec.steps` and `spec.skipSeconds` are totals that only grow; what is above the status's is still to be done. So a
/// step that was asked for is done once, whatever happens in between.
final class ClockControl {
  static let name = "cluster"
  /// Steps and skipped time that one change of the Clock may ask for.
  static let stepLimit: Int64 = 1_000
  static let skipLimit: Int64 = 7 * 86_400
  /// How long nothing must happen for the world to count as quiet, and how long a run to there may take.
  private static let quietTime = Duration.seconds(30)
  private static let quietLimit = Duration.seconds(3_600)

  private let client: Client
  private let loop: Loop
  private let store: Store
  private let workLimit: Int
  private var isChanged = true
  private var writes = 0
  /// Whose writes end a step; empty for everybody's.
  private var component = ""

  init(client: Client, workLimit: Int) {
    self.client = client
    self.workLimit = workLimit
    loop = client.loop
    store = client.store
    store.observe { [unowned self] change in
      if change.key.groupResource == Kind.clock.groupResource { isChanged = true }
      if change.isVisible, isAwaited(change.cause.actor) { writes += 1 }
    }
  }

  /// Whether a step waits for this actor: `kubelet` stands for every node's.
  private func isAwaited(_ actor: String) -> Bool {
    component.isEmpty || actor == component || actor.hasPrefix(component + "/")
  }

  /// Brings the pace and the cluster's time to what the Clock asks for.
  func follow(_ pace: inout Pace, real: Int64) {
    guard isChanged, let stored = client.get(.clock, name: Self.name) else { return }
    isChanged = false
    var clock = Clock(stored.value)
    if clock.spec.speed != pace.speed || clock.spec.isPaused != pace.isPaused {
      pace.turn(at: real, cluster: loop.now, speed: clock.spec.speed, isPaused: clock.spec.isPaused)
    }
    let steps = min(clock.spec.steps - clock.status.steps, Self.stepLimit)
    component = clock.spec.component
    if steps > 0 { for _ in 0..<steps { step() } }
    component = ""
    let skip = min(clock.spec.skipSeconds - clock.status.skippedSeconds, Self.skipLimit)
    if skip > 0 { loop.advance(to: loop.now + .seconds(skip), limit: workLimit) }
    advance(to: clock.spec.skipTo)
    if clock.spec.quietRuns > clock.status.quietRuns { runUntilQuiet() }
    if loop.now > pace.moment(at: real) { pace.turn(at: real, cluster: loop.now) }
    report(&clock)
    isChanged = false
  }

  /// The cluster's time has gone back: a moment to skip ahead to lies before it again, and is not wanted any more.
  func noteJump() {
    isChanged = true
    guard var clock = client.get(.clock, name: Self.name)?.value,
      let moment = Clock(clock).spec.skipTo.flatMap({ Time(timestamp: $0) }), moment > loop.now
    else { return }
    clock["spec", "skipTo"] = nil
    _ = try? client.update(.clock, clock, cause: Cause(actor: "clock", request: "forget the moment to skip to"))
  }

  /// Runs work up to and including the next visible write, moving the time on to it if nothing is due now.
  private func step() {
    let before = writes
    var count = 0
    while writes == before, count < workLimit {
      if !loop.runOne() {
        guard let deadline = loop.nextDeadline else { return }
        loop.advance(to: deadline, limit: 1)
      }
      count += 1
    }
  }

  private func advance(to text: String?) {
    guard let moment = text.flatMap({ Time(timestamp: $0) }), moment > loop.now else { return }
    loop.advance(to: min(moment, loop.now + .seconds(Self.skipLimit)), limit: workLimit)
  }

  /// Lets time run until nothing visible has happened for a while: what goes on for ever, such as a CronJob, ends it
  /// after an hour.
  private func runUntilQuiet() {
    let end = loop.now + Self.quietLimit
    var (quietSince, count) = (loop.now, 0)
    while loop.now < end, count < workLimit {
      let quiet = quietSince + Self.quietTime
      guard let deadline = loop.nextDeadline, deadline <= quiet else {
        loop.advance(to: quiet)
        return
      }
      let before = writes
      count += loop.advance(to: max(deadline, loop.now), limit: workLimit - count)
      if writes != before { quietSince = loop.now }
    }
  }

  private func report(_ clock: inout Clock) {
    clock.status.now = loop.now.timestamp
    clock.status.speed = clock.spec.speed
    clock.status.isPaused = clock.spec.isPaused
    clock.status.steps = clock.spec.steps
    clock.status.skippedSeconds = clock.spec.skipSeconds
    clock.status.quietRuns = clock.spec.quietRuns
    clock.metadata.resourceVersion = nil
    _ = try? client.update(.clock, clock.value, subresource: "status", cause: Cause(actor: "clock", request: "report"))
  }
}
