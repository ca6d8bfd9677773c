import ClusterTesting
import Kinds
import Tree

/// Line 14: how fast a pod's JSON is read and written.
enum JSONBenchmark {
  private static let rounds = 20_000

  static func run() throws {
    let lab = try Lab()
    lab.kubectl("create deployment web --image=nginx:1.27")
    lab.advance(bySeconds: 30)
    guard let pod = lab.objects(.pod).first else { return }
    let json = pod.json
    var checksum = 0
    let parsing = try Cost.processorSeconds {
      for _ in 0..<rounds { checksum += try JSON.parse(json).object?.count ?? 0 }
    }
    let writing = Cost.processorSeconds {
      for _ in 0..<rounds { checksum += pod.json.count }
    }
    precondition(checksum > 0)
    let megabytes = Double(json.count * rounds) / 1_000_000
    Measurement(name: "json.bytes", value: Double(json.count), unit: "bytes a pod").show()
    Measurement(name: "json.parse", value: megabytes / parsing, unit: "MB/s").show()
    Measurement(name: "json.write", value: megabytes / writing, unit: "MB/s").show()
  }
}
