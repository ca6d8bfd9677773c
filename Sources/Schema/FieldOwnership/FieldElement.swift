/// One step of a path through an object: a member, a list's element by what tells it apart, or a place.
///
/// The text of `key` and `value` is JSON, as FieldsV1 has it (Kubernetes API reference, "FieldsV1 v1 meta").
package enum FieldElement: Sendable, Hashable {
  /// A member of an object: `f:spec`.
  case field(String)
  /// A list's object by its keys, sorted by name: `k:{"name":"web"}`.
  case key(String)
  /// A set's scalar: `v:"kubernetes.io/pv-protection"`.
  case value(String)
  /// A place in a list: `i:0`.
  case index(Int)
}

extension FieldElement: Comparable {
  package static func < (left: FieldElement, right: FieldElement) -> Bool {
    switch (left, right) {
    case (.field(let left), .field(let right)), (.key(let left), .key(let right)),
      (.value(let left), .value(let right)):
      left < right
    case (.index(let left), .index(let right)): left < right
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .field: 0
    case .key: 1
    case .value: 2
    case .index: 3
    }
  }
}
