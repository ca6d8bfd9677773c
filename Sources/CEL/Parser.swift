/// Turns tokens into an expression tree. Macros' variables become places on a stack, so that a run need not search for
/// names.
struct Parser {
  let tokens: [Token]
  let variables: Set<String>?
  let library: CELLibrary
  let limits: CEL.Limits
  var index = 0
  /// Names that the macros around the present place have bound, outermost first.
  var scope: [String] = []
  private var nesting = 0
  /// Every outside variable with the fields selected from it, for instance ["before", "pods"], in order of appearance.
  private(set) var references: [[String]] = []

  init(tokens: [Token], variables: Set<String>?, library: CELLibrary, limits: CEL.Limits) {
    self.tokens = tokens
    self.variables = variables
    self.library = library
    self.limits = limits
  }

  mutating func parse() throws(CELError) -> Expression {
    let root = try expression()
    guard token.kind == .end else {
      throw CELError(.syntax, "\(token.shown) is not expected here", at: token.position)
    }
    return root
  }

  var token: Token { tokens[index] }

  func isSymbol(_ symbol: String, ahead: Int = 0) -> Bool {
    index + ahead < tokens.count && tokens[index + ahead].kind == .symbol(symbol)
  }

  mutating func accept(_ symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ symbol: String) throws(CELError) {
    guard accept(symbol) else {
      throw CELError(.syntax, "'\(symbol)' is expected, but here is \(token.shown)", at: token.position)
    }
  }

  func node(_ kind: Expression.Kind, _ children: [Expression], at position: Position) throws(CELError) -> Expression {
    let depth = 1 + (children.map(\.depth).max() ?? 0)
    guard depth <= limits.depth else { throw tooDeep(position) }
    return Expression(kind: kind, position: position, depth: depth)
  }

  private func tooDeep(_ position: Position) -> CELError {
    CELError(.limit, "the expression nests deeper than \(limits.depth) levels", at: position)
  }

  // MARK: - Operators

  mutating func expression() throws(CELError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= limits.depth else { throw tooDeep(token.position) }
    let condition = try chain("||")
    guard isSymbol("?") else { return condition }
    let position = token.position
    index += 1
    let yes = try chain("||")
    try expect(":")
    let no = try expression()
    return try node(.conditional(condition, yes, no), [condition, yes, no], at: position)
  }

  /// Operands joined by `||`, or by `&&`, which binds more strongly.
  private mutating func chain(_ symbol: String) throws(CELError) -> Expression {
    let isOr = symbol == "||"
    var operands = [isOr ? try chain("&&") : try binary(1)]
    let position = token.position
    while accept(symbol) { operands.append(isOr ? try chain("&&") : try binary(1)) }
    if operands.count == 1 { return operands[0] }
    return try node(isOr ? .any(operands) : .all(operands), operands, at: position)
  }

  private var binaryOperator: BinaryOperator? {
    switch token.kind {
    case .symbol(let symbol): BinaryOperator(rawValue: symbol)
    case .identifier("in"): .isIn
    default: nil
    }
  }

  private mutating func binary(_ precedence: Int) throws(CELError) -> Expression {
    var left = precedence < 3 ? try binary(precedence + 1) : try unary()
    while let found = binaryOperator, found.precedence == precedence {
      let position = token.position
      index += 1
      let right = precedence < 3 ? try binary(precedence + 1) : try unary()
      left = try node(.binary(found, left, right), [left, right], at: position)
    }
    return left
  }

  private mutating func unary() throws(CELError) -> Expression {
    let position = token.position
    var count = 0
    if isSymbol("!") {
      while accept("!") { count += 1 }
      let operand = try member()
      return count.isMultiple(of: 2) ? operand : try node(.not(operand), [operand], at: position)
    }
    guard isSymbol("-") else { return try member() }
    while accept("-") { count += 1 }
    if case .int(let value) = token.kind, count == 1 {
      index += 1
      let literal = try node(.literal(.int(Int64(truncatingIfNeeded: 0 &- value))), [], at: position)
      return try members(of: literal)
    }
    let operand = try member()
    return count.isMultiple(of: 2) ? operand : try node(.negate(operand), [operand], at: position)
  }

  // MARK: - Members

  private mutating func member() throws(CELError) -> Expression { try members(of: try primary()) }

  /// Selections, calls and indexes after a first operand.
  private mutating func members(of first: Expression) throws(CELError) -> Expression {
    var target = first
    while case .symbol(let symbol) = token.kind {
      let position = token.position
      switch symbol {
      case ".", ".?":
        index += 1
        target = try select(from: target, isOptional: symbol == ".?", at: position)
      case "[", "[?":
        index += 1
        let key = try expression()
        try expect("]")
        target = try node(.index(target, key, isOptional: symbol == "[?"), [target, key], at: position)
      default:
        return target
      }
    }
    return target
  }

  private static let keywords: Set<String> = ["true", "false", "null", "in"]

  private mutating func select(
    from target: Expression, isOptional: Bool, at position: Position
  ) throws(CELError) -> Expression {
    let word = token
    let field: String
    switch word.kind {
    case .identifier(let name) where !Self.keywords.contains(name): field = name
    case .quotedField(let name): field = name
    default: throw CELError(.syntax, "a field's name is expected, but here is \(word.shown)", at: word.position)
    }
    index += 1
    if !isOptional, isSymbol("(") { return try method(field, of: target, at: word.position) }
    note(field, after: target)
    return try node(.select(target, field: field, isOptional: isOptional), [target], at: position)
  }

