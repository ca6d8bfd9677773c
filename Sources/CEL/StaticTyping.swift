/// What type an expression's value has, as far as that is certain before it runs.
package enum StaticType: String, Sendable {
  case boolean = "bool"
  case integer = "int"
  case unsigned = "uint"
  case real = "double"
  case text = "string"
  case bytes = "bytes"
  case null = "null"
  case timestamp = "timestamp"
  case duration = "duration"
  case list
  case map
  /// Known only when it runs.
  case uncertain = "dyn"

  /// Whether errors can name it: lists and maps have names that say what is in them.
  fileprivate var isScalar: Bool { ![.list, .map, .uncertain].contains(self) }
  fileprivate var isNumber: Bool { [.integer, .unsigned, .real].contains(self) }
}

extension Program {
  /// The type of the expression's value, and the first operator whose operands cannot fit.
  ///
  /// - Parameter type: of a variable's field, by its path: `["self", "replicas"]`.
  package func typing(_ type: ([String]) -> StaticType) -> (type: StaticType, error: CELError?) {
    withoutActuallyEscaping(type) { type in
      var typing = StaticTyping(typeOf: type)
      let result = typing.type(of: root)
      return (result, typing.error)
    }
  }
}

/// Goes through an expression as cel-go's checker does, where the types of both operands are certain.
private struct StaticTyping {
  let typeOf: ([String]) -> StaticType
  var error: CELError?

  mutating func type(of expression: Expression) -> StaticType {
    switch expression.kind {
    case .literal(let value): return Self.type(of: value)
    case .variable(let name): return typeOf([name])
    case .select(let base, let field, let isOptional):
      if !isOptional, let path = Self.path(of: base) { return typeOf(path + [field]) }
      _ = type(of: base)
      return .uncertain
    case .has(let base, _):
      _ = type(of: base)
      return .boolean
    case .not(let operand): return logical("!_", [operand], at: expression.position)
    case .all(let operands): return logical("_&&_", operands, at: expression.position)
    case .any(let operands): return logical("_||_", operands, at: expression.position)
    case .negate(let operand): return type(of: operand)
    case .binary(let sign, let left, let right): return binary(sign, left, right, at: expression.position)
    case .conditional(let condition, let one, let other):
      _ = type(of: condition)
      let (first, second) = (type(of: one), type(of: other))
      return first == second ? first : .uncertain
    default: return compound(expression)
    }
  }

  private mutating func compound(_ expression: Expression) -> StaticType {
    switch expression.kind {
    case .call(let function, let arguments):
      for argument in arguments { _ = type(of: argument) }
      return Self.results[function.name] ?? .uncertain
    case .list(let elements):
      for element in elements { _ = type(of: element.value) }
      return .list
    case .map(let entries):
      for entry in entries {
        _ = type(of: entry.key)
        _ = type(of: entry.value)
      }
      return .map
    case .index(let base, let index, _):
      _ = type(of: base)
      _ = type(of: index)
      return .uncertain
    case .comprehension(let macro):
      _ = type(of: macro.range)
      if let filter = macro.filter { _ = type(of: filter) }
      _ = type(of: macro.body)
      switch macro.form {
      case .all, .exists, .existsOne: return .boolean
      case .map, .filter, .transformList: return .list
      case .transformMap, .transformMapEntry: return .map
      }
    default: return .uncertain
    }
  }

  /// Functions of one result, whatever they are called with.
  private static let results: [String: StaticType] = [
    "size": .integer, "contains": .boolean, "startsWith": .boolean, "endsWith": .boolean, "matches": .boolean,
    "string": .text, "int": .integer, "uint": .unsigned, "double": .real, "bool": .boolean, "bytes": .bytes,
    "timestamp": .timestamp, "duration": .duration, "lowerAscii": .text, "upperAscii": .text, "trim": .text,
    "isURL": .boolean, "isQuantity": .boolean, "isIP": .boolean, "isCIDR": .boolean, "isSorted": .boolean,
    "indexOf": .integer, "lastIndexOf": .integer, "split": .list, "join": .text,
  ]

  private mutating func logical(_ name: String, _ operands: [Expression], at position: Position) -> StaticType {
    let types = operands.map { type(of: $0) }
    let isWrong = types.contains { $0 != .boolean && $0 != .uncertain }
    if isWrong { refuse(name, types, at: position) }
    return .boolean
  }

  private mutating func binary(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, at position: Position
  ) -> StaticType {
    let (one, other) = (type(of: left), type(of: right))
    let areKnown = one.isScalar && other.isScalar
    switch sign {
    case .isIn: return .boolean
    case .equal, .unequal:
      if areKnown, one != other { refuse("_\(sign.rawValue)_", [one, other], at: position) }
      return .boolean
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let fits = one == other && one != .null || one.isNumber && other.isNumber
      if areKnown, !fits { refuse("_\(sign.rawValue)_", [one, other], at: position) }
      return .boolean
    default:
      guard areKnown else { return one == other ? one : .uncertain }
      if let result = Self.result(sign, one, other) { return result }
      refuse("_\(sign.rawValue)_", [one, other], at: position)
      return .uncertain
    }
  }

  /// What calculating with two types gives; nil where that cannot be done.
  private static func result(_ sign: BinaryOperator, _ one: StaticType, _ other: StaticType) -> StaticType? {
    switch (one, other) {
    case (.integer, .integer), (.unsigned, .unsigned): return one
    case (.real, .real): return sign == .remainder ? nil : one
    case (.text, .text), (.bytes, .bytes): return sign == .add ? one : nil
    case (.timestamp, .duration): return [.add, .subtract].contains(sign) ? .timestamp : nil
    case (.duration, .timestamp): return sign == .add ? .timestamp : nil
    case (.duration, .duration): return [.add, .subtract].contains(sign) ? .duration : nil
    case (.timestamp, .timestamp): return sign == .subtract ? .duration : nil
    default: return nil
    }
  }

  private mutating func refuse(_ name: String, _ types: [StaticType], at position: Position) {
    guard error == nil, types.allSatisfy({ $0.isScalar }) else { return }
    let shown = types.map(\.rawValue).joined(separator: ", ")
    error = CELError(
      .noOverload, "found no matching overload for '\(name)' applied to '(\(shown))'", at: position)
  }

  /// `self.a.b` as a path; nil for what is no variable's field.
  private static func path(of expression: Expression) -> [String]? {
    switch expression.kind {
    case .variable(let name): [name]
    case .select(let base, let field, isOptional: false): path(of: base).map { $0 + [field] }
    default: nil
    }
  }

  private static func type(of value: CELValue) -> StaticType {
    switch value {
    case .null: .null
    case .bool: .boolean
    case .int: .integer
    case .uint: .unsigned
    case .double: .real
    case .string: .text
    case .bytes: .bytes
    case .list: .list
    case .map: .map
    case .timestamp: .timestamp
    case .duration: .duration
    default: .uncertain
    }
  }
}
