/// JSON Merge Patch (RFC 7386): an object whose members replace, and whose nulls remove.
///
///     MergePatch.apply(["spec": ["replicas": 3], "status": .null], to: deployment)
package enum MergePatch {
  /// The value after the patch.
  package static func apply(_ patch: Value, to value: Value) -> Value {
    guard case .object(let changes) = patch else { return patch }
    var result = value.object == nil ? .object(Members()) : value
    for change in changes {
      if change.value.isNull {
        result[change.key] = nil
      } else {
        result[change.key] = apply(change.value, to: result[change.key] ?? .null)
      }
    }
    return result
  }

  /// The smallest patch that makes `after` of `before`; an empty object if they are equal.
  ///
  /// A null in `after` cannot be said by a merge patch: it reads as a removal.
  package static func create(from before: Value, to after: Value) -> Value {
    guard case .object(let old) = before, case .object(let new) = after else { return after }
    var patch = Members()
    for member in old where new[member.key] == nil { patch[member.key] = .null }
    for member in new {
      guard let present = old[member.key] else {
        patch[member.key] = member.value
        continue
      }
      if present == member.value { continue }
      patch[member.key] = create(from: present, to: member.value)
    }
    return .object(patch)
  }
}
