/// Fields, keys and indexes.
extension Evaluator {
  func select(_ field: String, of target: CELValue, isOptional: Bool, at position: Position) throws(CELError)
    -> CELValue
  {
    switch target {
    case .map(let map):
      let found = map.value(named: field)
      if isOptional { return .optional(found) }
      guard let found else { throw CELError(.noSuchKey, "no such key: \(field)", at: position) }
      return found
    case .optional(let content):
      guard let content else { return target }
      // A field of an optional's value is optional too, however it is written.
      return try select(field, of: content, isOptional: true, at: position)
    case .object(let object):
      guard let value = object.member(field) else { fallthrough }
      return value
    default:
      throw CELError(.noOverload, "\(target.type.rawValue) has no field '\(field)'", at: position)
    }
  }

  func has(_ field: String, in target: CELValue, at position: Position) throws(CELError) -> Bool {
    switch target {
    case .map(let map): return map.value(named: field) != nil
    case .optional(nil): return false
    case .optional(let content?): return try has(field, in: content, at: position)
    default: throw CELError(.noOverload, "\(target.type.rawValue) has no fields", at: position)
    }
  }

  mutating func element(of container: CELValue, at key: CELValue, isOptional: Bool, _ position: Position)
    throws(CELError) -> CELValue
  {
    switch container {
    case .optional(nil): return container
    case .optional(let content?): return try element(of: content, at: key, isOptional: true, position)
    case .map(let map):
      try charge(map.count / 10, at: position)
      let found = map.value(at: key)
      if isOptional { return .optional(found) }
      guard let found else { throw CELError(.noSuchKey, "no such key: \(shown(key))", at: position) }
      return found
    case .list(let elements):
      guard let index = Self.index(key) else {
        throw CELError(.noOverload, "a list's index cannot be of type \(key.type.rawValue)", at: position)
      }
      let isInside = elements.indices.contains(index)
      if isOptional { return .optional(isInside ? elements[index] : nil) }
      guard isInside else {
        throw CELError(.outOfRange, "index \(index) is outside the list of \(elements.count)", at: position)
      }
      return elements[index]
    default:
      throw CELError(.noOverload, "\(container.type.rawValue) has no elements", at: position)
    }
  }

  private static func index(_ key: CELValue) -> Int? {
    switch key {
    case .int(let value): Int(value)
    case .uint(let value): Int(exactly: value) ?? Int.max
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }
}
