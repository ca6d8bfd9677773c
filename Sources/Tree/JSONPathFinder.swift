/// Follows a template's steps through a value.
struct JSONPathFinder {
  typealias TemplateError = JSONPath.TemplateError

  let root: Value
  /// Whether a key that is not there gives nothing, rather than an error.
  let allowsMissing: Bool

  func find(_ steps: [JSONPath.Step], in values: [Value]) throws(TemplateError) -> [Value] {
    var values = values
    for step in steps { values = try apply(step, to: values) }
    return values
  }

  private func apply(_ step: JSONPath.Step, to values: [Value]) throws(TemplateError) -> [Value] {
    switch step {
    case .root: return [root]
    case .current: return values
    case .literal(let value): return [value]
    case .field(let name): return try field(name, of: values)
    case .wildcard: return values.flatMap(children)
    case .recursive: return values.flatMap(descendants)
    case .slice(let slice): return try self.slice(slice, of: values)
    case .filter(let filter): return try self.filter(filter, values)
    case .union(let parts):
      var found: [Value] = []
      for part in parts { found += try find(part, in: values) }
      return found
    }
  }

  private func children(_ value: Value) -> [Value] {
    switch value {
    case .array(let elements): elements
    case .object(let members): members.map(\.value)
    default: []
    }
  }

  /// The value and everything in it that has parts itself.
  private func descendants(_ value: Value) -> [Value] {
    let children = children(value)
    return children.isEmpty ? [] : [value] + children.flatMap(descendants)
  }

  private func field(_ name: String, of values: [Value]) throws(TemplateError) -> [Value] {
    var found: [Value] = []
    for value in values {
      if let member = value[name] {
        found.append(member)
      } else if !allowsMissing {
        throw TemplateError("\(name) is not found")
      }
    }
    return found
  }

  private func slice(_ slice: JSONPath.Slice, of values: [Value]) throws(TemplateError) -> [Value] {
    var found: [Value] = []
    for value in values {
      if value.isNull, allowsMissing { continue }
      guard let elements = value.array else { throw TemplateError("\(JSONPath.text(value)) is not array or slice") }
      found += try part(slice, of: elements)
    }
    return found
  }

  private func part(_ slice: JSONPath.Slice, of elements: [Value]) throws(TemplateError) -> [Value] {
    let count = elements.count
    var start = slice.start ?? 0
    if start < 0 { start += count }
    if slice.isIndex {
      guard elements.indices.contains(start) else {
        throw TemplateError("array index out of bounds: index \(slice.start ?? 0), length \(count)")
      }
      return [elements[start]]
    }
    var end = slice.end ?? count
    if end < 0 { end += count }
    end = Swift.min(end, count)
    start = Swift.max(start, 0)
    let stride = slice.stride ?? 1
    if stride <= 0 { throw TemplateError("step must be > 0") }
    if start >= end { return [] }
    return Swift.stride(from: start, to: end, by: stride).map { elements[$0] }
  }

  private func filter(_ filter: JSONPath.Filter, _ values: [Value]) throws(TemplateError) -> [Value] {
    var found: [Value] = []
    let lenient = JSONPathFinder(root: root, allowsMissing: true)
    for value in values {
      for element in children(value) where try lenient.matches(filter, element) { found.append(element) }
    }
    return found
  }

  private func matches(_ filter: JSONPath.Filter, _ element: Value) throws(TemplateError) -> Bool {
    let left = try find(filter.left, in: [element])
    guard let comparison = filter.comparison else { return !left.isEmpty }
    let right = try find(filter.right, in: [element])
    if left.isEmpty || right.isEmpty { return false }
    if left.count > 1 || right.count > 1 { throw TemplateError("can only compare one element at a time") }
    return try compare(left[0], comparison, right[0])
  }

  private func compare(_ left: Value, _ comparison: String, _ right: Value) throws(TemplateError) -> Bool {
    switch comparison {
    case "==": return equals(left, right)
    case "!=": return !equals(left, right)
    default: break
    }
    let isLess: Bool
    if let left = left.number, let right = right.number {
      isLess = left < right
    } else if let left = left.string, let right = right.string {
      isLess = left < right
    } else {
      throw TemplateError("incompatible types for comparison")
    }
    switch comparison {
    case "<": return isLess
    case "<=": return isLess || equals(left, right)
    case ">": return !isLess && !equals(left, right)
    default: return !isLess
    }
  }

  private func equals(_ left: Value, _ right: Value) -> Bool {
    if let left = left.number, let right = right.number { return left == right }
    return left == right
  }
}
