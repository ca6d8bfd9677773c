/// A word of a shell script, as parts that become text when the command runs.
struct ShellWord: Equatable {
  indirect enum Part: Equatable {
    case text(String, isQuoted: Bool)
    /// `$NAME`, `${NAME:-fallback}`
    case variable(String, fallback: String?, isQuoted: Bool)
    /// `(one two)` behind `NAME=`: the elements of an array.
    case list([ShellWord])
    /// `${NAME[1]}`, `${NAME[@]}`, `${#NAME[@]}`
    case element(String, index: String, isCount: Bool, isQuoted: Bool)
    /// `$(command)`
    case command(ShellScript, isQuoted: Bool)
    /// `$((1 + 2))`
    case arithmetic(String)
  }

  var parts: [Part] = []

  init(_ parts: [Part] = []) { self.parts = parts }

  /// The word's text where it is plain and unquoted, which is what makes a reserved word.
  var bare: String? {
    guard parts.count == 1, case .text(let text, false) = parts[0] else { return nil }
    return text
  }
}

/// Where a command's output goes or its input comes from.
struct ShellRedirection: Equatable {
  enum Kind: Equatable {
    case input
    case output(descriptor: Int, isAppending: Bool)
    /// `2>&1`
    case duplicate(from: Int, to: Int)
    /// `<<< text` and here-documents
    case text
  }

  var kind: Kind
  var target: ShellWord
}

/// `NAME=value command word word > file`
struct ShellSimpleCommand: Equatable {
  var assignments: [(name: String, word: ShellWord)] = []
  var words: [ShellWord] = []
  var redirections: [ShellRedirection] = []
  var isBackground = false

  var isEmpty: Bool { assignments.isEmpty && words.isEmpty && redirections.isEmpty }

  static func == (left: Self, right: Self) -> Bool {
    left.words == right.words && left.redirections == right.redirections && left.isBackground == right.isBackground
      && left.assignments.map(\.name) == right.assignments.map(\.name)
      && left.assignments.map(\.word) == right.assignments.map(\.word)
  }
}

/// One step of a script. Jumps make a script's run a plain counter, which can stop and go on at any step.
enum ShellInstruction: Equatable {
  /// One command, or several joined by pipes.
  case run([ShellSimpleCommand])
  case jump(Int)
  case jumpIfSuccess(Int)
  case jumpIfFailure(Int)
  case invert
  case setStatus(Int)
  /// Begins a `for` with its words.
  case loopOver([ShellWord])
  /// Begins a `while`, whose `break` goes to `end` and whose `continue` goes to `again`.
  case loopBegin(again: Int, end: Int)
  /// Takes the next word of a `for`, or goes to its end.
  case loopNext(variable: String, end: Int)
  case loopEnd
  /// Goes on there unless the word matches one of the patterns (`case`).
  case jumpUnlessMatch(ShellWord, patterns: [ShellWord], Int)
}

/// A script that can be run.
struct ShellScript: Equatable {
  var instructions: [ShellInstruction] = []
}

/// The script cannot be read.
struct ShellSyntaxError: Error, Equatable {
  /// As a shell words it: `syntax error: unexpected "done"`.
  let message: String
}
