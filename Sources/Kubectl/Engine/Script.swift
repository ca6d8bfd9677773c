/// A shell's line or lines, taken apart as a shell does: words, quotes, escapes, operators, here-documents.
///
/// There are no variables, patterns or substitutions: `$` and `*` stand for themselves.
struct Script {
  struct Command {
    var words: [String] = []
    /// The here-document, if there is one.
    var input: String?
  }

  enum Condition {
    case always, afterSuccess, afterFailure
  }

  struct Statement {
    var condition: Condition
    /// Commands of which each reads what the one before it writes.
    var pipeline: [Command]
  }

  struct SyntaxProblem: Error {
    let message: String
  }

  private(set) var statements: [Statement] = []

  init(_ text: String) throws(SyntaxProblem) {
    var reader = ScriptReader(text)
    statements = try reader.script()
  }
}

private struct ScriptReader {
  private let characters: [Character]
  private var position = 0
  private var statements: [Script.Statement] = []
  private var condition = Script.Condition.always
  private var pipeline: [Script.Command] = []
  private var command = Script.Command()
  /// Here-documents announced on this line: they start on the next.
  private var pending: [(delimiter: String, stripsTabs: Bool, statement: Int, command: Int)] = []

  init(_ text: String) { characters = Array(text) }

  private var current: Character? { position < characters.count ? characters[position] : nil }
  private var following: Character? { position + 1 < characters.count ? characters[position + 1] : nil }

  mutating func script() throws(Script.SyntaxProblem) -> [Script.Statement] {
    while let character = current {
      switch character {
      case " ", "\t": position += 1
      case "\\" where following?.isNewline == true: position += 2
      case "\n", "\r\n", "\r":
        position += 1
        end(then: .always)
        readHereDocuments()
      case "#": while let next = current, !next.isNewline { position += 1 }
      case ";":
        position += 1
        end(then: .always)
      case "&" where following == "&": try conjunction(.afterSuccess, "&&")
      case "|" where following == "|": try conjunction(.afterFailure, "||")
      case "|":
        position += 1
        try endCommand("|")
      case "<" where following == "<": try hereDocument()
      case "<", ">", "&", "(", ")", "`": throw Script.SyntaxProblem(message: "'\(character)' is not supported here")
      default: command.words.append(try word())
      }
    }
    end(then: .always)
    readHereDocuments()
    return statements
  }

  private mutating func conjunction(_ next: Script.Condition, _ text: String) throws(Script.SyntaxProblem) {
    if command.words.isEmpty { throw Script.SyntaxProblem(message: "unexpected token '\(text)'") }
    position += 2
    end(then: next)
  }

  private mutating func endCommand(_ token: String) throws(Script.SyntaxProblem) {
    if command.words.isEmpty { throw Script.SyntaxProblem(message: "unexpected token '\(token)'") }
    pipeline.append(command)
    command = Script.Command()
  }

  private mutating func end(then next: Script.Condition) {
    if !command.words.isEmpty { pipeline.append(command) }
    command = Script.Command()
    // After an operator the command may stand on the next line.
    if pipeline.isEmpty { return }
    statements.append(Script.Statement(condition: condition, pipeline: pipeline))
    pipeline = []
    condition = next
  }

  private mutating func hereDocument() throws(Script.SyntaxProblem) {
    position += 2
    let stripsTabs = current == "-"
    if stripsTabs { position += 1 }
    while current == " " { position += 1 }
    let delimiter = try word()
    if delimiter.isEmpty { throw Script.SyntaxProblem(message: "a here-document needs a word after '<<'") }
    pending.append((delimiter, stripsTabs, statements.count, pipeline.count))
  }

  private mutating func readHereDocuments() {
    for document in pending {
      var text = ""
      while position < characters.count {
        var line = nextLine()
        if document.stripsTabs { line = String(line.drop { $0 == "\t" }) }
        if line == document.delimiter { break }
        text += line + "\n"
      }
      if document.statement < statements.count, document.command < statements[document.statement].pipeline.count {
        statements[document.statement].pipeline[document.command].input = text
      }
    }
    pending = []
  }

  private mutating func nextLine() -> String {
    let start = position
    while let character = current, !character.isNewline { position += 1 }
    let line = String(characters[start..<position])
    position += 1
    return line
  }

  private mutating func word() throws(Script.SyntaxProblem) -> String {
    var word = ""
    while let character = current {
      switch character {
      case " ", "\t", "\n", "\r\n", "\r", ";", "|", "&", "<", ">": return word
      case "'":
        position += 1
        while let inner = current, inner != "'" {
          word.append(inner)
          position += 1
        }
        if current == nil { throw Script.SyntaxProblem(message: "a quote (') is not closed") }
        position += 1
      case "\"": word += try doubleQuoted()
      case "\\":
        position += 1
        if let escaped = current {
          if !escaped.isNewline { word.append(escaped) }
          position += 1
        }
      default:
        word.append(character)
        position += 1
      }
    }
    return word
  }

  private mutating func doubleQuoted() throws(Script.SyntaxProblem) -> String {
    var text = ""
    position += 1
    while let character = current {
      position += 1
      if character == "\"" { return text }
      if character == "\\", let escaped = current {
        if escaped.isNewline {
          position += 1
          continue
        }
        if "\"\\$`".contains(escaped) {
          text.append(escaped)
          position += 1
          continue
        }
      }
      text.append(character)
    }
    throw Script.SyntaxProblem(message: "a quote (\") is not closed")
  }
}
