extension ShellCommand {
  /// What makes, moves and lists files.
  static let fileCommands: [ShellCommand] = [
    ShellCommand("touch") { call in
      for path in call.operands where call.world.files[path] == nil { call.world.write("", to: path) }
      return .status(0)
    },
    ShellCommand("rm") { call in
      var status = 0
      for path in call.operands {
        if call.world.files[path] != nil {
          call.world.remove(path)
        } else if call.world.isDirectory(path), call.hasOption("r") {
          call.world.removeDirectory(path)
        } else if !call.hasOption("f") {
          call.error += "rm: can't remove '\(path)': No such file or directory\n"
          status = 1
        }
      }
      return .status(status)
    },
    ShellCommand("mkdir") { call in
      for path in call.operands { call.world.makeDirectory(path) }
      return .status(0)
    },
    ShellCommand("cp") { copy(&$0, "cp", removes: false) },
    ShellCommand("mv") { copy(&$0, "mv", removes: true) },
    ShellCommand("chmod") { _ in .status(0) },
    ShellCommand("chown") { _ in .status(0) },
    ShellCommand("ls") { call in
      let paths = call.operands.isEmpty ? ["/"] : call.operands
      var status = 0
      for path in paths {
        if call.world.files[path] != nil {
          call.output += path + "\n"
        } else if call.world.isDirectory(path) {
          for name in call.world.names(in: path) { call.output += name + "\n" }
        } else {
          call.error += "ls: \(path): No such file or directory\n"
          status = 1
        }
      }
      return .status(status)
    },
    ShellCommand("pwd") { call in
      call.output = (call.state.variables["PWD"] ?? "/") + "\n"
      return .status(0)
    },
    ShellCommand("which") { call in
      for name in call.operands {
        guard ShellCommand.table[name] != nil, !call.world.lacks.contains(name) else { return .status(1) }
        call.output += "/usr/bin/\(name)\n"
      }
      return .status(0)
    },
  ]

  private static func copy(_ call: inout ShellCall, _ name: String, removes: Bool) -> ShellOutcome {
    guard call.operands.count == 2, let text = call.world.files[call.operands[0]] else {
      call.error = "\(name): can't stat '\(call.operands.first ?? "")': No such file or directory\n"
      return .status(1)
    }
    let source = call.operands[0]
    var target = call.operands[1]
    if call.world.isDirectory(target) { target += (target.hasSuffix("/") ? "" : "/") + ProgramChoice.baseName(source) }
    call.world.write(text, to: target)
    if removes { call.world.remove(source) }
    return .status(0)
  }
}

extension ContainerWorld {
  private static func prefix(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }

  /// Whether the path is a directory: one that was made, one of the system's, or one that holds a file.
  func isDirectory(_ path: String) -> Bool {
    if ["/", "/tmp", "/etc", "/var", "/usr", "/bin", "/root", "/home", "/proc", "/dev"].contains(path) { return true }
    let prefix = Self.prefix(path)
    return files.keys.contains { $0.hasPrefix(prefix) }
  }

  /// Makes a directory, which is held by a file without a name.
  mutating func makeDirectory(_ path: String) { write("", to: Self.prefix(path)) }

  mutating func removeDirectory(_ path: String) {
    let prefix = Self.prefix(path)
    for file in files.keys.filter({ $0.hasPrefix(prefix) }) { remove(file) }
  }

  /// The names in a directory, in order.
  func names(in path: String) -> [String] {
    let prefix = Self.prefix(path)
    let names = files.keys.filter { $0.hasPrefix(prefix) && $0 != prefix }
      .compactMap { $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
    return Set(names).sorted()
  }
}
