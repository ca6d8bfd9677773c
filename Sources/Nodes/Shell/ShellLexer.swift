/// Cuts a script into words and operators.
struct ShellLexer {
  enum Token: Equatable {
    case word(ShellWord)
    /// `;`, `&&`, `|`, `(`, a new line …
    case mark(String)
    case redirection(ShellRedirection.Kind)
  }

  private let characters: [Character]
  private var index = 0
  private var tokens: [Token] = []
  private var depth: Int
  static let depthLimit = 20

  init(_ text: String, depth: Int = 0) {
    characters = Array(text)
    self.depth = depth
  }

  mutating func run() throws(ShellSyntaxError) -> [Token] {
    guard depth < Self.depthLimit else { throw ShellSyntaxError(message: "substitutions are nested too deep") }
    while let character = peek {
      switch character {
      case " ", "\t", "\r": index += 1
      case "\\" where peek(1) == "\n": index += 2
      case "#": skipComment()
      case "\n", ";", "(", ")": mark()
      case "&" where peek(1) == ">":
        index += 2
        tokens.append(.redirection(.output(descriptor: 3, isAppending: take(">"))))
      case "&", "|": mark()
      case "<", ">": try redirection(descriptor: nil)
      default:
        if let digit = character.wholeNumberValue, digit < 3, peek(1) == ">" || peek(1) == "<" {
          index += 1
          try redirection(descriptor: digit)
        } else {
          tokens.append(.word(try word()))
        }
      }
    }
    return tokens
  }

