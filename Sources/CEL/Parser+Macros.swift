/// The macros: forms that look like calls, but bind variables or ask about a field instead of reading it.
extension Parser {
  static func form(ofMacro name: String) -> Comprehension.Form? {
    name == "exists_one" ? .existsOne : Comprehension.Form(rawValue: name)
  }

  /// `has(e.f)`: whether the field is there, without reading it.
  mutating func has(at position: Position) throws(CELError) -> Expression {
    try expect("(")
    let argument = try expression()
    try expect(")")
    guard case .select(let target, let field, false) = argument.kind else {
      throw CELError(.syntax, "has() asks about a field: has(pod.spec.nodeName)", at: position)
    }
    return try node(.has(target, field: field), [target], at: position)
  }

  private mutating func variableName() throws(CELError) -> String {
    guard case .identifier(let name) = token.kind, !["true", "false", "null", "in"].contains(name) else {
      throw CELError(.syntax, "a variable's name is expected, but here is \(token.shown)", at: token.position)
    }
    index += 1
    return name
  }

  /// `list.all(x, …)` and its kin, after the macro's name.
  mutating func comprehension(_ form: Comprehension.Form, over range: Expression, at position: Position)
    throws(CELError) -> Expression
  {
    try expect("(")
    var names = [try variableName()]
    try expect(",")
    if takesTwoVariables(form) {
      names.append(try variableName())
      try expect(",")
    }
    scope.append(contentsOf: names)
    defer { scope.removeLast(names.count) }
    var body = try expression()
    var filter: Expression?
    let mayFilter = [.map, .transformList, .transformMap, .transformMapEntry].contains(form)
    if mayFilter, accept(",") {
      filter = body
      body = try expression()
    }
    try expect(")")
    let comprehension = Comprehension(
      form: form, range: range, variableCount: names.count, filter: filter, body: body)
    return try node(.comprehension(comprehension), [range, body] + (filter.map { [$0] } ?? []), at: position)
  }

  private func takesTwoVariables(_ form: Comprehension.Form) -> Bool {
    switch form {
    case .transformList, .transformMap, .transformMapEntry: return true
    case .map, .filter: return false
    case .all, .exists, .existsOne:
      guard case .identifier = token.kind else { return false }
      return isSymbol(",", ahead: 1)
    }
  }

  /// `o.optMap(x, …)`: the expression over an optional's value, if it has one.
  mutating func optionalMap(_ target: Expression, isFlat: Bool, at position: Position) throws(CELError) -> Expression {
    try expect("(")
    scope.append(try variableName())
    defer { scope.removeLast() }
    try expect(",")
    let body = try expression()
    try expect(")")
    return try node(.optionalMap(target, body: body, isFlat: isFlat), [target, body], at: position)
  }
}
