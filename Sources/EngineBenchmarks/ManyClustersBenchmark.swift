import API
import CMalloc
import Cluster
import ClusterTesting
import Glibc
import Hosting
import Kinds
import Loop
import SQLiteJournal
import Store

/// Line 12: a thousand clusters of three nodes and ten pods in one process, each with its journal and its running time.
enum ManyClustersBenchmark {
  private static let count = 1_000

  static func run() throws {
    mallopt(M_ARENA_MAX, 1)
    let folder = try temporaryFolder()
    defer { rmdir(folder) }
    let blueprint = ClusterBlueprint(
      options: ClusterOptions(identity: .paper), seed: 7, tokens: TokenTable([:]), version: "benchmark")
    let journals = SQLiteJournalFolder(path: folder)
    let host = ClusterHost(blueprint, journals: journals, lanes: 2, limits: ClusterHost.Limits(clusters: count))
    let contents = try contents()
    let before = Cost.residentMegabytes
    var times: [Double] = []
    var clusters: [HostedCluster] = []
    for number in 0..<count {
      let begun = MonotonicClock.now
      clusters.append(try host.create("c\(number)", from: .contents(contents)))
      times.append(Double(MonotonicClock.now - begun) / 1_000_000)
    }
    times.sort()
    Measurement(name: "many.creation", value: times[count / 2], unit: "ms for one more cluster, median").show()
    Measurement(name: "many.slowest", value: times[count * 99 / 100], unit: "ms for one more cluster, p99").show()
    let idle = Cost.processorSeconds { sleep(30) }
    Measurement(name: "many.idle", value: idle / 30 * 100, unit: "% CPU, 1,000 clusters awake").show()
    Measurement(name: "many.memory", value: Cost.residentMegabytes - before, unit: "MB, 1,000 clusters awake").show()
    clusters = []
    for number in 0..<count { precondition(host.sleep("c\(number)"), "cluster \(number) does not sleep") }
    malloc_trim(0)
    Measurement(name: "many.asleep", value: Cost.residentMegabytes - before, unit: "MB, 1,000 clusters asleep").show()
    let waking = MonotonicClock.now
    for number in 0..<count { clusters += try host.cluster("c\(number)").map { [$0] } ?? [] }
    let woken = Double(MonotonicClock.now - waking) / 1_000_000 / Double(count)
    Measurement(name: "many.waking", value: woken, unit: "ms to wake one").show()
    clusters = []
    for number in 0..<count { try host.delete("c\(number)") }
    host.stop()
  }

  private static func temporaryFolder() throws -> String {
    var path = Array("/tmp/podium-benchmark-XXXXXX".utf8CString)
    guard mkdtemp(&path) != nil else { throw NoFolder() }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private struct NoFolder: Error {}

  /// What a cluster of three nodes holds when ten pods have run for a while.
  private static func contents() throws -> JournalContents {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=10")
    lab.advance(bySeconds: 120)
    return JournalContents(snapshot: lab.cluster.feed.snapshot, history: [], time: lab.now)
  }
}