  private var peek: Character? { index < characters.count ? characters[index] : nil }
  private func peek(_ offset: Int) -> Character? {
    index + offset < characters.count ? characters[index + offset] : nil
  }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character else { return false }
    index += 1
    return true
  }

  private mutating func skipComment() {
    while let character = peek, character != "\n" { index += 1 }
  }

  private mutating func mark() {
    let first = characters[index]
    index += 1
    if "&|;".contains(first), peek == first {
      index += 1
      tokens.append(.mark(String([first, first])))
    } else {
      tokens.append(.mark(String(first)))
    }
  }

  private mutating func redirection(descriptor: Int?) throws(ShellSyntaxError) {
    if take("<") {
      if take("<") {
        guard take("<") else { return try hereDocument() }
        return tokens.append(.redirection(.text))
      }
      return tokens.append(.redirection(.input))
    }
    index += 1
    if take("&"), let to = peek?.wholeNumberValue {
      index += 1
      return tokens.append(.redirection(.duplicate(from: descriptor ?? 1, to: to)))
    }
    tokens.append(.redirection(.output(descriptor: descriptor ?? 1, isAppending: take(">"))))
  }

  /// `<<EOF` … `EOF`: the lines in between become the command's input.
  private mutating func hereDocument() throws(ShellSyntaxError) {
    let stripsTabs = take("-")
    while take(" ") {}
    let isLiteral = peek == "'" || peek == "\""
    var mark = ""
    while let character = peek, !character.isWhitespace {
      if character != "'", character != "\"" { mark.append(character) }
      index += 1
    }
    var rest: [Character] = []
    while let character = peek, character != "\n" {
      rest.append(character)
      index += 1
    }
    index += 1
    var body = ""
    while index < characters.count {
      var line = ""
      while let character = peek, character != "\n" {
        line.append(character)
        index += 1
      }
      index += 1
      if stripsTabs { line = String(line.drop { $0 == "\t" }) }
      if line == mark { break }
      body += line + "\n"
    }
    tokens.append(.redirection(.text))
    var lexer = ShellLexer(body, depth: depth + 1)
    tokens.append(.word(isLiteral ? ShellWord([.text(body, isQuoted: true)]) : try lexer.quotedWord(until: nil)))
    var following = ShellLexer(String(rest), depth: depth + 1)
    tokens += try following.run()
    tokens.append(.mark("\n"))
  }

  // MARK: Words

  private mutating func word() throws(ShellSyntaxError) -> ShellWord {
    var word = ShellWord()
    var text = ""
    func flush() { if !text.isEmpty { word.parts.append(.text(text, isQuoted: false)) }; text = "" }
    while let character = peek, !character.isWhitespace, !";&|()<>".contains(character) || isArray(word, text) {
      switch character {
      case "(":
        index += 1
        flush()
        var inner = ShellLexer(try balanced(closing: 1), depth: depth + 1)
        word.parts.append(.list(try inner.run().compactMap { if case .word(let word) = $0 { word } else { nil } }))
      case "\\":
        index += 1
        flush()
        if let next = peek, next != "\n" { word.parts.append(.text(String(next), isQuoted: true)) }
        index += 1
      case "'":
        flush()
        word.parts.append(.text(try until("'"), isQuoted: true))
      case "\"":
        flush()
        index += 1
        word.parts += try quotedWord(until: "\"").parts
      case "$", "`":
        flush()
        word.parts.append(try dollar(isQuoted: false))
      default:
        text.append(character)
        index += 1
      }
    }
    flush()
    return word
  }

  /// Whether a parenthesis here opens an array: `NAME=(`.
  private func isArray(_ word: ShellWord, _ text: String) -> Bool {
    peek == "(" && word.parts.isEmpty && text.count > 1 && text.hasSuffix("=")
  }

  /// What stands between single quotes.
  private mutating func until(_ quote: Character) throws(ShellSyntaxError) -> String {
    index += 1
    var text = ""
    while let character = peek {
      index += 1
      if character == quote { return text }
      text.append(character)
    }
    throw ShellSyntaxError(message: "syntax error: unterminated quoted string")
  }

  /// What stands between double quotes, or (nil) to the end: variables count, blanks do not.
  mutating func quotedWord(until quote: Character?) throws(ShellSyntaxError) -> ShellWord {
    var word = ShellWord()
    var text = ""
    while let character = peek {
      if character == quote {
        index += 1
        word.parts.append(.text(text, isQuoted: true))
        return word
      }
      if character == "$" || character == "`" {
        word.parts.append(.text(text, isQuoted: true))
        text = ""
        word.parts.append(try dollar(isQuoted: true))
      } else if character == "\\", let next = peek(1), "$`\"\\\n".contains(next) {
        if next != "\n" { text.append(next) }
        index += 2
      } else {
        text.append(character)
        index += 1
      }
    }
    guard quote == nil else { throw ShellSyntaxError(message: "syntax error: unterminated quoted string") }
    word.parts.append(.text(text, isQuoted: true))
    return word
  }

  private mutating func dollar(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
    if peek == "`" {
      let inner = try until("`")
      return .command(try ShellParser.script(inner, depth: depth + 1), isQuoted: isQuoted)
    }
    index += 1
    if peek == "(", peek(1) == "(" {
      index += 2
      return .arithmetic(try balanced(closing: 2))
    }
    if take("(") {
      let inner = try balanced(closing: 1)
      return .command(try ShellParser.script(inner, depth: depth + 1), isQuoted: isQuoted)
    }
    if take("{") { return try braces(isQuoted: isQuoted) }
    if let character = peek, "?#$@*!0123456789".contains(character) {
      index += 1
      return .variable(String(character), fallback: nil, isQuoted: isQuoted)
    }
    var name = ""
    while let character = peek, character == "_" || character.isLetter || character.isNumber {
      name.append(character)
      index += 1
    }
    return name.isEmpty ? .text("$", isQuoted: isQuoted) : .variable(name, fallback: nil, isQuoted: isQuoted)
  }

  private mutating func braces(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
    var inner = ""
    while let character = peek {
      index += 1
      guard character == "}" else {
        inner.append(character)
        continue
      }
      if let element = Self.element(inner, isQuoted: isQuoted) { return element }
      let name = inner.prefix { $0 == "_" || $0.isLetter || $0.isNumber || "?#@*".contains($0) }
      var rest = inner.dropFirst(name.count)
      if rest.hasPrefix(":") { rest = rest.dropFirst() }
      let hasFallback = rest.hasPrefix("-") || rest.hasPrefix("=")
      return .variable(String(name), fallback: hasFallback ? String(rest.dropFirst()) : nil, isQuoted: isQuoted)
    }
    throw ShellSyntaxError(message: "syntax error: missing '}'")
  }

  /// `NAME[index]`, or `#NAME[@]` for how many there are.
  private static func element(_ text: String, isQuoted: Bool) -> ShellWord.Part? {
    guard text.hasSuffix("]"), let open = text.firstIndex(of: "[") else { return nil }
    let isCount = text.hasPrefix("#")
    let name = text[..<open].dropFirst(isCount ? 1 : 0)
    let index = text[text.index(after: open)...].dropLast().filter { !"${}".contains($0) }
    return .element(String(name), index: index, isCount: isCount, isQuoted: isQuoted)
  }

  /// What stands up to the closing parentheses that belong to an opened `$(` or `$((`.
  private mutating func balanced(closing: Int) throws(ShellSyntaxError) -> String {
    var text = ""
    var open = closing
    while let character = peek {
      index += 1
      if character == "(" { open += 1 }
      if character == ")" {
        open -= 1
        if open == 0 { return closing == 2 && text.hasSuffix(")") ? String(text.dropLast()) : text }
      }
      text.append(character)
    }
    throw ShellSyntaxError(message: "syntax error: missing ')'")
  }
}
