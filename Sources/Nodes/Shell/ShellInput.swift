/// A script's standard input: what has come of it and was not read yet.
struct ShellInput {
  private enum Need {
    case nothing
    case line
    case everything
  }

  /// Commands that read when no file is named.
  private static let readers: Set<String> = ["cat", "head", "tail", "wc", "sort", "uniq", "grep", "tee"]

  var text = ""
  /// Whether more may come.
  var isOpen = false

  /// What the commands, joined by pipes, read; nil while that is not there yet.
  mutating func take(for commands: [ShellSimpleCommand]) -> String? {
    switch commands.first.map(Self.need) ?? .nothing {
    case .nothing: return ""
    case .everything:
      guard !isOpen else { return nil }
      defer { text = "" }
      return text
    case .line:
      guard let end = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else {
        guard !isOpen else { return nil }
        defer { text = "" }
        return text
      }
      let rest = text.utf8.index(after: end)
      defer { text = String(text[rest...]) }
      return String(text[..<rest])
    }
  }

  /// What a command that only passes on writes before its input has ended.
  mutating func takePart(for commands: [ShellSimpleCommand]) -> String {
    guard commands.count == 1, let command = commands.first, command.redirections.isEmpty,
      Self.words(command).elementsEqual(["cat"])
    else { return "" }
    defer { text = "" }
    return text
  }

  private static func need(_ command: ShellSimpleCommand) -> Need {
    let isRedirected = command.redirections.contains { $0.kind == .input || $0.kind == .text }
    let words = words(command)
    guard !isRedirected, let first = words.first else { return .nothing }
    let name = ProgramChoice.baseName(first)
    if name == "read" { return .line }
    if name == "tar" { return Archive.Options(words.dropFirst()).readsInput ? .everything : .nothing }
    guard readers.contains(name) else { return .nothing }
    // The number of `head -n 5` is no file, and the first operand of grep is its pattern.
    let operands = words.dropFirst().filter { ($0 == "-" || !$0.hasPrefix("-")) && Int($0) == nil }
    let reads = operands.first == "-" || name == "tee" || operands.count <= (name == "grep" ? 1 : 0)
    return reads ? .everything : .nothing
  }

  /// The words as they are written; one that depends on a variable stands for some file.
  private static func words(_ command: ShellSimpleCommand) -> [String] {
    command.words.map { word in
      var whole = ""
      for part in word.parts {
        guard case .text(let text, _) = part else { return "file" }
        whole += text
      }
      return whole
    }
  }
}
