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

  private let client: Client
  private let loop: Loop
  private let store: Store
  private let workLimit: Int
  private var isChanged = true
  private var writes = 0

  init(client: Client, workLimit: Int) {
    self.client = client
    self.workLimit = workLimit
    loop = client.loop
    store = client.store
    store.observe { [unowned self] change in
      if change.key.groupResource == Kind.clock.groupResource { isChanged = true }
      if Self.isStep(change) { writes += 1 }
    }
  }

  /// Whether a write is one that a person stepping through would want to see: not a heartbeat, nor an Event about
  /// another write.
  private static func isStep(_ change: Change) -> Bool {
    switch change.key.groupResource {
    case Kind.lease.groupResource, Kind.event.groupResource, Kind.clock.groupResource: false
    case Kind.node.groupResource: !isHeartbeat(change)
    default: true
    }
  }

  /// Whether a node's kubelet only says that all is as before.
  private static func isHeartbeat(_ change: Change) -> Bool {
    guard change.kind == .updated, let previous = change.previous else { return false }
    let (before, after) = (Node(previous.value), Node(change.object.value))
    return before.spec == after.spec && before.metadata.labels == after.metadata.labels
      && before.status.conditions.map(\.status) == after.status.conditions.map(\.status)
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
    if steps > 0 { for _ in 0..<steps { step() } }
    let skip = min(clock.spec.skipSeconds - clock.status.skippedSeconds, Self.skipLimit)
    if skip > 0 { loop.advance(to: loop.now + .seconds(skip), limit: workLimit) }
    if steps > 0 || skip > 0 { pace.turn(at: real, cluster: loop.now) }
    report(&clock)
    isChanged = false
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

  private func report(_ clock: inout Clock) {
    clock.status.now = loop.now.timestamp
    clock.status.speed = clock.spec.speed
    clock.status.isPaused = clock.spec.isPaused
    clock.status.steps = clock.spec.steps
    clock.status.skippedSeconds = clock.spec.skipSeconds
    clock.metadata.resourceVersion = nil
    _ = try? client.update(.clock, clock.value, subresource: "status", cause: Cause(actor: "clock", request: "report"))
  }
}
