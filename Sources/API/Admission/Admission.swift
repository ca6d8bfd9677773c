import Kinds
import Store
import Tree

/// What an admission rule looks at besides the object itself.
struct AdmissionRequest {
  let kind: Kind
  let key: ObjectKey
  /// nil of a creation.
  let previous: Value?
  let writer: ObjectWriter

  var isCreation: Bool { previous == nil }
}

/// Rules that complete or refuse a write after its sender is known to have the right to it (Kubernetes documentation,
/// "Admission Control in Kubernetes"), in Kubernetes' order.
enum Admission {
  static func admit(_ value: inout Value, _ request: AdmissionRequest) throws(Status) {
    try NamespaceLifecycle.admit(request)
    if request.kind == .pod, request.isCreation {
      try ServiceAccounts.admit(&value, request)
      DefaultTolerations.admit(&value)
      try Priorities.admit(&value, request)
    }
    if request.kind == .service { try ServiceAddresses.admit(&value, request) }
  }
}
