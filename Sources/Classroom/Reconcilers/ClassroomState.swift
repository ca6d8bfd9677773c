import API
import Cluster
import Hosting
import Kinds
import Loop
import Store
import Tree

/// What reconcilers work with: the classroom's cluster, and the host of all others.
struct ClassroomState: Sendable {
  /// As whom reconcilers write what they have done. What they write asks for nothing more.
  static let reporter = "classroom-controller"
  /// For whom it holds what learners cannot change in their own clusters.
  static let holder = "instructor"

  /// How a round ended.
  struct Round {
    /// Whether all is as it should be; else the key is tried again.
    var isDone = true
    /// What is to be looked at now.
    var keys: [ReconcileKey] = []
  }

  let host: ClusterHost
  let cluster: HostedCluster
  let attempts: AttemptRecorder
  let options: ClassroomService.Options

  func reconcile(_ key: ReconcileKey) -> Round {
    do throws(Status) {
      switch key {
      case .classroom: return try ClassroomReconciler(state: self).reconcile()
      case .learner(let name): return try LearnerReconciler(state: self, name: name).reconcile()
      case .incident(let name): return try IncidentReconciler(state: self, name: name).reconcile()
      }
    } catch {
      if case .learner(let name) = key { try? note(problem: error.message, of: name) }
      return Round(isDone: false)
    }
  }

  // MARK: Reading

  /// The learner's cluster and its forks, those that are there.
  func clusters(of learner: String) -> [String] { host.names.filter { Access.owner(of: $0) == learner } }

  func stored(_ kind: Kind, _ name: String) -> StoredObject? {
    cluster.feed.snapshot[kind.key(namespace: "", name: name)]
  }

  var classroom: Classroom { Classroom(stored(.classroom, Classroom.name)?.value ?? [:]) }

  var learners: [Learner] { cluster.feed.snapshot.list(Kind.learner.collection).map { Learner($0.value) } }

  // MARK: Writing

  /// Changes an object's status on the cluster's loop, by what it is there. One that is gone is left alone.
  func changeStatus<Object: ObjectView>(
    of kind: Kind, _ name: String, as type: Object.Type,
    _ change: @escaping @Sendable (inout Object, Time) -> Void
  ) throws(Status) {
    try cluster.performAndWait { world throws(Status) in
      guard let stored = world.client.get(kind, name: name) else { return }
      var object = Object(stored.value)
      change(&object, world.loop.now)
      guard object.value != stored.value else { return }
      object.metadata.resourceVersion = nil
      let cause = Cause(actor: Self.reporter, request: "report \(kind.plural) \(name)", subject: stored)
      try world.client.update(kind, object.value, subresource: "status", cause: cause)
    }
  }

  func note(problem: String?, of learner: String) throws(Status) {
    try changeStatus(of: .learner, learner, as: Learner.self) { learner, _ in learner.status.problem = problem }
  }

  /// Adds or takes away a finalizer.
  func setFinalizer(_ finalizer: String, of kind: Kind, _ name: String, isThere: Bool) throws(Status) {
    try cluster.performAndWait { world throws(Status) in
      guard let stored = world.client.get(kind, name: name) else { return }
      var object = AnyObjectView(stored.value)
      let others = object.metadata.finalizers.filter { $0 != finalizer }
      object.metadata.finalizers = isThere ? others + [finalizer] : others
      guard object.value != stored.value else { return }
      let cause = Cause(actor: Self.reporter, request: "hold \(kind.plural) \(name)", subject: stored)
      try world.client.update(kind, object.value, cause: cause)
    }
  }
}
