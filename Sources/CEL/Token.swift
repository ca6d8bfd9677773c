/// One word of an expression.
struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case identifier(String)
    /// A field name in backticks, for names that are no identifiers: "metadata.labels.`app.kubernetes.io/name`".
    case quotedField(String)
    case int(UInt64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case symbol(String)
    case end
  }

  let kind: Kind
  let position: Position

  /// The word as an error message shows it.
  var shown: String {
    switch kind {
    case .identifier(let name): "'\(name)'"
    case .quotedField(let name): "'`\(name)`'"
    case .int, .uint, .double: "a number"
    case .string: "a string"
    case .bytes: "a bytes literal"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end of the expression"
    }
  }
}
