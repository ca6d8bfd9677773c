import Kinds
package import Store

extension Change {
  /// Whether it is one that a person who follows the cluster would want to see: not a heartbeat, nor an Event about
  /// another write, nor the Clock's own.
  package var isVisible: Bool {
    switch key.groupResource {
    case Kinds.Kind.lease.groupResource, Kinds.Kind.event.groupResource, Kinds.Kind.clock.groupResource: false
    case Kinds.Kind.node.groupResource: !isHeartbeat
    default: true
    }
  }

  /// Whether a node's kubelet only says that all is as before.
  private var isHeartbeat: Bool {
    guard kind == .updated, let previous else { return false }
    let (before, after) = (Node(previous.value), Node(object.value))
    return before.spec == after.spec && before.metadata.labels == after.metadata.labels
      && before.status.conditions.map(\.status) == after.status.conditions.map(\.status)
  }

  /// What a watch calls it.
  package var eventType: String {
    switch kind {
    case .created: "ADDED"
    case .updated: "MODIFIED"
    case .deleted: "DELETED"
    }
  }
}
