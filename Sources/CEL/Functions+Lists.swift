/// Kubernetes' list functions and the functions over lists as sets. `indexOf` stands with the strings'.
let listFunctions: [Function] = [
  .method("isSorted") { (arguments) throws(CELError) in
    guard case .list(let elements) = arguments[0] else { return nil }
    for (left, right) in zip(elements, elements.dropFirst()) {
      guard let order = Order(left, right) else { return nil }
      if order == .after { return .bool(false) }
    }
    return .bool(true)
  },
  .method("sum") { (arguments) throws(CELError) in
    guard case .list(let elements) = arguments[0] else { return nil }
    guard var sum = elements.first else { return .int(0) }
    for element in elements.dropFirst() {
      guard let next = try arithmetic(.add, sum, element), next.type != .string, next.type != .list else { return nil }
      sum = next
    }
    return sum
  },
  .method("min") { (arguments) throws(CELError) in try extreme(arguments[0], "min", .before) },
  .method("max") { (arguments) throws(CELError) in try extreme(arguments[0], "max", .after) },
  .global("sets.contains", 2) { (arguments) throws(CELError) in
    guard case (.list(let whole), .list(let part)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(isSubset(part, of: whole))
  }.costingProduct,
  .global("sets.equivalent", 2) { (arguments) throws(CELError) in
    guard case (.list(let left), .list(let right)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(isSubset(left, of: right) && isSubset(right, of: left))
  }.costingProduct,
  .global("sets.intersects", 2) { (arguments) throws(CELError) in
    guard case (.list(let left), .list(let right)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(left.contains { element in right.contains { equal($0, element) } })
  }.costingProduct,
]

extension Function {
  /// This function, charged for comparing every element with every other.
  fileprivate var costingProduct: Function {
    Function(
      name: name, isMethod: isMethod, count: count, cost: { ($0[0].weight + 1) * ($0[1].weight + 1) }, body: body)
  }
}

private func extreme(_ list: CELValue, _ name: String, _ wanted: Order) throws(CELError) -> CELValue? {
  guard case .list(let elements) = list else { return nil }
  guard var best = elements.first else { throw CELError(.outOfRange, "\(name)() of an empty list") }
  for element in elements.dropFirst() {
    guard let order = Order(element, best) else { return nil }
    if order == wanted { best = element }
  }
  return best
}

private func isSubset(_ part: [CELValue], of whole: [CELValue]) -> Bool {
  part.allSatisfy { element in whole.contains { equal($0, element) } }
}
