import Kinds
import Store
import Tree

/// What has to be written so that a Service's slices hold the endpoints that it should have.
///
/// Endpoints stay in the slice they are in, slices that change are filled first, and a slice is never larger than the
/// limit: so that few slices change when a pod comes or goes.
struct SlicePlan {
  static let endpointLimit = 100

  private(set) var creations: [[Value]] = []
  private(set) var updates: [(slice: StoredObject, endpoints: [Value])] = []
  private(set) var deletions: [StoredObject] = []

  /// - Parameters:
  ///   - desired: the endpoints that share one set of ports.
  ///   - slices: the present slices with these ports.
  ///   - isRelabelled: whether the slice must be written for its labels anyway.
  init(desired: [Value], slices: [StoredObject], isRelabelled: (StoredObject) -> Bool) {
    var rest = desired
    var unchanged: [(slice: StoredObject, endpoints: [Value])] = []
    for slice in slices {
      let present = slice.value["endpoints"]?.array ?? []
      var kept: [Value] = []
      for endpoint in present {
        guard let index = rest.firstIndex(where: { Self.areSame($0, endpoint) }) else { continue }
        kept.append(rest.remove(at: index))
      }
      if kept.isEmpty, !present.isEmpty {
        deletions.append(slice)
      } else if kept != present || isRelabelled(slice) {
        updates.append((slice, kept))
      } else {
        unchanged.append((slice, present))
      }
    }
    fill(&rest, unchanged)
  }

  private mutating func fill(_ rest: inout [Value], _ unchanged: [(slice: StoredObject, endpoints: [Value])]) {
    updates.sort { ($1.endpoints.count, $0.slice.name) < ($0.endpoints.count, $1.slice.name) }
    for index in updates.indices {
      let count = min(rest.count, Self.endpointLimit - updates[index].endpoints.count)
      updates[index].endpoints += rest.prefix(count)
      rest.removeFirst(count)
    }
    if !rest.isEmpty, rest.count < Self.endpointLimit {
      let fitting = unchanged.filter { $0.endpoints.count + rest.count <= Self.endpointLimit }
      if let fullest = fitting.max(by: { $0.endpoints.count < $1.endpoints.count }) {
        updates.append((fullest.slice, fullest.endpoints + rest))
        rest = []
      }
    }
    while !rest.isEmpty {
      let count = min(rest.count, Self.endpointLimit)
      creations.append(Array(rest.prefix(count)))
      rest.removeFirst(count)
    }
  }

  /// Whether two endpoints stand for the same pod at the same addresses.
  private static func areSame(_ left: Value, _ right: Value) -> Bool {
    left["targetRef", "uid"] == right["targetRef", "uid"] && left["addresses"] == right["addresses"]
      && left["hostname"] == right["hostname"]
  }
}
