import Tree

/// Merges one list of a strategic merge patch: objects by their key, scalars as a set; then puts them in order.
struct ListMerge {
  private let rule: MemberRule

  init(_ rule: MemberRule) { self.rule = rule }

  private var key: String { rule.mergeKey ?? "" }

  private var elementType: FieldType? {
    if case .list(let element, _)? = rule.type { element } else { nil }
  }

  // MARK: Merging

  func merge(_ patch: [Value], into original: [Value], isDeletion: Bool = false) throws(PatchError) -> [Value] {
    guard let sample = original.first ?? patch.first else { return original }
    switch sample {
    case .array: throw .listOfLists
    case .object: return try mergeObjects(patch, into: original)
    default:
      if isDeletion { return original.filter { !patch.contains($0) } }
      var merged: [Value] = []
      for element in original + patch where !merged.contains(element) { merged.append(element) }
      return ordered(merged, by: patch, original)
    }
  }

  /// Merges with an order that the patch gives for the whole list.
  func merge(_ patch: [Value]?, into original: [Value]?, order: [Value]) throws(PatchError) -> [Value] {
    let merged: [Value]
    switch (original, patch) {
    case (let original?, let patch?): merged = rule.merges ? try merge(patch, into: original) : patch
    case (let original?, nil): merged = original
    case (nil, let patch?): merged = StrategicMerge.withoutDirectives(.array(patch)).array ?? []
    case (nil, nil): merged = []
    }
    return ordered(merged, by: order, original ?? [])
  }

  private func mergeObjects(_ patch: [Value], into original: [Value]) throws(PatchError) -> [Value] {
    guard !key.isEmpty else { throw .listWithoutMergeKey(rule.name) }
    var server = original
    var changes: [Value] = []
    var replaces = false
    for element in patch {
      switch element[StrategicMerge.directive] {
      case nil: changes.append(element)
      case "delete":
        guard let value = element[key] else { throw .noMergeKey(key, in: element) }
        server.removeAll { $0[key] == value }
      case "replace": replaces = true
      case "merge": throw .mergedList
      case let directive?: throw .unknownDirective(directive, in: element)
      }
    }
    if replaces { return changes }
    var merged = server
    for change in changes { try merge(change, into: &merged) }
    return ordered(merged, by: changes, server)
  }

  private func merge(_ change: Value, into list: inout [Value]) throws(PatchError) {
    guard let value = change[key], case .object(let members) = change else { throw .noMergeKey(key, in: change) }
    if let index = list.firstIndex(where: { $0[key] == value }), case .object(let present) = list[index] {
      list[index] = .object(try StrategicMerge.merge(members, into: present, elementType))
    } else {
      list.append(StrategicMerge.withoutDirectives(change))
    }
  }

  // MARK: Order

  private func isSame(_ left: Value, _ right: Value) -> Bool {
    if case .object = left, case .object = right, !key.isEmpty { return left[key] == right[key] }
    return left == right
  }

  private func position(of element: Value, in order: [Value]) -> Int? {
    order.firstIndex { isSame($0, element) }
  }

  /// The elements that the patch names in its order, the others in the server's; where both speak, the server's order
  /// decides, and an element new to the server comes before those that follow.
  private func ordered(_ merged: [Value], by patchOrder: [Value], _ serverOrder: [Value]) -> [Value] {
    func sorted(_ elements: [Value], by order: [Value]) -> [Value] {
      let places = elements.map { position(of: $0, in: order) ?? Int.max }
      return elements.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { elements[$0] }
    }
    var named = sorted(merged.filter { position(of: $0, in: patchOrder) != nil }, by: patchOrder)[...]
    var others = sorted(merged.filter { position(of: $0, in: patchOrder) == nil }, by: serverOrder)[...]
    var result: [Value] = []
    while let other = others.first, let next = named.first {
      let places = (position(of: other, in: serverOrder), position(of: next, in: serverOrder))
      if let place = places.0, let nextPlace = places.1, place < nextPlace {
        result.append(other)
        others.removeFirst()
      } else {
        result.append(next)
        named.removeFirst()
      }
    }
    return result + others + named
  }

  /// Every element of a patch must stand in its `$setElementOrder` list, in the same order.
  func check(_ patch: [Value], against order: [Value]) throws(PatchError) {
    var rest = order[...]
    for element in patch where element[StrategicMerge.directive] == nil {
      if case .object = element, !key.isEmpty, element[key] == nil { throw .noMergeKey(key, in: element) }
      guard let index = rest.firstIndex(where: { isSame($0, element) }) else { throw .orderDiffers(patch, order) }
      rest = rest[(index + 1)...]
    }
  }
}
