import API
import Cluster
import ClusterTesting
import Kinds
import Kubectl
import Loop
import Schema
import Testing
import Tree

/// Objects with any values in any fields, sent to a whole cluster in any order; then its controllers, scheduler and
/// kubelets run on what was accepted. Every request is answered, none with a mistake of the server's own.
@Suite("Clusters under odd objects", .serialized)
struct ClusterFuzzTests {
  @Test("the seeds are good objects")
  func seeds() throws {
    #expect(Seeds.objects.count == Seeds.count)
    let world = try World(seed: 1)
    for (kind, value) in Seeds.objects {
      let answer = world.send("POST", kind.address(), value)
      #expect(answer.status == 201, "\(kind.name): \(answer.value["message"]?.string ?? "")")
    }
  }

  @Test("odd objects end no cluster")
  func cluster() throws {
    try Rounds.run("cluster", 12) { random in
      let world = try World(seed: random.next())
      let writer = ObjectWriterOfChance(random: random, world: world)
      for _ in 0..<(10 + random.below(20)) {
        let answer = try writer.step()
        let message = answer.value["message"]?.string ?? ""
        #expect(answer.status < 500 || isKubernetesOwn(message), "\(answer.status): \(message)")
        if random.oneIn(3) { world.run(for: random.pick([.milliseconds(100), .seconds(2), .seconds(30)])) }
      }
      world.run(for: .seconds(60))
      for kind in [Kind.pod, .deployment, .node, .service] {
        #expect(world.send("GET", kind.address(), nil).status == 200)
      }
    }
  }
}

/// Kubernetes itself answers 500 to a few patches that are wrong in themselves.
private func isKubernetesOwn(_ message: String) -> Bool {
  message.hasPrefix("failed to create typed patch object") || message.contains("unknown patch type")
}

/// One cluster in virtual time.
final class World {
  private let lab: Lab
  /// The most pieces of work that one stretch of time may take: a million replicas take for ever.
  private static let workLimit = 3_000

  init(seed: UInt64) throws { lab = try Lab(seed: seed) }

  func send(
    _ method: String, _ target: String, _ body: Value?, type: String = "application/json", accept: String? = nil
  ) -> (status: Int, value: Value) {
    lab.request(method, target, body: body, type: type)
  }

  func run(for duration: Duration) {
    let loop = lab.cluster.loop
    loop.advance(to: loop.now + duration, limit: Self.workLimit)
    lab.settle()
  }
}

/// Makes, changes and deletes objects as chance has it.
private struct ObjectWriterOfChance {
  let random: RandomStream
  let world: World

  private var maker: ObjectMaker { ObjectMaker(random: random) }

  func step() throws -> (status: Int, value: Value) {
    let (kind, seed) = random.pick(Seeds.objects)
    let shape = try #require(kind.shape)
    let name = seed["metadata", "name"]?.string ?? ""
    let place = kind.address(name)
    switch random.below(10) {
    case 0..<5: return world.send("POST", kind.address(), maker.mutated(seed, shape, times: random.below(5)))
    case 5:
      let present = world.send("GET", place, nil)
      guard present.status == 200 else { return present }
      let suffix = random.oneIn(3) ? "/status" : ""
      return world.send("PUT", place + suffix, maker.mutated(present.value, shape, times: 1 + random.below(4)))
    case 6: return world.send("PATCH", place, patch(shape), type: random.pick(Self.mergeTypes))
    case 7: return world.send("PATCH", place, operations(shape), type: "application/json-patch+json")
    case 8:
      let applied = maker.mutated(seed, shape, times: random.below(3))
      return world.send(
        "PATCH", place + "?fieldManager=\(random.pick(["a", "b"]))&force=\(random.oneIn(2))", applied,
        type: "application/apply-patch+yaml")
    default: return world.send("DELETE", place + random.pick(Self.deletions), nil)
    }
  }

  /// A patch that sets one thing.
  private func patch(_ shape: Shape) -> Value {
    var patch = maker.mutated([:], shape, times: 1 + random.below(3))
    if random.oneIn(4) { patch["spec"] = ["replicas": .integer(random.pick([0, 1, 7, 2_147_483_647]))] }
    if random.oneIn(6) { patch["$patch"] = .string(random.pick(["replace", "delete", "merge", "x"])) }
    return patch
  }

  private func operations(_ shape: Shape) -> Value {
    .array(
      (0...random.below(3)).map { _ in
        let field = random.pick(shape.fields)
        return [
          "op": .string(random.pick(["add", "remove", "replace", "move", "copy", "test"])),
          "path": .string(path(field)), "from": .string(path(random.pick(shape.fields))),
          "value": maker.value(field.type, depth: 3),
        ]
      })
  }

  private func path(_ field: Field) -> String {
    let below = field.type.shape?.fields ?? []
    let tail = below.isEmpty || random.oneIn(4) ? "" : "/" + random.pick(below).name
    return random.oneIn(8)
      ? random.pick(["", "/", "/metadata/labels/-", "/spec/containers/99", "x"]) : "/\(field.name)\(tail)"
  }

  private static let mergeTypes = ["application/merge-patch+json", "application/strategic-merge-patch+json"]
  private static let deletions = [
    "", "?gracePeriodSeconds=0", "?gracePeriodSeconds=9223372036854775807", "?propagationPolicy=Foreground",
    "?propagationPolicy=Orphan", "?gracePeriodSeconds=-1",
  ]
}

extension Kind {
  /// Where its objects are served: `/apis/apps/v1/namespaces/default/deployments`.
  func address(_ name: String? = nil) -> String {
    let base = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    return base + (isNamespaced ? "/namespaces/default/" : "/") + plural + (name.map { "/" + $0 } ?? "")
  }
}
