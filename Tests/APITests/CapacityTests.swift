import API
import Cluster
import ClusterTesting
import Kinds
import Store
import Testing
import Tree

@Suite("How much a cluster may hold") struct CapacityTests {
  private func lab(objects: Int = 100_000, bytes: Int = 100 << 20) throws -> Lab {
    var options = ClusterOptions(nodes: 1, seed: 7, identity: .paper)
    options.capacity = Capacity(objects: objects, bytes: bytes)
    return try Lab(options, journal: MemoryJournal())
  }

  private func map(_ name: String, _ content: String = "x") -> Value {
    ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": ["a": .string(content)]]
  }

  private let maps = "/api/v1/namespaces/default/configmaps"

  private func size(of lab: Lab) -> (objects: Int, bytes: Int) {
    let snapshot = lab.cluster.feed.snapshot
    let all = snapshot.collections.flatMap { snapshot.list($0) }
    return (all.count, all.reduce(0) { $0 + $1.json.count })
  }

  @Test("a new object is refused by name where there is no room, and accepted once another is deleted")
  func objects() throws {
    let room = size(of: try lab()).objects + 2
    let lab = try lab(objects: room)
    #expect(lab.request("POST", maps, body: map("a")).status == 201)
    #expect(lab.request("POST", maps, body: map("b")).status == 201)
    let refusal = lab.request("POST", maps, body: map("c"))
    #expect(refusal.status == 403)
    #expect(
      refusal.value["message"]
        == .string(
          "configmaps \"c\" is forbidden: exceeded the limit of objects in a cluster: used \(room), limited to \(room); "
            + "delete what is not needed any more"))
    #expect(lab.request("DELETE", maps + "/a").status == 200)
    #expect(lab.request("POST", maps, body: map("c")).status == 201)
  }

  @Test("controllers get no further than people")
  func controllers() throws {
    let room = size(of: try lab()).objects + 30
    let lab = try lab(objects: room)
    lab.kubectl("create deployment web --image=nginx:1.27 --replicas=500")
    lab.advance(bySeconds: 120)
    #expect(size(of: lab).objects == room)
    lab.kubectl("delete deployment web")
    lab.advance(bySeconds: 120)
    #expect(lab.objects(.pod).isEmpty)
  }

  @Test("an object grows only where there is room for its bytes")
  func bytes() throws {
    let lab = try lab(bytes: size(of: try lab()).bytes + 4_000)
    #expect(lab.request("POST", maps, body: map("a")).status == 201)
    let large = map("a", String(repeating: "y", count: 5_000))
    #expect(lab.request("PUT", maps + "/a", body: large).status == 403)
    #expect(lab.request("POST", maps, body: map("b", String(repeating: "y", count: 5_000))).status == 403)
    #expect(lab.request("PUT", maps + "/a", body: map("a", "z")).status == 200)
  }
}
