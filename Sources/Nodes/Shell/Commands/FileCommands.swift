extension ShellCommand {
  /// What makes, moves and lists files.
  static let fileCommands: [ShellCommand] = [
    ShellCommand("touch") { call in
      for path in call.operands where call.world.files[path] == nil && !call.world.files.isDirectory(path) {
        call.write("", to: path, "touch")
      }
      return .status(call.error.isEmpty ? 0 : 1)
    },
    ShellCommand("rm") { call in
      for path in call.operands { remove(path, &call) }
      return .status(call.error.isEmpty ? 0 : 1)
    },
    ShellCommand("mkdir") { call in
      for path in call.operands {
        call.attempt("mkdir: can't create directory '\(path)'") { (files) throws(FileSystem.Refusal) in
          try files.makeDirectory(path)
        }
      }
      return .status(call.error.isEmpty ? 0 : 1)
    },
    ShellCommand("rmdir") { call in
      for path in call.operands {
        call.attempt("rmdir: '\(path)'") { (files) throws(FileSystem.Refusal) in try files.removeDirectory(path) }
      }
      return .status(call.error.isEmpty ? 0 : 1)
    },
    ShellCommand("cp") { copy(&$0, "cp", removes: false) },
    ShellCommand("mv") { copy(&$0, "mv", removes: true) },
    ShellCommand("chmod") { _ in .status(0) },
    ShellCommand("chown") { _ in .status(0) },
    ShellCommand("ls") { call in
      let paths = call.operands.isEmpty ? [call.world.files.directory] : call.operands
      var status = 0
      for path in paths {
        if call.world.files[path] != nil {
          call.output += path + "\n"
        } else if call.world.files.isDirectory(path) {
          for name in call.world.files.names(in: path) { call.output += name + "\n" }
        } else {
          call.error += "ls: \(path): No such file or directory\n"
          status = 1
        }
      }
      return .status(status)
    },
    ShellCommand("pwd") { call in
      call.output = call.world.files.directory + "\n"
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

  private static func remove(_ path: String, _ call: inout ShellCall) {
    let problem = "rm: can't remove '\(path)'"
    if call.world.files[path] != nil {
      call.attempt(problem) { (files) throws(FileSystem.Refusal) in try files.remove(path) }
    } else if call.world.files.isDirectory(path), call.hasOption("r") || call.hasOption("R") {
      call.attempt(problem) { (files) throws(FileSystem.Refusal) in try files.removeDirectory(path) }
    } else if !call.hasOption("f") {
      call.error += problem + ": No such file or directory\n"
    }
  }

  private static func copy(_ call: inout ShellCall, _ name: String, removes: Bool) -> ShellOutcome {
    guard call.operands.count >= 2, let target = call.operands.last else {
      call.error = "\(name): missing file operand\n"
      return .status(1)
    }
    let intoDirectory = call.world.files.isDirectory(target)
    for source in call.operands.dropLast() {
      let place = intoDirectory ? target + "/" + ProgramChoice.baseName(source) : target
      if call.world.files[source] != nil {
        copy(file: source, to: place, &call, name, removes)
      } else if call.world.files.isDirectory(source), removes || call.hasOption("r") || call.hasOption("a") {
        copy(directory: source, to: place, &call, name, removes)
      } else {
        call.error += "\(name): can't stat '\(source)': No such file or directory\n"
      }
    }
    return .status(call.error.isEmpty ? 0 : 1)
  }

  private static func copy(
    file source: String, to target: String, _ call: inout ShellCall, _ name: String, _ removes: Bool
  ) {
    call.write(call.world.files[source] ?? "", to: target, name)
    guard removes, call.error.isEmpty else { return }
    call.attempt("\(name): '\(source)'") { (files) throws(FileSystem.Refusal) in try files.remove(source) }
  }

  private static func copy(
    directory source: String, to target: String, _ call: inout ShellCall, _ name: String, _ removes: Bool
  ) {
    let start = call.world.files.absolute(source)
    call.attempt("\(name): can't create directory '\(target)'") { (files) throws(FileSystem.Refusal) in
      try files.makeDirectory(target)
    }
    for file in call.world.files.paths(below: source) where !file.hasSuffix("/") {
      let place = target + file.dropFirst(start.count)
      let parent = place.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      call.attempt("\(name): '\(parent)'") { (files) throws(FileSystem.Refusal) in try files.makeDirectory(parent) }
      copy(file: file, to: place, &call, name, removes)
    }
  }
}

extension ShellCall {
  /// Does something to the files, or says why it cannot be done.
  mutating func attempt(_ problem: String, _ change: (inout FileSystem) throws(FileSystem.Refusal) -> Void) {
    do throws(FileSystem.Refusal) {
      try change(&world.files)
    } catch {
      self.error += "\(problem): \(error.rawValue)\n"
    }
  }

  /// Writes a file, or says why it cannot be written.
  mutating func write(_ text: String, to path: String, _ name: String) {
    attempt("\(name): can't create '\(path)'") { (files) throws(FileSystem.Refusal) in try files.write(text, to: path) }
  }
}
