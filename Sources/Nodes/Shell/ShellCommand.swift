import Loop

/// What a command does in the simulated shell. One file holds the commands of one subject.
struct ShellCommand: Sendable {
  typealias Body = @Sendable (_ call: inout ShellCall) -> ShellOutcome

  let name: String
  let body: Body

  init(_ name: String, _ body: @escaping Body) {
    self.name = name
    self.body = body
  }

  /// Every command that the shell knows, by name.
  static let table: [String: ShellCommand] = {
    var table: [String: ShellCommand] = [:]
    for command in controlCommands + textCommands + fileCommands + diskCommands + systemCommands + networkCommands
      + archiveCommands
    {
      table[command.name] = command
    }
    return table
  }()

  static let shells: Set<String> = ["sh", "bash", "ash", "dash"]
}

/// One call of a command.
struct ShellCall {
  /// Without the command's own name.
  let arguments: [String]
  let input: String
  var state: ShellState
  var world: ContainerWorld
  var output = ""
  var error = ""

  /// The arguments that are no options.
  var operands: [String] { arguments.filter { !$0.hasPrefix("-") || $0 == "-" } }

  func hasOption(_ letter: Character) -> Bool {
    arguments.contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.dropFirst().contains(letter) }
  }

  /// The texts of the files that are named, or the input where none is; says which are not there.
  mutating func texts(_ name: String, of paths: [String]) -> (texts: [String], isComplete: Bool) {
    guard !paths.isEmpty else { return ([input], true) }
    var texts: [String] = []
    var isComplete = true
    for path in paths {
      if path == "-" {
        texts.append(input)
      } else if let text = world.files[path] {
        texts.append(text)
      } else if path != "/dev/null" {
        isComplete = false
        let problem = world.files.isDirectory(path) ? "read error: Is a directory" : "No such file or directory"
        error += "\(name): can't open '\(path)': \(problem)\n"
      }
    }
    return (texts, isComplete)
  }
}

/// What follows a call of a command.
enum ShellOutcome: Equatable {
  case status(Int)
  case sleep(Duration)
  /// Keeps a processor busy for so long, longer where it has to share it.
  case works(Duration)
  /// Takes so long, and comes to that status; what it wrote appears then.
  case takes(Duration, status: Int)
  /// Waits for ever.
  case forever
  case exit(Int)
  case breakLoop
  case continueLoop
  /// Becomes the image's own program.
  case service
  /// Becomes a program that answers as that behaviour says.
  case serves(ImageBehaviour)
}
