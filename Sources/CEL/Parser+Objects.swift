/// Objects that an expression constructs: `Object.spec{replicas: 3, ?paused: optional.none()}`.
extension Parser {
  /// The object whose type's name begins with `name`, which has been read.
  mutating func object(of name: String, at position: Position) throws(CELError) -> Expression {
    var type = name
    while isSymbol(".") {
      index += 1
      type += "." + (try fieldName())
    }
    guard isSymbol("{") else {
      throw CELError(.unknownName, "undeclared reference to '\(type)' (in container '')", at: position)
    }
    index += 1
    var fields: [Expression.ObjectField] = []
    while !isSymbol("}") {
      let isOptional = accept("?")
      let field = try fieldName()
      try expect(":")
      fields.append(Expression.ObjectField(name: field, value: try expression(), isOptional: isOptional))
      if !accept(",") { break }
    }
    try expect("}")
    return try node(.object(type: type, fields), fields.map(\.value), at: position)
  }

  private mutating func fieldName() throws(CELError) -> String {
    let word = token
    switch word.kind {
    case .identifier(let name), .quotedField(let name):
      index += 1
      return name
    default: throw CELError(.syntax, "a field's name is expected, but here is \(word.shown)", at: word.position)
    }
  }
}
