import API
import Kinds
import Loop
import Store
import Tree

/// One look at a Deployment and its ReplicaSets, and the step that follows from it.
///
/// The step's parts (which ReplicaSet is the new one, scaling, rolling, status) are extensions in files of their own.
struct Rollout {
  let component: Component
  /// The Deployment as it is stored now; written through `save`.
  private(set) var stored: StoredObject
  /// All ReplicaSets that the Deployment controls, in the order of their names.
  private(set) var replicaSets: [StoredObject]
  /// The uid of the one whose template is the Deployment's; nil while there is none.
  var newUID: String?

  init(component: Component, deployment: StoredObject, replicaSets: [StoredObject]) {
    self.component = component
    stored = deployment
    self.replicaSets = replicaSets
    newUID = Self.oldestFirst(replicaSets).first { Self.hasTemplate(of: deployment, $0) }?.uid
  }

  var deployment: Deployment { Deployment(stored.value) }
  var newReplicaSet: StoredObject? { replicaSets.first { $0.uid == newUID } }
  var oldReplicaSets: [StoredObject] { replicaSets.filter { $0.uid != newUID } }

  // MARK: Writes

  /// Writes the Deployment's status, and its annotations with it, if they differ from what is stored.
  mutating func save(_ next: Deployment) throws(Status) {
    guard next != deployment else { return }
    stored = try component.update(.deployment, next.value, subresource: "status", because: stored)
  }

  /// Writes a ReplicaSet's next state.
  mutating func save(_ next: ReplicaSet) throws(Status) {
    let written = try component.update(.replicaSet, next.value, because: stored)
    if let index = replicaSets.firstIndex(where: { $0.uid == written.uid }) { replicaSets[index] = written }
  }

  mutating func add(_ replicaSet: StoredObject) {
    if !replicaSets.contains(where: { $0.uid == replicaSet.uid }) { replicaSets.append(replicaSet) }
    newUID = replicaSet.uid
  }

  func record(_ reason: String, _ message: String, severity: EventRecorder.Severity = .normal) {
    component.events.record(severity, reason, message, about: deployment, kind: .deployment)
  }

  // MARK: Orders and sums

  static func oldestFirst(_ replicaSets: [StoredObject]) -> [StoredObject] {
    replicaSets.sorted { age($0) < age($1) }
  }

  /// A place in the order of creation; RFC 3339 texts in UTC sort as the times do.
  static func age(_ object: StoredObject) -> (String, String) {
    (object.metadata.creationTimestamp ?? "", object.name)
  }

  static func active(_ replicaSets: [StoredObject]) -> [StoredObject] {
    replicaSets.filter { ReplicaSet($0.value).spec.replicas > 0 }
  }

  /// How many pods the ReplicaSets ask for.
  static func desired(_ replicaSets: [StoredObject]) -> Int {
    replicaSets.reduce(0) { $0 + ReplicaSet($1.value).spec.replicas }
  }

  static func available(_ replicaSets: [StoredObject]) -> Int {
    replicaSets.reduce(0) { $0 + ReplicaSet($1.value).status.availableReplicas }
  }

  /// How many pods the ReplicaSets have.
  static func actual(_ replicaSets: [StoredObject]) -> Int {
    replicaSets.reduce(0) { $0 + ReplicaSet($1.value).status.replicas }
  }
}
