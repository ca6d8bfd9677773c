import API
import Cluster
import Kinds
package import Loop
package import Store
import Tree

/// A cluster in virtual time to which a seed's random commands and faults happen, and of which some things must be true
/// after every turn.
///
///     let outcome = try Simulation(seed: 7).run()
///     outcome.failure   // nil, or what went wrong, when, and how to see it again
package final class Simulation {
  /// What was not as it must be.
  package struct Failure: Sendable, Equatable {
    /// The seed of the run.
    package let seed: UInt64
    /// How many commands had been given.
    package let step: Int
    /// The cluster's time.
    package let time: Time
    /// Which rule was broken, and by what.
    package let message: String

    /// What shows it again.
    package var replay: String { "podium simulate --first-seed \(seed) --seeds 1" }
  }

  /// What a run came to.
  package struct Outcome: Sendable, Equatable {
    /// Nil where all went well.
    package let failure: Failure?
    /// The cluster's revision at the end, by which two runs can be compared.
    package let revision: Int64
    /// The commands, in their order.
    package let commands: [String]
  }

  /// Commands of a run.
  package static let standardSteps = 40
  /// How long the cluster has to come to rest in the end.
  private static let restTime = Duration.seconds(1_800)
  /// How long it then must stay at rest.
  private static let quietTime = Duration.seconds(900)
  private static let birth = Time(seconds: 1_767_225_600)

  let seed: UInt64
  let cluster: Cluster
  let random: RandomStream
  private let steps: Int
  private var commands: [String] = []
  private var invariants: Invariants
  /// Whether something was written since the rules were last looked at that they are about.
  private var isDirty = true

  /// A run that has not begun.
  package init(seed: UInt64, steps: Int = standardSteps) throws(JournalError) {
    self.seed = seed
    self.steps = steps
    random = RandomStream(seed: seed, name: "simulation")
    let signal = TimeSignal(Pace(real: 0, cluster: Self.birth, isPaused: true))
    let nodes = 2 + random.below(4)
    cluster = try Cluster(
      ClusterOptions(nodes: nodes, seed: seed), journal: MemoryJournal(), feed: Feed(), signal: signal,
      birth: Self.birth, real: 0)
    try cluster.commit(durably: true)
    invariants = Invariants(cluster: cluster)
    cluster.store.observe { [weak self] change in
      if Invariants.concern(change) { self?.isDirty = true }
    }
  }

  /// Gives the commands, lets the cluster come to rest, and looks at what is left.
  package func run() throws(JournalError) -> Outcome {
    if let message = try advance(.seconds(30)) { return end(message, 0) }
    for step in 1...steps {
      let command = Command.random(in: cluster, random)
      commands.append(command.text)
      invariants.note(command)
      if let message = command.run(in: cluster) { return end(message, step) }
      if let message = try advance(.milliseconds(Int64(random.below(40_000)))) { return end(message, step) }
    }
    Command.heal.run(in: cluster)
    if let message = try advance(Self.restTime) { return end(message, steps) }
    if let message = invariants.atRest() { return end(message, steps) }
    let revision = cluster.store.revision
    cluster.loop.advance(to: cluster.loop.now + Self.quietTime)
    let writes = cluster.store.takeUncommitted().filter { !invariants.isExpected($0) }
    if let write = writes.first {
      return end("the cluster is not quiet: \(write.cause.actor): \(write.cause.request) (\(write.key))", steps)
    }
    return Outcome(failure: nil, revision: revision, commands: commands)
  }

  /// Lets time pass, and looks after every turn.
  private func advance(_ duration: Duration) throws(JournalError) -> String? {
    let end = cluster.loop.now + duration
    while let deadline = cluster.loop.nextDeadline, deadline <= end {
      cluster.loop.advance(to: deadline)
      try cluster.commit(durably: false)
      guard isDirty else { continue }
      isDirty = false
      if let message = invariants.afterTurn() { return message }
    }
    cluster.loop.advance(to: end)
    try cluster.commit(durably: false)
    return nil
  }

  private func end(_ message: String, _ step: Int) -> Outcome {
    Outcome(
      failure: Failure(seed: seed, step: step, time: cluster.loop.now, message: message),
      revision: cluster.store.revision, commands: commands)
  }
}
