import API
import Cluster
import Kinds
import Loop
import Store
import Tree

/// Makes what a classroom's cluster has beyond any other's, and brings it up to date: at every start.
enum ClassroomBootstrap {
  static let cause = Cause(actor: "podium", request: "set up the classroom")

  /// - Parameter now: seconds since 1970 by the machine's calendar. The cluster's time stood still while the server did.
  static func run(in world: Cluster, now: Int64) throws(Status) {
    let now = Time(seconds: now)
    if world.loop.now < now { world.loop.advance(to: now, limit: world.options.workPerTurn) }
    for object in ClassroomRoles.objects + LearnerPolicy.objects { try ensure(object, in: world) }
    guard world.client.get(.classroom, name: Classroom.name) == nil else { return }
    try world.client.create(
      .classroom, ["metadata": ["name": .string(Classroom.name)], "spec": ["title": ""]], cause: cause)
  }

  /// Creates the object, or gives it the content that it should have.
  static func ensure(_ object: Value, in world: Cluster) throws(Status) {
    let name = object["kind"]?.string ?? ""
    guard let kind = world.options.kinds.kind(apiVersion: object["apiVersion"]?.string ?? "", name: name) else {
      throw Status(code: 500, reason: "InternalError", message: "the classroom's cluster has no kind \(name)")
    }
    guard let stored = world.client.get(kind, name: object["metadata", "name"]?.string ?? "") else {
      try world.client.create(kind, object, cause: cause)
      return
    }
    var value = stored.value
    for field in ["rules", "subjects", "spec"] { if let content = object[field] { value[field] = content } }
    try world.client.update(kind, value, cause: cause)
  }
}
