import Kinds
import Store
package import Tree

/// What whoever runs a cluster holds from those who only use it: nobody but a master changes it, takes it away or calls
/// something else held, whatever rights they have. Going back in time and starting a lesson leave it as it is, too.
package enum HeldObjects: AdmissionPlugin {
  /// The label of what is held; its value says by whom: `instructor`.
  package static let label = "podium.dev/held-by"

  /// Who holds the object; nil if nobody does.
  package static func holder(of value: Value) -> String? { value["metadata", "labels", label]?.string }

  static func validate(_ value: Value, _ request: AdmissionRequest) throws(Status) {
    try check(request.previous, request)
    guard holder(of: value) != nil, !request.caller.isMaster else { return }
    throw request.forbidden("the label \(label) is not yours to give")
  }

  static func admitDeletion(_ request: AdmissionRequest) throws(Status) { try check(request.previous, request) }

  private static func check(_ value: Value?, _ request: AdmissionRequest) throws(Status) {
    guard let holder = value.flatMap(holder), !request.caller.isMaster else { return }
    throw request.forbidden("the \(holder) holds it: it stays as it is until the \(holder) lets go")
  }
}
