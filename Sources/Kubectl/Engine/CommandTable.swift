/// All commands, and how a typed line finds its own.
enum CommandTable {
  static func run(_ words: [String], in session: Session) throws(Failure) {
    var rest = words[...]
    let early = leadingOptions(&rest)
    guard let name = rest.first else {
      session.out(Help.overview)
      return
    }
    if name == "help" { return try help(Array(rest.dropFirst()), session) }
    guard let command = commands.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
      throw unknown(name)
    }
    try run(command, early + rest.dropFirst(), path: "kubectl", session)
  }

  /// Options before the command's name (`kubectl -n kube-system get pods`).
  private static func leadingOptions(_ rest: inout ArraySlice<String>) -> [String] {
    var options: [String] = []
    while let word = rest.first, word.hasPrefix("-") {
      if word == "--help" || word == "-h" {
        rest = []
        break
      }
      options.append(word)
      rest = rest.dropFirst()
      let name = word.drop { $0 == "-" }
      let flag = Flag.global.first { $0.name == name || $0.short.map(String.init) == String(name) }
      if let flag, flag.bare == nil, let value = rest.popFirst() { options.append(value) }
    }
    return options
  }

  static func run(
    _ command: Command, _ words: [String], path: String, _ session: Session
  ) throws(Failure) {
    let path = path + " " + command.name
    if !command.subcommands.isEmpty, let name = words.first(where: { !$0.hasPrefix("-") }) {
      if let subcommand = command.subcommands.first(where: { $0.name == name || $0.aliases.contains(name) }) {
        var rest = words
        rest.remove(at: rest.firstIndex(of: name) ?? 0)
        return try run(subcommand, rest, path: path, session)
      }
      if command.name != "create" {
        throw .error("unknown command \(quoted(words.joined(separator: " ")))\nSee '\(path) -h' for help and examples")
      }
    }
    let line = try CommandLine(words[...], flags: command.flags, path: path)
    if line.values["help"]?.last.flatMap(Flag.boolean) == true {
      return session.out(Help.text(of: command, path: path))
    }
    let missing = command.required.filter { line.values[$0] == nil }
    if !missing.isEmpty {
      throw .error("required flag(s) \(missing.map(quoted).joined(separator: ", ")) not set")
    }
    let invocation = Invocation(
      command: command, path: path, arguments: line.arguments, values: line.values, dashAt: line.dashAt,
      session: session)
    session.adopt(invocation)
    try command.run(invocation)
  }

  private static func help(_ names: [String], _ session: Session) throws(Failure) {
    var path = "kubectl"
    var candidates = commands
    var found: Command?
    for name in names {
      guard let next = candidates.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
        throw unknown(name)
      }
      path += " " + next.name
      candidates = next.subcommands
      found = next
    }
    session.out(found.map { Help.text(of: $0, path: path) } ?? Help.overview)
  }

  private static func unknown(_ name: String) -> Failure {
    let near = commands.map(\.name).filter { distance($0, name) <= 2 || $0.hasPrefix(name) }
    var text = "error: unknown command \(quoted(name)) for \"kubectl\""
    if !near.isEmpty { text += "\n\nDid you mean this?\n" + near.map { "\t\($0)" }.joined(separator: "\n") }
    return Failure(text: text)
  }

  /// How many letters must change to make one word of the other (Levenshtein).
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.lowercased())
    let right = Array(right.lowercased())
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let above = row[column + 1]
        row[column + 1] = Swift.min(above + 1, row[column] + 1, diagonal + (letter == right[column] ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
