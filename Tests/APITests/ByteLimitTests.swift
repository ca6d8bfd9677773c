import API
import Cluster
import ClusterTesting
import Kinds
import Store
import Testing
import Tree

@Suite("How many bytes a cluster may hold") struct ByteLimitTests {
  private func lab(bytes: Int = 100 << 20) throws -> Lab {
    var options = ClusterOptions(nodes: 1, seed: 7, identity: .paper)
    options.limits.bytes = bytes
    return try Lab(options, journal: MemoryJournal())
  }

  private func map(_ name: String, _ content: String = "x") -> Value {
    ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": ["a": .string(content)]]
  }

  private let maps = "/api/v1/namespaces/default/configmaps"

  private func size(of lab: Lab) -> Int {
    let snapshot = lab.cluster.feed.snapshot
    return snapshot.collections.flatMap { snapshot.list($0) }.reduce(0) { $0 + $1.json.count }
  }

  @Test("an object grows only where there is room for its bytes")
  func bytes() throws {
    let lab = try lab(bytes: size(of: try lab()) + 4_000)
    #expect(lab.request("POST", maps, body: map("a")).status == 201)
    let large = map("a", String(repeating: "y", count: 5_000))
    let refusal = lab.request("PUT", maps + "/a", body: large)
    #expect(refusal.status == 403)
    #expect(refusal.value["message"]?.string?.contains("exceeded limit of this cluster, requested: bytes=") == true)
    #expect(lab.request("POST", maps, body: map("b", String(repeating: "y", count: 5_000))).status == 403)
    #expect(lab.request("PUT", maps + "/a", body: map("a", "z")).status == 200)
  }
}
