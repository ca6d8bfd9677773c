import API

extension ShellCommand {
  /// What packs and unpacks files; `kubectl cp` needs it on both sides.
  static let archiveCommands: [ShellCommand] = [
    ShellCommand("tar") { call in
      let options = Archive.Options(call.arguments)
      guard !options.isCompressed else { return call.refuse("compressed archives are not simulated") }
      switch options.mode {
      case .create: return call.pack(options)
      case .extract, .list: return call.unpack(options)
      case nil: return call.refuse("You must specify one of the '-ctx' options")
      }
    }
  ]
}

extension Archive {
  /// What `tar` is asked to do.
  struct Options {
    enum Mode: Character {
      case create = "c"
      case extract = "x"
      case list = "t"
    }

    private static let long: [String: Mode] = [
      "--create": .create, "--extract": .extract, "--get": .extract, "--list": .list,
    ]

    var mode: Mode?
    /// Nil and `-`: standard input or output.
    var file: String?
    var directory: String?
    var isVerbose = false
    var isCompressed = false
    var operands: [String] = []

    init(_ arguments: some Sequence<String>) {
      var rest = Array(arguments)[...]
      // The first word may be letters without a dash.
      if let first = rest.first, !first.hasPrefix("-") {
        rest = rest.dropFirst()
        readLetters(first, &rest)
      }
      while let argument = rest.popFirst() {
        if argument.hasPrefix("--") {
          readLong(argument)
        } else if argument.hasPrefix("-"), argument.count > 1 {
          readLetters(argument.dropFirst(), &rest)
        } else {
          operands.append(argument)
        }
      }
    }

    private mutating func readLetters(_ letters: some StringProtocol, _ rest: inout ArraySlice<String>) {
      for letter in letters {
        switch letter {
        case "f": file = rest.popFirst()
        case "C": directory = rest.popFirst()
        case "v": isVerbose = true
        case "z", "j", "J": isCompressed = true
        default: mode = Mode(rawValue: letter) ?? mode
        }
      }
    }

    private mutating func readLong(_ argument: String) {
      if let found = Self.long[argument] { mode = found }
      if argument.hasPrefix("--file=") { file = String(argument.dropFirst(7)) }
      if argument.hasPrefix("--directory=") { directory = String(argument.dropFirst(12)) }
      if argument == "--verbose" { isVerbose = true }
      if argument == "--gzip" { isCompressed = true }
    }

    var usesStream: Bool { file == nil || file == "-" }
    /// Whether the archive comes by standard input.
    var readsInput: Bool { usesStream && (mode == .extract || mode == .list) }
  }
}

extension ShellCall {
  fileprivate static let failed = 2

  fileprivate mutating func refuse(_ problem: String) -> ShellOutcome {
    error += "tar: \(problem)\n"
    return .status(Self.failed)
  }

  // MARK: Packing

  fileprivate mutating func pack(_ options: Archive.Options) -> ShellOutcome {
    let kept = world.files.directory
    defer { world.files.directory = kept }
    guard enter(options) else { return .status(Self.failed) }
    guard !options.operands.isEmpty else { return refuse("Cowardly refusing to create an empty archive") }
    var archive = Archive([Archive.Entry]())
    for path in options.operands { add(path, to: &archive) }
    if archive.entries.contains(where: { $0.name.hasPrefix("/") }) {
      error += "tar: Removing leading `/' from member names\n"
      for index in archive.entries.indices {
        archive.entries[index].name = String(archive.entries[index].name.drop { $0 == "/" })
      }
      archive.entries.removeAll { $0.name.isEmpty }
    }
    let text = ByteText.text(archive.bytes(at: state.time))
    if options.usesStream { output = text } else { write(text, to: options.file ?? "", "tar") }
    let isComplete = !error.contains("Cannot") && !error.contains("can't")
    if !isComplete { error += "tar: Exiting with failure status due to previous errors\n" }
    return .status(isComplete ? 0 : Self.failed)
  }

  private mutating func add(_ path: String, to archive: inout Archive) {
    if let text = world.files[path], !path.hasSuffix("/") {
      return archive.entries.append(Archive.Entry(name: path, bytes: ByteText.bytes(text)))
    }
    guard world.files.isDirectory(path) else {
      error += "tar: \(path): Cannot stat: No such file or directory\n"
      return
    }
    let directory = path.hasSuffix("/") ? path : path + "/"
    archive.entries.append(Archive.Entry(name: directory))
    for name in world.files.names(in: path) { add(directory + name, to: &archive) }
  }

  private mutating func enter(_ options: Archive.Options) -> Bool {
    guard let directory = options.directory else { return true }
    guard world.files.isDirectory(directory) else {
      error += "tar: \(directory): Cannot open: No such file or directory\n"
      return false
    }
    world.files.directory = world.files.absolute(directory)
    return true
  }

  // MARK: Unpacking

  fileprivate mutating func unpack(_ options: Archive.Options) -> ShellOutcome {
    var text = input
    if !options.usesStream, let file = options.file {
      guard let found = world.files[file] else { return refuse("\(file): Cannot open: No such file or directory") }
      text = found
    }
    let kept = world.files.directory
    defer { world.files.directory = kept }
    guard enter(options) else { return .status(Self.failed) }
    do throws(Archive.Problem) {
      let archive = try Archive(ByteText.bytes(text))
      for name in archive.others { error += "tar: \(name): Cannot create: links are not simulated\n" }
      for entry in archive.entries where isWanted(entry, options) {
        if options.isVerbose || options.mode == .list { output += entry.name + "\n" }
        if options.mode == .extract { extract(entry) }
      }
    } catch {
      return refuse(error.rawValue)
    }
    return .status(error.isEmpty ? 0 : Self.failed)
  }

  private func isWanted(_ entry: Archive.Entry, _ options: Archive.Options) -> Bool {
    options.operands.isEmpty
      || options.operands.contains { entry.name == $0 || entry.name.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
  }

  private mutating func extract(_ entry: Archive.Entry) {
    let path = String(entry.name.drop { $0 == "/" })
    guard !path.split(separator: "/").contains("..") else {
      error += "tar: \(path): Member name contains '..'\n"
      return
    }
    let parts = path.split(separator: "/").map(String.init)
    let parent = entry.isDirectory ? parts : parts.dropLast()
    if !parent.isEmpty {
      let directory = parent.joined(separator: "/")
      attempt("tar: \(directory): Cannot mkdir") { (files) throws(FileSystem.Refusal) in
        try files.makeDirectory(directory)
      }
    }
    guard !entry.isDirectory else { return }
    let text = ByteText.text(entry.bytes)
    guard text.utf8.count <= FileTree.byteLimit else {
      error += "tar: \(path): Cannot write: No space left on device\n"
      return
    }
    attempt("tar: \(path): Cannot open") { (files) throws(FileSystem.Refusal) in try files.write(text, to: path) }
  }
}
