import API
import Cluster
import ClusterTesting
import Kinds
import Loop
import Store
import Tree

/// Line 13: how much faster than a clock a quiet cluster of three nodes and 50 pods can run, and what a step back costs.
enum TimeBenchmark {
  private static let days = 2.0

  static func run() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=50")
    lab.advance(bySeconds: 120)
    let seconds = Cost.processorSeconds { lab.advance(bySeconds: days * 86_400) }
    Measurement(name: "time.speed", value: days * 86_400 / seconds, unit: "x real time").show()

    let steps = 2_000
    let stepping = Cost.processorSeconds { for _ in 0..<steps { lab.advance(bySeconds: 1) } }
    Measurement(name: "time.step", value: stepping / Double(steps) * 1_000, unit: "ms a second's step").show()

    let cause = Cause(actor: "benchmark")
    try lab.cluster.client.create(.configMap, ["metadata": ["name": "busy", "namespace": "default"]], cause: cause)
    for index in 0..<9_000 {
      guard var map = lab.object(.configMap, "busy") else { break }
      map["data", "number"] = .string(String(index))
      try lab.cluster.client.update(.configMap, map, cause: cause)
    }
    lab.settle()
    let feed = lab.cluster.feed
    let revision = feed.snapshot.revision - 8_900
    let rewinding = Cost.processorSeconds { precondition(feed.snapshot(at: revision) != nil) }
    Measurement(name: "time.rewind", value: rewinding * 1_000, unit: "ms to 8,900 writes ago").show()
  }
}
