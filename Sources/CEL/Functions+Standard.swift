/// The functions of the language definition that are neither conversions nor about times.
let standardFunctions: [Function] = [
  .global("size", 1) { (arguments) throws(CELError) in size(arguments[0]) },
  .method("size") { (arguments) throws(CELError) in size(arguments[0]) },
  .method("contains", 1...1) { (arguments) throws(CELError) in
    guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(find(Array(part.utf8), in: Array(text.utf8)) != nil)
  },
  .method("startsWith", 1...1) { (arguments) throws(CELError) in
    guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(text.utf8.starts(with: part.utf8))
  },
  .method("endsWith", 1...1) { (arguments) throws(CELError) in
    guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
    return .bool(text.utf8.reversed().starts(with: part.utf8.reversed()))
  },
  .global("type", 1) { (arguments) throws(CELError) in .type(arguments[0].type) },
  .global("dyn", 1) { (arguments) throws(CELError) in arguments[0] },
]

/// Code points of a string, bytes, elements or entries.
private func size(_ value: CELValue) -> CELValue? {
  switch value {
  case .string(let text): .int(Int64(text.unicodeScalars.count))
  case .bytes(let bytes): .int(Int64(bytes.count))
  case .list(let elements): .int(Int64(elements.count))
  case .map(let map): .int(Int64(map.count))
  default: nil
  }
}

/// Where a part first occurs, at or after an index.
func find<T: Equatable>(_ part: [T], in whole: [T], from start: Int = 0) -> Int? {
  guard part.count <= whole.count else { return nil }
  var index = start
  while index + part.count <= whole.count {
    if whole[index..<index + part.count].elementsEqual(part) { return index }
    index += 1
  }
  return nil
}
