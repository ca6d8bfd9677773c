/// The Common Expression Language: small, side-effect free expressions over trees of values, always ending.
///
///     let program = try CEL.compile("pods.exists(p, p.metadata.name == 'web')")
///     try program.evaluate(["pods": [["metadata": ["name": "web"]]]])   // .boolean(true)
///
/// Follows the language definition of cel-spec, with Kubernetes' list and string functions. Types are checked when an
/// expression runs, not before; names of functions and, where `variables` are given, of variables are checked here.
package enum CEL {
  /// An expression ready to run.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - variables: the names that the expression may use; nil leaves that to the run.
  ///   - library: functions and types beside the language's own.
  ///   - limits: how large the expression may be and how much work a run may do.
  /// - Throws: `CELError` with kind `syntax`, `unknownName` or `limit`, and where in the text.
  package static func compile(
    _ text: String, variables: Set<String>? = nil, library: CELLibrary = .none, limits: Limits = Limits()
  ) throws(CELError) -> Program {
    let tokens = try Lexer.tokens(of: text, limits: limits)
    var parser = Parser(tokens: tokens, variables: variables, library: library, limits: limits)
    let root = try parser.parse()
    return Program(text: text, root: root, references: parser.references, limits: limits)
  }

  /// How large an expression may be and how much work one run may do.
  package struct Limits: Sendable {
    /// Bytes of an expression's text.
    package var textBytes = 16_384
    /// How deep expressions may nest.
    package var depth = 100
    /// Steps of one run: one for each node visited, more for functions over long strings and lists.
    package var steps = 1_000_000

    package init() {}
  }

  /// The longest string that a function may make, in bytes.
  static let stringBytesLimit = 1_048_576
}
