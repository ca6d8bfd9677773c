import Tree

/// Totals that only grow, or count anew from 0: what is above the status's is still to be done.
enum Growth {
  static func errors(_ field: String, from old: Int64, to new: Int64, limit: Int64) -> [FieldError] {
    // What is below zero is refused by the field's declaration.
    guard new > 0 else { return [] }
    if new < old {
      return [
        .invalid(field, .integer(new), "must be 0 or not less than \(old): it is a total, which grows or counts anew")
      ]
    }
    guard new - max(old, 0) > limit else { return [] }
    return [.invalid(field, .integer(new), "must not grow by more than \(limit) in one change: it is \(old) now")]
  }
}
