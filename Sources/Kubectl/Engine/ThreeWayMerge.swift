import Tree

/// Computes what `kubectl apply` sends: additions and changes of the file against the live object, and deletions of the
/// file against what was applied last (strategic merge patch, or JSON merge patch where the schema tells nothing).
struct ThreeWayMerge {
  let facts: MergeFacts

  /// The patch; an empty object if nothing is to be changed.
  func patch(original: Value, modified: Value, current: Value) -> Value {
    object(original, modified, current, facts.top)
  }

  private func object(_ original: Value, _ modified: Value, _ current: Value, _ place: MergeFacts.Place) -> Value {
    var patch = Members()
    for member in modified.object ?? Members() {
      let key = member.key
      let field = place[key]
      let before = current[key]
      switch (member.value, before) {
      case (.object, .object?):
        let change = object(original[key] ?? [:], member.value, before ?? [:], field)
        if change != [:] { patch[key] = retaining(change, member.value, field) }
      case (.array(let new), .array(let old)?) where field.merges && facts.isStrategic:
        merge(original[key]?.array ?? [], new, old, key, field, into: &patch)
      case (.null, nil): break
      default:
        if before != member.value { patch[key] = member.value }
      }
    }
    for member in original.object ?? Members() where modified[member.key] == nil && current[member.key] != nil {
      patch[member.key] = .null
    }
    return .object(patch)
  }

  /// A change of a field whose other keys must go: `$retainKeys` names those that stay.
  private func retaining(_ change: Value, _ modified: Value, _ place: MergeFacts.Place) -> Value {
    guard facts.isStrategic, place.retainsKeys else { return change }
    var change = change
    change["$retainKeys"] = .array((modified.object?.keys ?? []).sorted().map { .string($0) })
    return change
  }

  private func merge(
    _ original: [Value], _ modified: [Value], _ current: [Value], _ name: String, _ place: MergeFacts.Place,
    into patch: inout Members
  ) {
    guard let key = place.key else { return mergePlain(original, modified, current, name, into: &patch) }
    func find(_ element: Value, in list: [Value]) -> Value? { list.first { $0[key] == element[key] } }
    var changes: [Value] = []
    for element in modified {
      guard let present = find(element, in: current) else {
        changes.append(element)
        continue
      }
      var change = object(find(element, in: original) ?? [:], element, present, place.elements)
      if change == [:] { continue }
      change = retaining(change, element, place)
      change[key] = element[key]
      changes.append(change)
    }
    for element in original where find(element, in: modified) == nil && find(element, in: current) != nil {
      changes.append(["$patch": "delete", key: element[key] ?? .null])
    }
    let order = modified.map { Value.object(Members([(key, $0[key] ?? .null)])) }
    let present = current.compactMap { $0[key] }.filter { value in modified.contains { $0[key] == value } }
    let isReordered = present != modified.compactMap { $0[key] }.filter { present.contains($0) }
    if changes.isEmpty, !isReordered { return }
    patch["$setElementOrder/" + name] = .array(order)
    if !changes.isEmpty { patch[name] = .array(changes) }
  }

  private func mergePlain(
    _ original: [Value], _ modified: [Value], _ current: [Value], _ name: String, into patch: inout Members
  ) {
    let added = modified.filter { !current.contains($0) }
    let removed = original.filter { !modified.contains($0) && current.contains($0) }
    if added.isEmpty, removed.isEmpty { return }
    patch["$setElementOrder/" + name] = .array(modified)
    if !removed.isEmpty { patch["$deleteFromPrimitiveList/" + name] = .array(removed) }
    if !added.isEmpty { patch[name] = .array(added) }
  }
}
