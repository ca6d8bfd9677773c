import Kinds
import Store
import Tree

/// What happened in the cluster that may let a pod be placed that could not be before.
struct ClusterEvents: OptionSet {
  let rawValue: Int

  static let nodeAdded = ClusterEvents(rawValue: 1 << 0)
  static let nodeLabels = ClusterEvents(rawValue: 1 << 1)
  static let nodeTaints = ClusterEvents(rawValue: 1 << 2)
  static let nodeAllocatable = ClusterEvents(rawValue: 1 << 3)
  /// A pod that had a node has been placed or changed its labels.
  static let placedPodChanged = ClusterEvents(rawValue: 1 << 4)
  /// A pod that had a node has ended or is gone.
  static let placedPodRemoved = ClusterEvents(rawValue: 1 << 5)
  /// A claim, a volume, a storage class or a node's drivers were made or changed.
  static let storage = ClusterEvents(rawValue: 1 << 6)

  static let anyOfNode: ClusterEvents = [.nodeAdded, .nodeLabels, .nodeTaints, .nodeAllocatable]

  /// What changed between two states of a node.
  static func between(_ old: Node?, _ new: Node) -> ClusterEvents {
    guard let old else { return .nodeAdded }
    var events: ClusterEvents = []
    if old.metadata.labels != new.metadata.labels { events.insert(.nodeLabels) }
    if old.spec.taints != new.spec.taints || old.spec.isUnschedulable != new.spec.isUnschedulable {
      events.insert(.nodeTaints)
    }
    if old.status.allocatable != new.status.allocatable { events.insert(.nodeAllocatable) }
    return events
  }
}

/// Something that happened, and to what.
struct ClusterEvent {
  let events: ClusterEvents
  /// The node as it is now.
  var node: NodeSummary?
  /// The pod that was placed, changed or removed.
  var pod: PodSummary?
  /// The claim, where one was made or changed.
  var claim: ObjectKey?
}
