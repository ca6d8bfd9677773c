import Simulation
import Testing

@Suite("Random commands and faults")
struct SimulationTests {
  @Test("Nothing breaks the rules", arguments: UInt64(1)...20)
  func rules(seed: UInt64) throws {
    let outcome = try Simulation(seed: seed).run()
    #expect(outcome.failure == nil, "\(outcome.failure?.replay ?? "")")
  }

  @Test("The same seed gives the same run")
  func determinism() throws {
    #expect(try Simulation(seed: 5, steps: 15).run() == Simulation(seed: 5, steps: 15).run())
  }
}
