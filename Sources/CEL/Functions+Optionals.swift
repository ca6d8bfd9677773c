/// Optional values: `x.?y.orValue(z)` and what belongs to it.
let optionalFunctions: [Function] = [
  .global("optional.of", 1) { (arguments) throws(CELError) in .optional(arguments[0]) },
  .global("optional.none", 0) { (arguments) throws(CELError) in .optional(nil) },
  .global("optional.ofNonZeroValue", 1) { (arguments) throws(CELError) in
    .optional(isZero(arguments[0]) ? nil : arguments[0])
  },
  .method("hasValue") { (arguments) throws(CELError) in
    guard case .optional(let content) = arguments[0] else { return nil }
    return .bool(content != nil)
  },
  .method("value") { (arguments) throws(CELError) in
    guard case .optional(let content) = arguments[0] else { return nil }
    guard let content else { throw CELError(.noValue, "the optional has no value") }
    return content
  },
  .method("orValue", 1...1) { (arguments) throws(CELError) in
    guard case .optional(let content) = arguments[0] else { return nil }
    return content ?? arguments[1]
  },
  .method("or", 1...1) { (arguments) throws(CELError) in
    guard case (.optional(let content), .optional) = (arguments[0], arguments[1]) else { return nil }
    return content == nil ? arguments[1] : arguments[0]
  },
]

private func isZero(_ value: CELValue) -> Bool {
  switch value {
  case .null: true
  case .bool(let flag): !flag
  case .int(let number): number == 0
  case .uint(let number): number == 0
  case .double(let number): number == 0
  case .string(let text): text.isEmpty
  case .bytes(let bytes): bytes.isEmpty
  case .list(let elements): elements.isEmpty
  case .map(let map): map.count == 0
  case .duration(let length): length.nanoseconds == 0
  case .timestamp, .type, .object: false
  case .optional(let content): content == nil
  }
}
