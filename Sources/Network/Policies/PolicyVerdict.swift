package import Store

/// What the NetworkPolicies say of a connection at one of its ends.
package struct PolicyVerdict: Sendable, Equatable {
  package enum Direction: String, Sendable {
    case ingress
    case egress
  }

  package var direction: Direction
  /// The pod whose traffic is judged.
  package var pod: ObjectKey
  package var isAllowed: Bool
  /// The policies that isolate the pod in this direction; without any, everything is allowed.
  package var isolatedBy: [ObjectKey]
  /// The first policy that allows the connection.
  package var allowedBy: ObjectKey?
}
