/// Turns a script's tokens into instructions.
struct ShellParser {
  private let tokens: [ShellLexer.Token]
  private var index = 0
  private var instructions: [ShellInstruction] = []
  /// How many compound commands are open around the present one.
  private var nesting = 0
  private static let nestingLimit = 100

  static func script(_ text: String, depth: Int = 0) throws(ShellSyntaxError) -> ShellScript {
    var lexer = ShellLexer(text, depth: depth)
    var parser = ShellParser(tokens: try lexer.run())
    try parser.list(until: [])
    if let token = parser.peek { throw parser.unexpected(token) }
    return ShellScript(instructions: parser.instructions)
  }

  private init(tokens: [ShellLexer.Token]) { self.tokens = tokens }

  private var peek: ShellLexer.Token? { index < tokens.count ? tokens[index] : nil }

  private var reserved: String? {
    if case .word(let word) = peek { word.bare } else { nil }
  }

  private func isMark(_ mark: String) -> Bool { peek == .mark(mark) }

  private mutating func take(mark: String) -> Bool {
    guard isMark(mark) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ word: String) throws(ShellSyntaxError) {
    guard reserved == word else { throw unexpected(peek) }
    index += 1
  }

  private func unexpected(_ token: ShellLexer.Token?) -> ShellSyntaxError {
    let text: String
    switch token {
    case .word(let word): text = word.bare ?? "word"
    case .mark(let mark): text = mark == "\n" ? "newline" : mark
    case .redirection: text = "redirection"
    case nil: text = "end of file"
    }
    return ShellSyntaxError(message: "syntax error: unexpected \"\(text)\"")
  }

