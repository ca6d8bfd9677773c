/// What `Benchmarks/run.py` cannot measure from outside: the engine by itself, in processor time.
///
///     engine-benchmarks [json] [time] [traffic] [scale] [many]     all without a name
@main enum EngineBenchmarks {
  private static let all: [(name: String, run: @Sendable () throws -> Void)] = [
    ("json", JSONBenchmark.run), ("time", TimeBenchmark.run), ("traffic", TrafficBenchmark.run),
    ("scale", ScaleBenchmark.run), ("many", ManyClustersBenchmark.run),
  ]

  static func main() throws {
    let names = CommandLine.arguments.dropFirst()
    for benchmark in all where names.isEmpty || names.contains(benchmark.name) { try benchmark.run() }
  }
}
