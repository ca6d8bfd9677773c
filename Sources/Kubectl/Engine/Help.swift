/// What `--help` shows.
enum Help {
  static let overview: String = {
    var text = "kubectl controls the Kubernetes cluster manager.\n\nCommands:\n"
    for command in CommandTable.commands { text += "  \(padded(command.name)) \(command.summary)\n" }
    text += "\nUsage:\n  kubectl [flags] [options]\n\n"
    return text + "Use \"kubectl <command> --help\" for more information about a given command.\n"
  }()

  static func text(of command: Command, path: String) -> String {
    var text = command.summary + "\n"
    if !command.examples.isEmpty {
      text += "\nExamples:\n" + command.examples.map { "  \($0)\n" }.joined()
    }
    if !command.subcommands.isEmpty {
      text += "\nAvailable Commands:\n"
      for subcommand in command.subcommands { text += "  \(padded(subcommand.name)) \(subcommand.summary)\n" }
    }
    if !command.flags.isEmpty {
      text += "\nOptions:\n" + command.flags.sorted { $0.name < $1.name }.map(line).joined(separator: "\n")
    }
    let usage = command.usage.isEmpty ? (command.subcommands.isEmpty ? "" : "SUBCOMMAND") : command.usage
    text += "\nUsage:\n  \(path) \(usage)\(usage.isEmpty ? "" : " ")[options]\n"
    if !command.subcommands.isEmpty {
      text += "\nUse \"\(path) <command> --help\" for more information about a given command.\n"
    }
    return text
  }

  private static func line(_ flag: Flag) -> String {
    let short = flag.short.map { "-\($0), " } ?? ""
    let initial =
      switch flag.kind {
      case .text: "'\(flag.initial)'"
      case .list, .array: "[]"
      case .isSwitch, .integer, .duration: flag.initial
      }
    return "    \(short)--\(flag.name)=\(initial):\n\t\(flag.help)\n"
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: Swift.max(1, 15 - name.utf8.count))
  }
}
