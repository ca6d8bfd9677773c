/// Operators.
extension Evaluator {
  mutating func operation(_ expression: Expression) throws(CELError) -> CELValue {
    let position = expression.position
    switch expression.kind {
    case .not(let operand): return .bool(!(try condition(operand)))
    case .negate(let operand):
      let value = try value(of: operand)
      guard let result = try placed(position, { () throws(CELError) in try negated(value) }) else {
        throw CELError(.noOverload, "'-' does not take \(value.type.rawValue)", at: position)
      }
      return result
    case .all(let operands): return .bool(try join(operands, decisive: false))
    case .any(let operands): return .bool(try join(operands, decisive: true))
    case .conditional(let condition, let yes, let no):
      return try self.condition(condition) ? try value(of: yes) : try value(of: no)
    case .binary(let symbol, let left, let right):
      return try binary(symbol, try value(of: left), try value(of: right), at: position)
    default: return .null
    }
  }

  /// `&&` and `||`: one operand that decides makes the others' errors not matter, wherever it stands.
  private mutating func join(_ operands: [Expression], decisive: Bool) throws(CELError) -> Bool {
    var failure: CELError?
    for operand in operands {
      do {
        if try condition(operand) == decisive { return decisive }
      } catch {
        if error.kind == .limit { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return !decisive
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue, at position: Position
  ) throws(CELError) -> CELValue {
    try charge(left.weight + right.weight, at: position)
    let result: CELValue?
    switch symbol {
    case .equal: result = .bool(equal(left, right))
    case .unequal: result = .bool(!equal(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: result = compared(symbol, left, right)
    case .isIn: result = contained(left, in: right)
    case .add, .subtract, .multiply, .divide, .remainder:
      result = try placed(position) { () throws(CELError) in try arithmetic(symbol, left, right) }
    }
    guard let result else {
      let types = "\(left.type.rawValue) and \(right.type.rawValue)"
      throw CELError(.noOverload, "'\(symbol.rawValue)' does not take \(types)", at: position)
    }
    return result
  }

  private func placed<T>(_ position: Position, _ body: () throws(CELError) -> T) throws(CELError) -> T {
    do { return try body() } catch { throw error.placed(at: position) }
  }
}

private func compared(_ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue) -> CELValue? {
  guard let order = Order(left, right) else { return nil }
  switch symbol {
  case .less: return .bool(order == .before)
  case .lessOrEqual: return .bool(order == .before || order == .same)
  case .greater: return .bool(order == .after)
  default: return .bool(order == .after || order == .same)
  }
}

private func contained(_ element: CELValue, in container: CELValue) -> CELValue? {
  switch container {
  case .list(let elements): .bool(elements.contains { equal($0, element) })
  case .map(let map): .bool(map.value(at: element) != nil)
  default: nil
  }
}