  private mutating func emit(_ instruction: ShellInstruction) -> Int {
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func skipNewlines() { while take(mark: "\n") || take(mark: ";") {} }

  /// Commands up to one of the reserved words, or a closing mark.
  private mutating func list(until ends: [String]) throws(ShellSyntaxError) {
    while true {
      skipNewlines()
      guard let token = peek else { return }
      if let word = reserved, ends.contains(word) { return }
      if token == .mark(")") || token == .mark(";;") { return }
      let start = instructions.count
      try andOr()
      if take(mark: "&") { markBackground(from: start) }
    }
  }

  private mutating func markBackground(from start: Int) {
    for position in start..<instructions.count {
      if case .run(var commands) = instructions[position] {
        for number in commands.indices { commands[number].isBackground = true }
        instructions[position] = .run(commands)
      }
    }
  }

  private mutating func andOr() throws(ShellSyntaxError) {
    try pipeline()
    while isMark("&&") || isMark("||") {
      let isAnd = isMark("&&")
      index += 1
      while take(mark: "\n") {}
      let jump = emit(.jump(0))
      try pipeline()
      instructions[jump] = isAnd ? .jumpIfFailure(instructions.count) : .jumpIfSuccess(instructions.count)
    }
  }

  private mutating func pipeline() throws(ShellSyntaxError) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      throw ShellSyntaxError(message: "syntax error: commands are nested deeper than \(Self.nestingLimit)")
    }
    var inverts = false
    while reserved == "!" {
      index += 1
      inverts.toggle()
    }
    switch reserved {
    case "if": try conditional()
    case "while", "until": try loop()
    case "for": try forLoop()
    case "case": try choice()
    case "{":
      index += 1
      try list(until: ["}"])
      try expect("}")
    default:
      if take(mark: "(") {
        try list(until: [])
        guard take(mark: ")") else { throw unexpected(peek) }
      } else {
        try simplePipeline()
      }
    }
    if inverts { _ = emit(.invert) }
  }

  private mutating func simplePipeline() throws(ShellSyntaxError) {
    var commands = [try simple()]
    while take(mark: "|") {
      while take(mark: "\n") {}
      commands.append(try simple())
    }
    _ = emit(.run(commands))
  }

  private mutating func simple() throws(ShellSyntaxError) -> ShellSimpleCommand {
    var command = ShellSimpleCommand()
    while let token = peek {
      switch token {
      case .word(let word):
        index += 1
        if command.words.isEmpty, let assignment = Self.assignment(word) {
          command.assignments.append(assignment)
        } else {
          command.words.append(word)
        }
      case .redirection(let kind):
        index += 1
        try redirect(kind, &command)
      case .mark:
        guard !command.isEmpty else { throw unexpected(token) }
        return command
      }
    }
    guard !command.isEmpty else { throw unexpected(nil) }
    return command
  }

  private mutating func redirect(_ kind: ShellRedirection.Kind, _ command: inout ShellSimpleCommand)
    throws(ShellSyntaxError)
  {
    if case .duplicate = kind {
      command.redirections.append(ShellRedirection(kind: kind, target: ShellWord()))
      return
    }
    guard case .word(let target) = peek else { throw unexpected(peek) }
    index += 1
    command.redirections.append(ShellRedirection(kind: kind, target: target))
  }

  /// `NAME=value` before a command.
  private static func assignment(_ word: ShellWord) -> (name: String, word: ShellWord)? {
    guard case .text(let text, false)? = word.parts.first, let equals = text.firstIndex(of: "=") else { return nil }
    let name = String(text[..<equals])
    guard let first = name.first, first == "_" || first.isLetter,
      name.allSatisfy({ $0 == "_" || $0.isLetter || $0.isNumber })
    else { return nil }
    var value = word
    value.parts[0] = .text(String(text[text.index(after: equals)...]), isQuoted: false)
    return (name, value)
  }

  // MARK: Compound commands

  private mutating func conditional() throws(ShellSyntaxError) {
    var ends: [Int] = []
    index += 1
    while true {
      try list(until: ["then"])
      try expect("then")
      let skip = emit(.jump(0))
      try list(until: ["elif", "else", "fi"])
      ends.append(emit(.jump(0)))
      instructions[skip] = .jumpIfFailure(instructions.count)
      guard reserved == "elif" else { break }
      index += 1
    }
    if reserved == "else" {
      index += 1
      try list(until: ["fi"])
    } else {
      _ = emit(.setStatus(0))
    }
    try expect("fi")
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func loop() throws(ShellSyntaxError) {
    let isUntil = reserved == "until"
    index += 1
    let begin = emit(.jump(0))
    let again = instructions.count
    try list(until: ["do"])
    try expect("do")
    let skip = emit(.jump(0))
    try list(until: ["done"])
    try expect("done")
    _ = emit(.jump(again))
    let end = instructions.count
    instructions[skip] = isUntil ? .jumpIfSuccess(end) : .jumpIfFailure(end)
    instructions[begin] = .loopBegin(again: again, end: end)
    _ = emit(.loopEnd)
    _ = emit(.setStatus(0))
  }

  private mutating func forLoop() throws(ShellSyntaxError) {
    index += 1
    guard let variable = reserved else { throw unexpected(peek) }
    index += 1
    while take(mark: "\n") {}
    var words: [ShellWord] = [ShellWord([.variable("@", fallback: nil, isQuoted: false)])]
    if reserved == "in" {
      index += 1
      words = []
      while case .word(let word) = peek {
        words.append(word)
        index += 1
      }
    }
    skipNewlines()
    try expect("do")
    _ = emit(.loopOver(words))
    let next = emit(.jump(0))
    try list(until: ["done"])
    try expect("done")
    _ = emit(.jump(next))
    instructions[next] = .loopNext(variable: variable, end: instructions.count)
    _ = emit(.loopEnd)
  }

  private mutating func choice() throws(ShellSyntaxError) {
    index += 1
    guard case .word(let subject) = peek else { throw unexpected(peek) }
    index += 1
    while take(mark: "\n") {}
    try expect("in")
    skipNewlines()
    var ends: [Int] = []
    while reserved != "esac" {
      _ = take(mark: "(")
      var patterns: [ShellWord] = []
      while case .word(let pattern) = peek {
        patterns.append(pattern)
        index += 1
        if !take(mark: "|") { break }
      }
      guard take(mark: ")") else { throw unexpected(peek) }
      let skip = emit(.jump(0))
      try list(until: ["esac"])
      ends.append(emit(.jump(0)))
      instructions[skip] = .jumpUnlessMatch(subject, patterns: patterns, instructions.count)
      _ = take(mark: ";;")
      skipNewlines()
    }
    try expect("esac")
    for end in ends { instructions[end] = .jump(instructions.count) }
  }
}
