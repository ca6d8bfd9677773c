/// The macros over lists and maps.
extension Evaluator {
  mutating func run(_ comprehension: Comprehension, at position: Position) throws(CELError) -> CELValue {
    let items = try items(of: comprehension)
    let depth = locals.count
    defer { locals.removeLast(locals.count - depth) }
    switch comprehension.form {
    case .all: return .bool(try quantify(comprehension, items, decisive: false))
    case .exists: return .bool(try quantify(comprehension, items, decisive: true))
    case .existsOne:
      var count = 0
      for item in items where try holds(comprehension.body, for: item) { count += 1 }
      return .bool(count == 1)
    case .filter:
      var kept: [CELValue] = []
      for item in items where try holds(comprehension.body, for: item) { kept.append(item[0]) }
      return .list(kept)
    case .map, .transformList:
      var results: [CELValue] = []
      for item in items where try passes(comprehension.filter, item) {
        results.append(try value(of: comprehension.body, for: item))
      }
      return .list(results)
    case .transformMap, .transformMapEntry: return try transformMap(comprehension, items, at: position)
    }
  }

  /// What the variables are bound to, one round after the other.
  private mutating func items(of comprehension: Comprehension) throws(CELError) -> [[CELValue]] {
    let range = try value(of: comprehension.range)
    let hasTwo = comprehension.variableCount == 2
    switch range {
    case .list(let elements):
      return hasTwo ? elements.enumerated().map { [.int(Int64($0.offset)), $0.element] } : elements.map { [$0] }
    case .map(let map): return map.entries.map { hasTwo ? [$0.key, $0.value] : [$0.key] }
    default:
      let form = comprehension.form.rawValue
      throw CELError(
        .noOverload, "\(form)() goes over a list or a map, but this is \(range.type.rawValue)",
        at: comprehension.range.position)
    }
  }

  private mutating func value(of body: Expression, for item: [CELValue]) throws(CELError) -> CELValue {
    locals.append(contentsOf: item)
    defer { locals.removeLast(item.count) }
    return try value(of: body)
  }

  private mutating func holds(_ body: Expression, for item: [CELValue]) throws(CELError) -> Bool {
    locals.append(contentsOf: item)
    defer { locals.removeLast(item.count) }
    return try condition(body)
  }

  private mutating func passes(_ filter: Expression?, _ item: [CELValue]) throws(CELError) -> Bool {
    guard let filter else { return true }
    return try holds(filter, for: item)
  }

  /// `all` and `exists`: as a chain of `&&` or `||`, one round that decides makes other rounds' errors not matter.
  private mutating func quantify(_ comprehension: Comprehension, _ items: [[CELValue]], decisive: Bool)
    throws(CELError) -> Bool
  {
    var failure: CELError?
    for item in items {
      do {
        if try holds(comprehension.body, for: item) == decisive { return decisive }
      } catch {
        if error.kind == .limit { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return !decisive
  }

  private mutating func transformMap(_ comprehension: Comprehension, _ items: [[CELValue]], at position: Position)
    throws(CELError) -> CELValue
  {
    var builder = MapBuilder()
    for item in items where try passes(comprehension.filter, item) {
      let result = try value(of: comprehension.body, for: item)
      try charge(builder.count, at: position)
      if comprehension.form == .transformMap {
        try builder.add(item[0], result, at: position)
        continue
      }
      guard case .map(let entries) = result else {
        throw CELError(.noOverload, "transformMapEntry() needs a map for each entry", at: position)
      }
      for entry in entries.entries { try builder.add(entry.key, entry.value, at: position) }
    }
    return .map(builder.map)
  }
}