  private mutating func method(_ name: String, of target: Expression, at position: Position) throws(CELError)
    -> Expression
  {
    if let form = Self.form(ofMacro: name) { return try comprehension(form, over: target, at: position) }
    if name == "optMap" || name == "optFlatMap" {
      return try optionalMap(target, isFlat: name == "optFlatMap", at: position)
    }
    if case .variable(let namespace) = target.kind, isNamespace(namespace) {
      forgetLastReference()
      let arguments = try self.arguments()
      let function = try Function.named("\(namespace).\(name)", isMethod: false, arguments.count, library, at: position)
      return try node(.call(function, arguments), arguments, at: position)
    }
    try Function.requireName(name, isMethod: true, library, at: position)
    let arguments = [target] + (try self.arguments())
    let function = try Function.named(name, isMethod: true, arguments.count, library, at: position)
    return try node(.call(function, arguments), arguments, at: position)
  }

  mutating func arguments() throws(CELError) -> [Expression] {
    try expect("(")
    var arguments: [Expression] = []
    while !isSymbol(")") {
      arguments.append(try expression())
      if !accept(",") { break }
    }
    try expect(")")
    return arguments
  }

  // MARK: - References

  /// Lengthens the reference that `target` stands for by a field: `before`, then `before.pods`.
  private mutating func note(_ field: String, after target: Expression) {
    guard let path = Self.path(of: target) else { return }
    guard let last = references.lastIndex(of: path) else { return }
    references[last].append(field)
  }

  private static func path(of expression: Expression) -> [String]? {
    switch expression.kind {
    case .variable(let name): [name]
    case .select(let target, let field, _): path(of: target).map { $0 + [field] }
    default: nil
    }
  }

  private mutating func forgetLastReference() { references.removeLast() }

  // MARK: - First operands

  private mutating func primary() throws(CELError) -> Expression {
    let word = token
    index += 1
    switch word.kind {
    case .int(let value):
      guard value <= Int64.max else { throw CELError(.syntax, "the number does not fit an int", at: word.position) }
      return try node(.literal(.int(Int64(value))), [], at: word.position)
    case .uint(let value): return try node(.literal(.uint(value)), [], at: word.position)
    case .double(let value): return try node(.literal(.double(value)), [], at: word.position)
    case .string(let value): return try node(.literal(.string(value)), [], at: word.position)
    case .bytes(let value): return try node(.literal(.bytes(value)), [], at: word.position)
    case .identifier(let name): return try identifier(name, at: word.position)
    case .symbol("("):
      let inner = try expression()
      try expect(")")
      return inner
    case .symbol("["), .symbol("[?"): return try list(beginsOptional: word.kind == .symbol("[?"), at: word.position)
    case .symbol("{"): return try map(at: word.position)
    case .symbol("."): return try primary()  // ".name" means the name at the outermost level
    default: throw CELError(.syntax, "a value is expected, but here is \(word.shown)", at: word.position)
    }
  }

  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while", "in",
  ]

  private mutating func identifier(_ name: String, at position: Position) throws(CELError) -> Expression {
    switch name {
    case "true", "false": return try node(.literal(.bool(name == "true")), [], at: position)
    case "null": return try node(.literal(.null), [], at: position)
    case _ where Self.reserved.contains(name):
      throw CELError(.syntax, "'\(name)' is a reserved word and cannot be a name", at: position)
    default: break
    }
    if isSymbol("(") {
      if name == "has" { return try has(at: position) }
      try Function.requireName(name, isMethod: false, library, at: position)
      let arguments = try self.arguments()
      let function = try Function.named(name, isMethod: false, arguments.count, library, at: position)
      return try node(.call(function, arguments), arguments, at: position)
    }
    if !scope.contains(name), library.types.contains(name) { return try object(of: name, at: position) }
    if let place = scope.lastIndex(of: name) { return try node(.local(place), [], at: position) }
    if variables?.contains(name) != true, let type = CELType(rawValue: name) {
      return try node(.literal(.type(type)), [], at: position)
    }
    if let variables, !variables.contains(name), !isNamespace(name) {
      let known = variables.sorted().joined(separator: ", ")
      throw CELError(.unknownName, "there is no variable '\(name)'; there are: \(known)", at: position)
    }
    references.append([name])
    return try node(.variable(name), [], at: position)
  }

  private func isNamespace(_ name: String) -> Bool {
    Function.namespaces.contains(name) || library.namespaces.contains(name)
  }

  private mutating func list(beginsOptional: Bool, at position: Position) throws(CELError) -> Expression {
    var elements: [Expression.Element] = []
    var isOptional = beginsOptional
    while !isSymbol("]") {
      isOptional = accept("?") || isOptional
      elements.append(Expression.Element(value: try expression(), isOptional: isOptional))
      isOptional = false
      if !accept(",") { break }
    }
    try expect("]")
    return try node(.list(elements), elements.map(\.value), at: position)
  }

  private mutating func map(at position: Position) throws(CELError) -> Expression {
    var entries: [Expression.Entry] = []
    while !isSymbol("}") {
      let isOptional = accept("?")
      let key = try expression()
      try expect(":")
      entries.append(Expression.Entry(key: key, value: try expression(), isOptional: isOptional))
      if !accept(",") { break }
    }
    try expect("}")
    return try node(.map(entries), entries.flatMap { [$0.key, $0.value] }, at: position)
  }
}
