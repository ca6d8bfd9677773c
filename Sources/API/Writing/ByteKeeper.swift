import Kinds
import Store
import Tree

/// Counts the bytes of a cluster's objects, as JSON, against their limit. Only what makes the cluster grow is refused, so
/// that one can always delete, and the cluster's parts can always report.
final class ByteKeeper {
  private let limit: Int
  private var bytes = 0

  init(_ limit: Int, store: Store) {
    self.limit = limit
    for collection in store.snapshot.collections {
      for object in store.list(collection) { bytes += object.size }
    }
    store.observe { [unowned self] change in
      if let previous = change.previous { bytes -= previous.size }
      if change.kind != .deleted { bytes += change.object.size }
    }
  }

  /// Refuses what a value adds to a cluster that has no room for it, beside what is stored in its place.
  func check(_ value: Value, instead stored: StoredObject? = nil, _ request: AdmissionRequest) throws(Status) {
    let growth = value.json.count - (stored?.size ?? 0)
    guard growth > 0, bytes + growth > limit else { return }
    throw request.forbidden(
      "exceeded limit of this cluster, requested: bytes=\(growth), used: bytes=\(bytes), limited: bytes=\(limit)")
  }
}
