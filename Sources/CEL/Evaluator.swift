/// One run of an expression.
struct Evaluator {
  private let variables: [String: CELValue]
  private let stepLimit: Int
  private(set) var steps = 0
  /// The macros' variables, outermost first.
  var locals: [CELValue] = []

  init(variables: [String: CELValue], steps: Int) {
    self.variables = variables
    stepLimit = steps
  }

  mutating func charge(_ cost: Int, at position: Position) throws(CELError) {
    steps += cost
    guard steps <= stepLimit else {
      throw CELError(.limit, "the expression takes more than \(stepLimit) steps", at: position)
    }
  }

  mutating func value(of expression: Expression) throws(CELError) -> CELValue {
    let position = expression.position
    try charge(1, at: position)
    switch expression.kind {
    case .literal(let value): return value
    case .local(let place): return locals[place]
    case .variable(let name):
      guard let value = variables[name] else {
        throw CELError(.unknownName, "there is no variable '\(name)'", at: position)
      }
      return value
    case .select(let target, let field, let isOptional):
      return try select(field, of: try value(of: target), isOptional: isOptional, at: position)
    case .has(let target, let field): return .bool(try has(field, in: try value(of: target), at: position))
    case .index(let target, let key, let isOptional):
      let container = try value(of: target)
      return try element(of: container, at: try value(of: key), isOptional: isOptional, position)
    case .not, .negate, .binary, .all, .any, .conditional: return try operation(expression)
    case .call(let function, let arguments): return try call(function, arguments, at: position)
    case .list(let elements): return try list(elements, at: position)
    case .map(let entries): return try map(entries, at: position)
    case .object(let type, let fields): return try object(type, fields)
    case .comprehension(let comprehension): return try run(comprehension, at: position)
    case .optionalMap(let target, let body, let isFlat):
      return try optionalMap(target, body: body, isFlat: isFlat, at: position)
    }
  }

  /// The boolean that an expression gives; an error where it gives something else.
  mutating func condition(_ expression: Expression) throws(CELError) -> Bool {
    let value = try value(of: expression)
    guard case .bool(let result) = value else {
      throw CELError(.noOverload, "a bool is needed here, but this is \(value.type.rawValue)", at: expression.position)
    }
    return result
  }

  // MARK: - Calls and literals

  private mutating func call(_ function: Function, _ arguments: [Expression], at position: Position)
    throws(CELError) -> CELValue
  {
    var values: [CELValue] = []
    for argument in arguments { values.append(try value(of: argument)) }
    try charge(function.cost(values), at: position)
    let result: CELValue?
    do { result = try function.body(values) } catch { throw error.placed(at: position) }
    guard let result else {
      let types = values.map(\.typeName).joined(separator: ", ")
      throw CELError(.noOverload, "\(function.name) does not take (\(types))", at: position)
    }
    try charge(result.weight, at: position)
    return result
  }

  private mutating func list(_ elements: [Expression.Element], at position: Position) throws(CELError) -> CELValue {
    var values: [CELValue] = []
    for element in elements {
      let value = try value(of: element.value)
      guard element.isOptional else {
        values.append(value)
        continue
      }
      if let present = try optional(value, at: element.value.position) { values.append(present) }
    }
    return .list(values)
  }

  private mutating func map(_ entries: [Expression.Entry], at position: Position) throws(CELError) -> CELValue {
    var builder = MapBuilder()
    for entry in entries {
      let key = try value(of: entry.key)
      let value = try value(of: entry.value)
      try charge(builder.count, at: position)
      if !entry.isOptional {
        try builder.add(key, value, at: entry.key.position)
      } else if let present = try optional(value, at: entry.value.position) {
        try builder.add(key, present, at: entry.key.position)
      }
    }
    return .map(builder.map)
  }

  private mutating func object(_ type: String, _ fields: [Expression.ObjectField]) throws(CELError) -> CELValue {
    var entries: [(String, CELValue)] = []
    for field in fields {
      let value = try value(of: field.value)
      if !field.isOptional {
        entries.append((field.name, value))
      } else if let present = try optional(value, at: field.value.position) {
        entries.append((field.name, present))
      }
    }
    return .map(CELMap(entries, typeName: type))
  }

  private func optional(_ value: CELValue, at position: Position) throws(CELError) -> CELValue? {
    guard case .optional(let content) = value else {
      throw CELError(.noOverload, "'?' needs an optional, but this is \(value.type.rawValue)", at: position)
    }
    return content
  }

  private mutating func optionalMap(_ target: Expression, body: Expression, isFlat: Bool, at position: Position)
    throws(CELError) -> CELValue
  {
    guard let content = try optional(try value(of: target), at: position) else { return .optional(nil) }
    locals.append(content)
    defer { locals.removeLast() }
    let result = try value(of: body)
    if !isFlat { return .optional(result) }
    return .optional(try optional(result, at: body.position))
  }
}

/// Collects a map's entries and refuses a second one of the same key.
struct MapBuilder {
  private var entries: [CELMap.Entry] = []

  var count: Int { entries.count }
  var map: CELMap { CELMap(distinct: entries) }

  mutating func add(_ key: CELValue, _ value: CELValue, at position: Position) throws(CELError) {
    switch key {
    case .string, .int, .uint, .bool: break
    default:
      throw CELError(.noOverload, "a map's key cannot be of type \(key.type.rawValue)", at: position)
    }
    guard !entries.contains(where: { equal($0.key, key) }) else {
      throw CELError(.duplicateKey, "the map has the key \(shown(key)) twice", at: position)
    }
    entries.append(CELMap.Entry(key: key, value: value))
  }
}

/// A key in an error message.
func shown(_ value: CELValue) -> String {
  switch value {
  case .string(let text): "'\(text)'"
  case .int(let number): "\(number)"
  case .uint(let number): "\(number)u"
  case .double(let number): "\(number)"
  case .bool(let flag): "\(flag)"
  default: value.type.rawValue
  }
}
