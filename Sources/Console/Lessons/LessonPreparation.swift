import API
import Cluster
import Kinds
import Kubectl
import Lessons
import Loop
import Store
import Terminal
import Tree

/// Puts a cluster into a lesson's start state: tidies up what is there, then does the lesson's actions. Runs on the
/// cluster's loop, in the cluster's own time.
struct LessonPreparation {
  private static let waitLimit = Duration.seconds(1_800)
  private static let settling = Duration.seconds(3)

  let lesson: Lesson
  let cluster: Cluster
  let api: APIServer
  let caller: Caller

  func run(_ actions: [StartAction]) throws(Status) {
    try tidy()
    // A step's checks compare with the moment when it was entered: when the one before had passed.
    var entered = SnapshotWorld(snapshot: cluster.feed.snapshot)
    for action in actions {
      switch action {
      case .apply(let value): try apply(value)
      case .run(let line, let files): run(line, files: files)
      case .await(let id):
        wait(for: id, since: entered)
        entered = SnapshotWorld(snapshot: cluster.feed.snapshot)
      }
    }
    commit()
  }

  private func apply(_ value: Value) throws(Status) {
    let kind = api.kinds.kind(apiVersion: value["apiVersion"]?.string ?? "", name: value["kind"]?.string ?? "")
    guard let kind else {
      throw Status(code: 500, reason: "InternalError", message: "lesson \"\(lesson.id)\" starts with an unknown kind")
    }
    var value = value
    if kind.isNamespaced, value["metadata", "namespace"] == nil { value["metadata", "namespace"] = "default" }
    try cluster.client.create(kind, value, cause: cause)
    commit()
  }

  private func run(_ line: String, files: [LessonFile]) {
    let transport = LoopTransport(cluster: cluster, api: api, caller: caller)
    let texts = Dictionary(files.map { ($0.name, $0.content) }, uniquingKeysWith: { $1 })
    _ = Kubectl(transport: transport, files: texts).run(line) { _ in }
  }

  /// Lets time run until the step's checks pass, with patience for the longest that a lesson waits.
  private func wait(for id: String, since before: SnapshotWorld) {
    guard let step = lesson.step(id) else { return }
    let end = cluster.loop.now + Self.waitLimit
    while !isPassed(step, before), let deadline = cluster.loop.nextDeadline, deadline <= end { advance(to: deadline) }
  }

  private func isPassed(_ step: Step, _ before: SnapshotWorld) -> Bool {
    let now = SnapshotWorld(snapshot: cluster.feed.snapshot)
    return evaluate(step: step, now: now, before: before, time: cluster.loop.now.nanoseconds, language: "en").isPassed
  }

  private func advance(to time: Time) {
    cluster.loop.advance(to: time, limit: cluster.options.workPerTurn)
    commit()
  }

  /// A journal that fails has the cluster's turn fail.
  private func commit() { try? cluster.commit(durably: false) }

  private var cause: Cause { Cause(actor: "podium", request: "start lesson \(lesson.id)") }

  // MARK: Tidying

  /// What a learner may have left: workloads and configuration in `default`, faults, images, a clock that stands still.
  private func tidy() throws(Status) {
    try resetClock()
    let kinds: [Kind] = [
      .fault, .image, .deployment, .replicaSet, .service, .configMap, .secret, .serviceAccount, .role, .roleBinding,
      .pod, .endpointSlice, .event,
    ]
    for kind in kinds {
      for object in cluster.client.list(kind, namespace: kind.isNamespaced ? "default" : nil) where !isKept(object) {
        // Gone already where a deletion before took it along.
        try? cluster.client.delete(
          kind, namespace: object.namespace, name: object.name,
          options: DeleteOptions(gracePeriodSeconds: 0, propagation: .background), cause: cause)
      }
    }
    advance(to: cluster.loop.now + Self.settling)
  }

  private func isKept(_ object: StoredObject) -> Bool {
    switch object.key.groupResource {
    case Kind.service.groupResource: object.name == "kubernetes"
    case Kind.configMap.groupResource: object.name == "kube-root-ca.crt"
    case Kind.serviceAccount.groupResource: object.name == "default"
    case Kind.roleBinding.groupResource: object.name == "learner"
    case Kind.endpointSlice.groupResource: object.name.hasPrefix("kubernetes")
    default: false
    }
  }

  private func resetClock() throws(Status) {
    guard let stored = cluster.client.get(.clock, name: "cluster") else { return }
    var clock = stored.value
    // Steps and skips are totals: a new start counts from nothing.
    clock["spec"] = ["speed": 1, "paused": false, "steps": 0, "skipSeconds": 0]
    clock["metadata", "resourceVersion"] = nil
    try cluster.client.update(.clock, clock, cause: cause)
  }
}
