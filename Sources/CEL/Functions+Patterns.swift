/// Functions of regular expressions. Each compiles its pattern anew; patterns are short.
let patternFunctions: [Function] = [
  pattern(.global("matches", 2) { (arguments) throws(CELError) in try matches(arguments) }),
  pattern(.method("matches", 1...1) { (arguments) throws(CELError) in try matches(arguments) }),
  pattern(
    .method("find", 1...1) { (arguments) throws(CELError) in
      guard case (.string(let text), .string(let pattern)) = (arguments[0], arguments[1]) else { return nil }
      let scalars = Array(text.unicodeScalars)
      guard let range = try RegularExpression(pattern).firstMatch(in: scalars) else { return .string("") }
      return .string(string(scalars[range]))
    }),
  pattern(
    .method("findAll", 1...2) { (arguments) throws(CELError) in
      guard case (.string(let text), .string(let pattern)) = (arguments[0], arguments[1]) else { return nil }
      var limit = Int.max
      if arguments.count == 3 {
        guard case .int(let given) = arguments[2] else { return nil }
        limit = given < 0 ? Int.max : Int(given)
      }
      return .list(try findAll(RegularExpression(pattern), in: Array(text.unicodeScalars), limit: limit))
    }),
]

/// A function charged for every instruction of its pattern on every character of its text.
private func pattern(_ function: Function) -> Function {
  Function(
    name: function.name, isMethod: function.isMethod, count: function.count,
    cost: { arguments in
      guard case (.string(let text), .string(let pattern)) = (arguments[0], arguments[1]) else { return 0 }
      return (text.utf8.count + 1) * (pattern.utf8.count + 1) / 10
    }, body: function.body)
}

private func matches(_ arguments: [CELValue]) throws(CELError) -> CELValue? {
  guard case (.string(let text), .string(let pattern)) = (arguments[0], arguments[1]) else { return nil }
  return .bool(try RegularExpression(pattern).firstMatch(in: Array(text.unicodeScalars)) != nil)
}

private func findAll(_ expression: RegularExpression, in scalars: [Unicode.Scalar], limit: Int) -> [CELValue] {
  var found: [CELValue] = []
  var start = 0
  while start <= scalars.count, found.count < limit, let range = expression.firstMatch(in: scalars, from: start) {
    found.append(.string(string(scalars[range])))
    start = range.isEmpty ? range.upperBound + 1 : range.upperBound
  }
  return found
}
