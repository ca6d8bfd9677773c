import Kinds
import Store
import Tree

/// How much a cluster may hold, all kinds together. Nobody gets beyond it, neither people nor controllers.
package struct Capacity: Sendable, Equatable {
  package var objects: Int
  /// Of the objects' JSON.
  package var bytes: Int

  package init(objects: Int, bytes: Int) {
    self.objects = objects
    self.bytes = bytes
  }
}

/// Counts what a cluster holds against its capacity. Only what makes it grow is refused, so that one can always delete,
/// and the cluster's parts can always report.
final class CapacityKeeper {
  private let limit: Capacity
  private var objects = 0
  private var bytes = 0

  init(_ limit: Capacity, store: Store) {
    self.limit = limit
    for collection in store.snapshot.collections {
      for object in store.list(collection) { add(object) }
    }
    store.observe { [unowned self] change in
      if let previous = change.previous {
        objects -= 1
        bytes -= previous.json.count
      }
      if change.kind != .deleted { add(change.object) }
    }
  }

  private func add(_ object: StoredObject) {
    objects += 1
    bytes += object.json.count
  }

  /// Refuses a new object where there is no room.
  func admit(_ value: Value, _ kind: Kind, _ name: String) throws(Status) {
    if objects >= limit.objects { throw .beyond("objects", used: objects, limit: limit.objects, kind, name) }
    try admitGrowth(by: value.json.count, kind, name)
  }

  /// Refuses what makes an object larger where there is no room.
  func admit(_ value: Value, instead stored: StoredObject, _ kind: Kind) throws(Status) {
    let growth = value.json.count - stored.json.count
    if growth > 0 { try admitGrowth(by: growth, kind, stored.name) }
  }

  private func admitGrowth(by count: Int, _ kind: Kind, _ name: String) throws(Status) {
    guard bytes + count > limit.bytes else { return }
    throw .beyond("bytes", used: bytes, limit: limit.bytes, kind, name)
  }
}

extension Status {
  /// What is refused because the cluster is full.
  fileprivate static func beyond(_ what: String, used: Int, limit: Int, _ kind: Kind, _ name: String) -> Status {
    Status(
      code: 403, reason: "Forbidden",
      message: "\(kind.groupResource.name) \"\(name)\" is forbidden: exceeded the limit of \(what) in a cluster: "
        + "used \(used), limited to \(limit); delete what is not needed any more",
      details: .of(kind, name))
  }
}
