/// Cuts an expression's text into tokens.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var line = 1
  private var lineStart = 0

  static func tokens(of text: String, limits: CEL.Limits) throws(CELError) -> [Token] {
    let bytes = text.utf8.count
    guard bytes <= limits.textBytes else {
      throw CELError(.limit, "the expression has \(bytes) bytes; at most \(limits.textBytes) are allowed")
    }
    var lexer = Lexer(scalars: Array(text.unicodeScalars))
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var position: Position { Position(line: line, column: index - lineStart + 1) }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  private mutating func advance() {
    if scalars[index] == "\n" {
      line += 1
      lineStart = index + 1
    }
    index += 1
  }

  private mutating func skipBlanks() {
    while let scalar = peek() {
      if scalar == "/", peek(1) == "/" {
        while let other = peek(), other != "\n" { advance() }
      } else if [" ", "\t", "\n", "\r", "\u{0C}"].contains(scalar) {
        advance()
      } else {
        return
      }
    }
  }

  private mutating func next() throws(CELError) -> Token {
    skipBlanks()
    let start = position
    guard let scalar = peek() else { return Token(kind: .end, position: start) }
    if let literal = try stringLiteral() { return Token(kind: literal, position: start) }
    if Self.startsIdentifier(scalar) { return Token(kind: .identifier(word()), position: start) }
    if Self.isDigit(scalar) || scalar == "." && peek(1).map(Self.isDigit) == true {
      return Token(kind: try number(), position: start)
    }
    if scalar == "`" { return Token(kind: try quotedField(), position: start) }
    return Token(kind: try symbol(), position: start)
  }

  private mutating func word() -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek(), Self.startsIdentifier(scalar) || Self.isDigit(scalar) {
      name.append(scalar)
      advance()
    }
    return String(name)
  }

  private mutating func quotedField() throws(CELError) -> Token.Kind {
    let start = position
    advance()
    var name = String.UnicodeScalarView()
    while let scalar = peek(), scalar != "\n" {
      advance()
      if scalar == "`" { return .quotedField(String(name)) }
      name.append(scalar)
    }
    throw CELError(.syntax, "the field name in backticks does not end; close it with '`'", at: start)
  }

  private static let symbols = [
    "&&", "||", "==", "!=", "<=", ">=", ".?", "[?", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[",
    "]", "{", "}", ",", ".",
  ]

  private mutating func symbol() throws(CELError) -> Token.Kind {
    for symbol in Self.symbols
    where symbol.unicodeScalars.enumerated().allSatisfy({ peek($0.offset) == $0.element }) {
      for _ in symbol.unicodeScalars { advance() }
      return .symbol(symbol)
    }
    let hint =
      switch peek() {
      case "=": "; compare with '=='"
      case "&": "; combine with '&&'"
      case "|": "; combine with '||'"
      default: ""
      }
    throw CELError(.syntax, "'\(scalars[index])' is not part of the language\(hint)", at: position)
  }

  private mutating func number() throws(CELError) -> Token.Kind {
    let start = position
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      advance()
      advance()
      let digits = take { $0.properties.isASCIIHexDigit }
      return try integer(digits, radix: 16, start: start)
    }
    var text = take(while: Self.isDigit)
    var isDouble = false
    if peek() == ".", peek(1).map(Self.isDigit) == true {
      isDouble = true
      advance()
      text += "." + take(while: Self.isDigit)
    }
    if let exponent = exponent() {
      isDouble = true
      text += exponent
    }
    guard isDouble else { return try integer(text, radix: 10, start: start) }
    guard let value = Double(text.hasPrefix(".") ? "0" + text : text) else {
      throw CELError(.syntax, "'\(text)' is not a number", at: start)
    }
    return .double(value)
  }

  private mutating func exponent() -> String? {
    guard peek() == "e" || peek() == "E" else { return nil }
    let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
    guard peek(1 + sign).map(Self.isDigit) == true else { return nil }
    advance()
    var text = "e"
    if sign == 1 {
      text.unicodeScalars.append(scalars[index])
      advance()
    }
    return text + take(while: Self.isDigit)
  }

  private mutating func integer(_ digits: String, radix: Int, start: Position) throws(CELError) -> Token.Kind {
    guard let value = UInt64(digits, radix: radix) else {
      throw CELError(.syntax, "the number '\(digits)' does not fit 64 bits", at: start)
    }
    if peek() == "u" || peek() == "U" {
      advance()
      return .uint(value)
    }
    // One more than the largest int stays possible here, for the literal of the smallest: -9223372036854775808.
    guard value <= 1 << 63 else {
      throw CELError(.syntax, "the number '\(digits)' does not fit an int; write \(digits)u for a uint", at: start)
    }
    return .int(value)
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = peek(), condition(scalar) {
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  static func startsIdentifier(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.isASCII && scalar.properties.isAlphabetic
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

// MARK: - Strings

extension Lexer {
  /// A string or bytes literal with its prefixes, or nil where none begins here.
  private mutating func stringLiteral() throws(CELError) -> Token.Kind? {
    var isRaw = false
    var isBytes = false
    var ahead = 0
    while let scalar = peek(ahead), ahead < 2 {
      if scalar == "r" || scalar == "R", !isRaw {
        isRaw = true
      } else if scalar == "b" || scalar == "B", !isBytes {
        isBytes = true
      } else {
        break
      }
      ahead += 1
    }
    guard let quote = peek(ahead), quote == "'" || quote == "\"" else { return nil }
    let start = position
    for _ in 0..<ahead { advance() }
    let isTriple = peek(1) == quote && peek(2) == quote
    for _ in 0..<(isTriple ? 3 : 1) { advance() }
    var content = Content(isBytes: isBytes)
    try readContent(into: &content, quote: quote, isTriple: isTriple, isRaw: isRaw, start: start)
    return isBytes ? .bytes(content.bytes) : .string(String(content.text))
  }

  private struct Content {
    let isBytes: Bool
    var text = String.UnicodeScalarView()
    var bytes: [UInt8] = []

    init(isBytes: Bool) { self.isBytes = isBytes }

    mutating func append(_ scalar: Unicode.Scalar) {
      if isBytes { bytes.append(contentsOf: Array(String(scalar).utf8)) } else { text.append(scalar) }
    }
  }

  private mutating func readContent(
    into content: inout Content, quote: Unicode.Scalar, isTriple: Bool, isRaw: Bool, start: Position
  ) throws(CELError) {
    while let scalar = peek() {
      if scalar == quote, !isTriple || peek(1) == quote && peek(2) == quote {
        for _ in 0..<(isTriple ? 3 : 1) { advance() }
        return
      }
      if scalar == "\n", !isTriple { break }
      if scalar == "\\", !isRaw {
        try escape(into: &content)
      } else {
        content.append(scalar)
        advance()
      }
    }
    throw CELError(.syntax, "the string does not end; close it with \(quote)", at: start)
  }

  private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "?": "?", "\"": "\"", "'": "'", "`": "`", "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n",
    "r": "\r", "t": "\t", "v": "\u{0B}",
  ]

  private mutating func escape(into content: inout Content) throws(CELError) {
    let start = position
    advance()
    guard let scalar = peek() else { throw CELError(.syntax, "the escape does not end", at: start) }
    if let simple = Self.simpleEscapes[scalar] {
      advance()
      content.append(simple)
      return
    }
    switch scalar {
    case "x", "X":
      advance()
      try numericEscape(digits: 2, radix: 16, isByte: true, into: &content, start: start)
    case "u" where !content.isBytes:
      advance()
      try numericEscape(digits: 4, radix: 16, isByte: false, into: &content, start: start)
    case "U" where !content.isBytes:
      advance()
      try numericEscape(digits: 8, radix: 16, isByte: false, into: &content, start: start)
    case "0"..."3":
      try numericEscape(digits: 3, radix: 8, isByte: true, into: &content, start: start)
    default:
      throw CELError(.syntax, "'\\\(scalar)' is no escape; write '\\\\' for a backslash, or r'…'", at: start)
    }
  }

  private mutating func numericEscape(
    digits: Int, radix: Int, isByte: Bool, into content: inout Content, start: Position
  ) throws(CELError) {
    var text = ""
    for _ in 0..<digits {
      guard let scalar = peek() else { break }
      text.unicodeScalars.append(scalar)
      advance()
    }
    guard let value = UInt32(text, radix: radix), text.count == digits, let scalar = Unicode.Scalar(value) else {
      throw CELError(.syntax, "the escape needs \(digits) digits that name a character", at: start)
    }
    if isByte, content.isBytes { content.bytes.append(UInt8(value)) } else { content.append(scalar) }
  }
}
