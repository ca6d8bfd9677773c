/// Reads a command's options and arguments as Go's pflag does.
struct CommandLine {
  private(set) var arguments: [String] = []
  private(set) var values: [String: [String]] = [:]
  private(set) var dashAt: Int?
  private let flags: [Flag]
  private let path: String
  private var rest: ArraySlice<String>

  init(_ words: ArraySlice<String>, flags: [Flag], path: String) throws(Failure) {
    self.flags = flags + Flag.global + [Flag.help]
    self.path = path
    rest = words
    while let word = rest.popFirst() {
      if word == "--" {
        dashAt = arguments.count
        arguments += rest
        return
      }
      if word.hasPrefix("--") {
        try long(String(word.dropFirst(2)))
      } else if word.hasPrefix("-"), word.utf8.count > 1 {
        try short(Array(word.dropFirst()))
      } else {
        arguments.append(word)
      }
    }
  }

  private func usage(_ message: String) -> Failure {
    .error("\(message)\nSee '\(path) --help' for usage.")
  }

  private mutating func long(_ text: String) throws(Failure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard !parts[0].isEmpty, !parts[0].hasPrefix("-") else { throw usage("bad flag syntax: --\(text)") }
    guard let flag = flags.first(where: { $0.name == parts[0] }) else { throw usage("unknown flag: --\(parts[0])") }
    if parts.count > 1 { return try set(flag, parts[1]) }
    if let bare = flag.bare { return try set(flag, bare) }
    guard let value = rest.popFirst() else { throw usage("flag needs an argument: --\(parts[0])") }
    try set(flag, value)
  }

  private mutating func short(_ letters: [Character]) throws(Failure) {
    for (index, letter) in letters.enumerated() {
      guard let flag = flags.first(where: { $0.short == letter }) else {
        throw usage("unknown shorthand flag: '\(letter)' in -\(String(letters[index...]))")
      }
      let following = String(letters[(index + 1)...])
      if following.hasPrefix("=") { return try set(flag, String(following.dropFirst())) }
      if let bare = flag.bare {
        try set(flag, bare)
        continue
      }
      if !following.isEmpty { return try set(flag, following) }
      guard let value = rest.popFirst() else {
        throw usage("flag needs an argument: '\(letter)' in -\(String(letters[index...]))")
      }
      return try set(flag, value)
    }
  }

  private mutating func set(_ flag: Flag, _ value: String) throws(Failure) {
    if let problem = flag.problem(with: value) { throw usage(problem) }
    values[flag.name, default: []].append(value)
  }
}
