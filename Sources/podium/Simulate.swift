import ArgumentParser
import Simulation

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let random commands and faults happen to clusters in virtual time, and look for broken rules.",
    discussion: """
      Each seed is one cluster with commands and faults of its own. After every turn the cluster's rules are checked:
      no more pods than a rollout may have, no fewer available than it must keep, no node overfull, one pod an ordinal;
      and in the end that nothing is left without its owner and the cluster comes to rest.
      The exit status is 1 when a rule was broken; a line then says how to see it again.
      """)

  @Option(help: "How many seeds.")
  var seeds: UInt64 = 20

  @Option(help: "The first of them.")
  var firstSeed: UInt64 = 1

  @Option(help: "Commands in each run.")
  var steps: Int = Simulation.standardSteps

  @Flag(help: "Show the commands of each run.")
  var verbose = false

  func validate() throws {
    guard seeds > 0, seeds <= 1_000_000, steps > 0, steps <= 100_000 else {
      throw ValidationError("give 1 to 1000000 seeds and 1 to 100000 steps")
    }
  }

  func run() throws {
    var failures = 0
    for seed in firstSeed..<(firstSeed + seeds) {
      let outcome = try Simulation(seed: seed, steps: steps).run()
      if verbose { for command in outcome.commands { Terminal.show("\(seed): \(command)") } }
      guard let failure = outcome.failure else { continue }
      failures += 1
      Terminal.show("seed \(seed), after \(failure.step) commands: \(failure.message)")
      Terminal.show("  replay: \(failure.replay) --steps \(steps) --verbose")
    }
    Terminal.show("\(seeds) seeds, \(failures) failed")
    if failures > 0 { throw ExitCode(1) }
  }
}
