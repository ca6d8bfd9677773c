import Tree

/// `--sort-by`.
enum Sorting {
  static func path(_ expression: String) throws(Failure) -> JSONPath? {
    if expression.isEmpty { return nil }
    do {
      return try JSONPath(relaxed: expression)
    } catch {
      throw .error(error.message)
    }
  }

  /// Elements in the order of what the path finds in their objects; those in which it finds nothing come first.
  static func sort<Element>(
    _ elements: [Element], by path: JSONPath, _ expression: String, object: (Element) -> Value
  ) throws(Failure) -> [Element] {
    var keyed: [(element: Element, key: Value?)] = []
    for element in elements {
      do {
        keyed.append((element, try path.results(in: object(element)).first))
      } catch {
        throw .error(error.message)
      }
    }
    if !keyed.isEmpty, keyed.allSatisfy({ $0.key == nil }) {
      throw .error("couldn't find any field with path \(quoted(expression)) in the list of objects")
    }
    let sorted = keyed.enumerated().sorted { left, right in
      precedes(left.element.key, right.element.key)
        ?? (precedes(right.element.key, left.element.key) == true ? false : left.offset < right.offset)
    }
    return sorted.map(\.element.element)
  }

  /// nil if neither comes first.
  private static func precedes(_ left: Value?, _ right: Value?) -> Bool? {
    switch (left, right) {
    case (nil, nil): return nil
    case (nil, _): return true
    case (_, nil): return nil
    case (let left?, let right?):
      if let left = left.number, let right = right.number { return left < right ? true : nil }
      if let left = left.string, let right = right.string { return natural(left, right) ? true : nil }
      return JSONPath.text(left) < JSONPath.text(right) ? true : nil
    }
  }

  /// Whether one text comes first when runs of digits count by their value.
  private static func natural(_ left: String, _ right: String) -> Bool {
    var left = Array(left.utf8)[...]
    var right = Array(right.utf8)[...]
    while let first = left.first, let second = right.first {
      if isDigit(first), isDigit(second) {
        let leftDigits = left.prefix(while: isDigit)
        let rightDigits = right.prefix(while: isDigit)
        let leftNumber = leftDigits.drop { $0 == UInt8(ascii: "0") }
        let rightNumber = rightDigits.drop { $0 == UInt8(ascii: "0") }
        if leftNumber.count != rightNumber.count { return leftNumber.count < rightNumber.count }
        if !leftNumber.elementsEqual(rightNumber) { return leftNumber.lexicographicallyPrecedes(rightNumber) }
        left = left.dropFirst(leftDigits.count)
        right = right.dropFirst(rightDigits.count)
        continue
      }
      if first != second { return first < second }
      left = left.dropFirst()
      right = right.dropFirst()
    }
    return left.count < right.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
