/// Arithmetic over two values; nil where the types do not go together. Integers that overflow are errors.
func arithmetic(_ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue? {
  switch (left, right) {
  case (.int(let left), .int(let right)): return .int(try integer(symbol, left, right))
  case (.uint(let left), .uint(let right)): return .uint(try integer(symbol, left, right))
  case (.double(let left), .double(let right)): return double(symbol, left, right).map(CELValue.double)
  case (.timestamp, _), (.duration, _): return try time(symbol, left, right)
  case (.string(let left), .string(let right)) where symbol == .add:
    try checkLength(left.utf8.count + right.utf8.count)
    return .string(left + right)
  case (.bytes(let left), .bytes(let right)) where symbol == .add:
    try checkLength(left.count + right.count)
    return .bytes(left + right)
  case (.list(let left), .list(let right)) where symbol == .add: return .list(left + right)
  default: return nil
  }
}

/// Refuses to make a string longer than the limit.
func checkLength(_ bytes: Int) throws(CELError) {
  guard bytes <= CEL.stringBytesLimit else {
    throw CELError(.limit, "a string would have \(bytes) bytes; at most \(CEL.stringBytesLimit) are allowed")
  }
}

func negated(_ value: CELValue) throws(CELError) -> CELValue? {
  switch value {
  case .int(let number):
    guard number != .min else { throw overflow }
    return .int(-number)
  case .double(let number): return .double(-number)
  case .duration(let duration):
    return .duration(CELDuration(nanoseconds: try integer(.subtract, 0, duration.nanoseconds)))
  default: return nil
  }
}

private let overflow = CELError(.overflow, "the result does not fit 64 bits")

private func integer<T: FixedWidthInteger>(_ symbol: BinaryOperator, _ left: T, _ right: T) throws(CELError) -> T {
  let result: (partialValue: T, overflow: Bool)
  switch symbol {
  case .add: result = left.addingReportingOverflow(right)
  case .subtract: result = left.subtractingReportingOverflow(right)
  case .multiply: result = left.multipliedReportingOverflow(by: right)
  default:
    guard right != 0 else { throw CELError(.divisionByZero, "division by zero") }
    result =
      symbol == .divide ? left.dividedReportingOverflow(by: right) : left.remainderReportingOverflow(dividingBy: right)
  }
  guard !result.overflow else { throw overflow }
  return result.partialValue
}

private func double(_ symbol: BinaryOperator, _ left: Double, _ right: Double) -> Double? {
  switch symbol {
  case .add: left + right
  case .subtract: left - right
  case .multiply: left * right
  case .divide: left / right
  default: nil
  }
}

private func time(_ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue? {
  switch (symbol, left, right) {
  case (.add, .duration(let left), .duration(let right)), (.subtract, .duration(let left), .duration(let right)):
    return .duration(CELDuration(nanoseconds: try integer(symbol, left.nanoseconds, right.nanoseconds)))
  case (.add, .timestamp(let moment), .duration(let length)), (.add, .duration(let length), .timestamp(let moment)):
    return .timestamp(try moved(moment, by: length.nanoseconds))
  case (.subtract, .timestamp(let moment), .duration(let length)):
    return .timestamp(try moved(moment, by: try integer(.subtract, 0, length.nanoseconds)))
  case (.subtract, .timestamp(let left), .timestamp(let right)):
    let seconds = try integer(.multiply, left.seconds - right.seconds, 1_000_000_000)
    let rest = Int64(left.nanoseconds) - Int64(right.nanoseconds)
    return .duration(CELDuration(nanoseconds: try integer(.add, seconds, rest)))
  default: return nil
  }
}

private func moved(_ moment: CELTimestamp, by nanoseconds: Int64) throws(CELError) -> CELTimestamp {
  let seconds = nanoseconds / 1_000_000_000
  let rest = nanoseconds % 1_000_000_000 + Int64(moment.nanoseconds)
  guard let result = CELTimestamp(seconds: moment.seconds + seconds, nanoseconds: rest) else {
    throw CELError(.overflow, "the time lies outside the years 1 to 9999")
  }
  return result
}
