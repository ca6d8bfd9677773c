import Loop

extension ShellCommand {
  /// Commands that are part of the shell itself: there is no program of that name to start.
  static let builtIns: Set<String> = [
    ":", ".", "exit", "return", "break", "continue", "set", "export", "unset", "shift", "trap", "wait", "cd", "read",
    "local", "eval", "umask",
  ]

  /// What steers a script.
  static let controlCommands: [ShellCommand] = [
    ShellCommand(":") { _ in .status(0) },
    ShellCommand("true") { _ in .status(0) },
    ShellCommand("false") { _ in .status(1) },
    ShellCommand("exit") { .exit($0.arguments.first.flatMap { Int($0) } ?? $0.state.status) },
    ShellCommand("return") { .exit($0.arguments.first.flatMap { Int($0) } ?? $0.state.status) },
    ShellCommand("break") { _ in .breakLoop },
    ShellCommand("continue") { _ in .continueLoop },
    ShellCommand("wait") { _ in .status(0) },
    ShellCommand("umask") { _ in .status(0) },
    ShellCommand("local") { .assign(&$0) },
    ShellCommand("cd") { call in
      let path = call.operands.first ?? call.world.environment["HOME"] ?? "/"
      guard call.world.files.isDirectory(path) else {
        call.error = "sh: cd: can't cd to \(path): No such file or directory\n"
        return .status(2)
      }
      call.world.files.directory = call.world.files.absolute(path)
      call.state.variables["PWD"] = call.world.files.directory
      return .status(0)
    },
    ShellCommand("set") { call in
      if call.hasOption("e") { call.state.endsOnFailure = true }
      return .status(0)
    },
    ShellCommand("export") { call in
      for argument in call.operands {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        call.world.environment[parts[0]] = parts.count > 1 ? parts[1] : call.state.variables[parts[0]] ?? ""
      }
      return .status(0)
    },
    ShellCommand("unset") { call in
      for name in call.operands {
        call.state.variables[name] = nil
        call.world.environment[name] = nil
      }
      return .status(0)
    },
    ShellCommand("shift") { call in
      let count = call.arguments.first.flatMap { Int($0) } ?? 1
      guard call.state.arguments.count > count else { return .status(1) }
      call.state.arguments.removeSubrange(1...count)
      return .status(0)
    },
    ShellCommand("trap") { call in
      let signals = call.arguments.dropFirst()
      if signals.contains(where: { ["TERM", "SIGTERM", "15"].contains($0) }) { call.state.hasTrap = true }
      return .status(0)
    },
    ShellCommand("read") { call in
      let line = call.input.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
      call.state.set(call.operands.first ?? "REPLY", line, in: &call.world)
      return .status(call.input.isEmpty ? 1 : 0)
    },
    ShellCommand("sleep") { call in
      guard !call.operands.isEmpty else {
        call.error = "sleep: missing operand\n"
        return .status(1)
      }
      var total = Duration.zero
      for text in call.operands {
        if text == "infinity" || text == "inf" { return .forever }
        guard let duration = sleepTime(text) else {
          call.error = "sleep: invalid number '\(text)'\n"
          return .status(1)
        }
        total += duration
      }
      return .sleep(total)
    },
    ShellCommand("test") { .status(ShellTest.holds($0.arguments, in: $0.world) ? 0 : 1) },
    ShellCommand("[") { call in
      guard call.arguments.last == "]" else {
        call.error = "sh: missing ]\n"
        return .status(2)
      }
      return .status(ShellTest.holds(Array(call.arguments.dropLast()), in: call.world) ? 0 : 1)
    },
    ShellCommand("[[") { .status(ShellTest.holds(Array($0.arguments.dropLast()), in: $0.world) ? 0 : 1) },
  ]

  /// `5`, `0.5`, `5s`, `2m`, `1h`, `1d`
  private static func sleepTime(_ text: String) -> Duration? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    let factor = text.last.flatMap { units[$0] }
    guard let number = Double(factor == nil ? text[...] : text.dropLast()), number >= 0 else { return nil }
    return .milliseconds(Int64(min(number * (factor ?? 1), 1e9) * 1_000))
  }
}

extension ShellOutcome {
  /// `NAME=value …` as arguments.
  fileprivate static func assign(_ call: inout ShellCall) -> ShellOutcome {
    for argument in call.arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { call.state.set(parts[0], parts[1], in: &call.world) }
    }
    return .status(0)
  }
}

/// The expressions of `test` and `[`.
enum ShellTest {
  static func holds(_ words: [String], in world: ContainerWorld) -> Bool {
    if let or = words.firstIndex(where: { $0 == "-o" || $0 == "||" }) {
      return holds(Array(words[..<or]), in: world) || holds(Array(words[(or + 1)...]), in: world)
    }
    if let and = words.firstIndex(where: { $0 == "-a" || $0 == "&&" }) {
      return holds(Array(words[..<and]), in: world) && holds(Array(words[(and + 1)...]), in: world)
    }
    if words.first == "!" { return !holds(Array(words.dropFirst()), in: world) }
    switch words.count {
    case 1: return !words[0].isEmpty
    case 2: return unary(words[0], words[1], world)
    case 3: return binary(words[0], words[1], words[2])
    default: return false
    }
  }

  private static func unary(_ operation: String, _ word: String, _ world: ContainerWorld) -> Bool {
    switch operation {
    case "-z": word.isEmpty
    case "-n": !word.isEmpty
    case "-f", "-r", "-w", "-x": world.files[word] != nil
    case "-s": world.files[word].map { !$0.isEmpty } ?? false
    case "-d": world.files.isDirectory(word)
    case "-e": world.files[word] != nil || world.files.isDirectory(word)
    default: false
    }
  }

  private static func binary(_ left: String, _ operation: String, _ right: String) -> Bool {
    switch operation {
    case "=", "==": return ShellPattern.matches(left, right)
    case "!=": return !ShellPattern.matches(left, right)
    default: break
    }
    guard let first = Int(left), let second = Int(right) else { return false }
    switch operation {
    case "-eq": return first == second
    case "-ne": return first != second
    case "-lt": return first < second
    case "-le": return first <= second
    case "-gt": return first > second
    case "-ge": return first >= second
    default: return false
    }
  }
}
