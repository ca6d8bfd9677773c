/// Reads RE2's syntax.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private var ignoresCase = false
  private var isMultiline = false
  private var dotMatchesNewline = false

  private static let depthLimit = 50
  /// The most that a count in braces may be.
  private static let countLimit = 1_000

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse() throws(CELError) -> Pattern {
    let pattern = try choice()
    guard index == scalars.count else { throw error("')' without '('") }
    return pattern
  }

  private func error(_ why: String) -> CELError {
    CELError(.conversion, "the regular expression '\(string(scalars))' is wrong: \(why)")
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func accept(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func choice() throws(CELError) -> Pattern {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw error("it nests too deep") }
    var choices = [try sequence()]
    while accept("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws(CELError) -> Pattern {
    var parts: [Pattern] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      let part = try atom()
      parts.append(try repeated(part))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ atom: Pattern) throws(CELError) -> Pattern {
    var pattern = atom
    var count = 0
    while let (least, most) = try quantifier() {
      count += 1
      guard count == 1 else { throw error("one repetition follows another") }
      pattern = .repetition(pattern, least: least, most: most, isGreedy: !accept("?"))
    }
    return pattern
  }

  private mutating func quantifier() throws(CELError) -> (Int, Int?)? {
    if accept("*") { return (0, nil) }
    if accept("+") { return (1, nil) }
    if accept("?") { return (0, 1) }
    let start = index
    guard accept("{"), let least = number() else {
      index = start
      return nil
    }
    var most: Int? = least
    if accept(",") { most = number() }
    guard accept("}") else {
      index = start
      return nil
    }
    guard least <= Self.countLimit, most ?? 0 <= Self.countLimit, most ?? least >= least else {
      throw error("a count in braces is too large or its ends are in the wrong order")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = peek, Lexer.isDigit(scalar), digits.count < 6 {
      digits.unicodeScalars.append(scalar)
      index += 1
    }
    return Int(digits)
  }

  private mutating func atom() throws(CELError) -> Pattern {
    guard let scalar = peek else { return .empty }
    index += 1
    switch scalar {
    case "(": return try group()
    case "[": return .character(try characterClass())
    case ".": return .character(dotMatchesNewline ? .anything : .anythingButNewline)
    case "^": return .assertion(isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(isMultiline ? .lineEnd : .textEnd)
    case "\\": return try escape()
    case "*", "+", "?": throw error("'\(scalar)' has nothing to repeat")
    default: return .character(CharacterSet(scalar, ignoringCase: ignoresCase))
    }
  }

  private mutating func group() throws(CELError) -> Pattern {
    let flags = (ignoresCase, isMultiline, dotMatchesNewline)
    var isFlagsOnly = false
    if accept("?P<") || accept("?<") {
      while let scalar = peek, scalar != ">" { index += 1 }
      guard accept(">") else { throw error("a group's name does not end") }
    } else if accept("?") {
      isFlagsOnly = try readFlags()
    }
    if isFlagsOnly { return .empty }
    let inner = try choice()
    guard accept(")") else { throw error("'(' without ')'") }
    (ignoresCase, isMultiline, dotMatchesNewline) = flags
    return inner
  }

  /// Flags after "(?"; true where the group ends with them and so holds for what follows it.
  private mutating func readFlags() throws(CELError) -> Bool {
    var isOn = true
    while let scalar = peek {
      index += 1
      switch scalar {
      case "i": ignoresCase = isOn
      case "m": isMultiline = isOn
      case "s": dotMatchesNewline = isOn
      case "-": isOn = false
      case ":": return false
      case ")": return true
      default: throw error("'(?\(scalar)' is not supported")
      }
    }
    throw error("'(?' does not end")
  }

  private mutating func escape() throws(CELError) -> Pattern {
    guard let scalar = peek else { throw error("it ends with a backslash") }
    switch scalar {
    case "A": index += 1; return .assertion(.textStart)
    case "z": index += 1; return .assertion(.textEnd)
    case "b": index += 1; return .assertion(.wordBoundary)
    case "B": index += 1; return .assertion(.notWordBoundary)
    default: return .character(try escapedSet())
    }
  }

  /// What stands after a backslash, in a class or outside.
  private mutating func escapedSet() throws(CELError) -> CharacterSet {
    guard let scalar = peek else { throw error("it ends with a backslash") }
    index += 1
    switch scalar {
    case "d": return .digit
    case "D": return CharacterSet.digit.inverted
    case "w": return .word
    case "W": return CharacterSet.word.inverted
    case "s": return .space
    case "S": return CharacterSet.space.inverted
    case "p", "P": return try category(isInverted: scalar == "P")
    case "x": return CharacterSet(try hexadecimal(), ignoringCase: ignoresCase)
    default: break
    }
    let controls: [Unicode.Scalar: Unicode.Scalar] = [
      "n": "\n", "t": "\t", "r": "\r", "f": "\u{0C}", "v": "\u{0B}", "a": "\u{07}",
    ]
    if let control = controls[scalar] { return CharacterSet(control) }
    guard !scalar.properties.isAlphabetic, !Lexer.isDigit(scalar) else { throw error("'\\\(scalar)' is not supported") }
    return CharacterSet(scalar)
  }

  private mutating func hexadecimal() throws(CELError) -> Unicode.Scalar {
    var digits = ""
    if accept("{") {
      while let scalar = peek, scalar != "}", digits.count < 8 {
        digits.unicodeScalars.append(scalar)
        index += 1
      }
      guard accept("}") else { throw error("'\\x{' does not end") }
    } else {
      digits = string(scalars[index...].prefix(2))
      index += digits.unicodeScalars.count
    }
    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
      throw error("'\\x' needs the hexadecimal number of a character")
    }
    return scalar
  }

  private mutating func category(isInverted: Bool) throws(CELError) -> CharacterSet {
    var name = ""
    if accept("{") {
      while let scalar = peek, scalar != "}" {
        name.unicodeScalars.append(scalar)
        index += 1
      }
      guard accept("}") else { throw error("'\\p{' does not end") }
    } else if let scalar = peek {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard let set = CharacterSet(category: name) else { throw error("the class '\\p{\(name)}' is not supported") }
    return isInverted ? set.inverted : set
  }

  private mutating func characterClass() throws(CELError) -> CharacterSet {
    let isInverted = accept("^")
    var set = CharacterSet()
    var isFirst = true
    while let scalar = peek, scalar != "]" || isFirst {
      isFirst = false
      if let named = try namedClass() {
        set.formUnion(named)
        continue
      }
      let low = try classMember()
      guard accept("-") else {
        set.formUnion(low)
        continue
      }
      if peek == "]" {
        set.formUnion(low)
        set.formUnion(CharacterSet("-"))
        continue
      }
      let high = try classMember()
      guard let from = low.single, let to = high.single, from <= to else { throw error("a range in '[]' is wrong") }
      set.formUnion(CharacterSet(from...to, ignoringCase: ignoresCase))
    }
    guard accept("]") else { throw error("'[' without ']'") }
    return isInverted ? set.inverted : set
  }

  private mutating func classMember() throws(CELError) -> CharacterSet {
    guard let scalar = peek else { throw error("'[' without ']'") }
    index += 1
    return scalar == "\\" ? try escapedSet() : CharacterSet(scalar, ignoringCase: ignoresCase)
  }

  /// "[:alpha:]" inside a class.
  private mutating func namedClass() throws(CELError) -> CharacterSet? {
    guard accept("[:") else { return nil }
    let isInverted = accept("^")
    var name = ""
    while let scalar = peek, scalar != ":" {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    guard accept(":]"), let set = CharacterSet(named: name) else { throw error("the class '[:\(name):]' is not known") }
    return isInverted ? set.inverted : set
  }
}
