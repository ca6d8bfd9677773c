extension ShellCommand {
  /// What reads and writes text.
  static let textCommands: [ShellCommand] = [
    ShellCommand("echo") { call in
      var words = call.arguments[...]
      var (endsLine, interprets) = (true, false)
      while let option = words.first, ["-n", "-e", "-ne", "-en", "-E"].contains(option) {
        if option.contains("n") { endsLine = false }
        if option.contains("e") { interprets = true }
        words = words.dropFirst()
      }
      let text = words.joined(separator: " ")
      call.output = (interprets ? escaped(text) : text) + (endsLine ? "\n" : "")
      return .status(0)
    },
    ShellCommand("printf") { call in
      call.output = formatted(call.arguments)
      return .status(0)
    },
    ShellCommand("cat") { call in
      let (texts, isComplete) = call.texts("cat", of: call.operands)
      call.output = texts.joined()
      return .status(isComplete ? 0 : 1)
    },
    ShellCommand("rev") { call in
      let (texts, isComplete) = call.texts("rev", of: call.operands)
      call.output = joined(lines(texts.joined()).map { String($0.reversed()) }[...])
      return .status(isComplete ? 0 : 1)
    },
    ShellCommand("head") { call in
      let (count, paths) = lineCount(call)
      let (texts, isComplete) = call.texts("head", of: paths)
      call.output = joined(lines(texts.joined()).prefix(count))
      return .status(isComplete ? 0 : 1)
    },
    ShellCommand("tail") { call in
      let (count, paths) = lineCount(call)
      let (texts, isComplete) = call.texts("tail", of: paths)
      call.output = joined(lines(texts.joined()).suffix(count))
      if call.hasOption("f") || call.hasOption("F") { return .forever }
      return .status(isComplete ? 0 : 1)
    },
    ShellCommand("grep") { call in
      guard let pattern = call.operands.first else { return .status(2) }
      let (texts, _) = call.texts("grep", of: Array(call.operands.dropFirst()))
      let inverts = call.hasOption("v")
      let ignoresCase = call.hasOption("i")
      let wanted = ignoresCase ? pattern.lowercased() : pattern
      let found = lines(texts.joined()).filter { line in
        (ignoresCase ? line.lowercased() : line).contains(wanted) != inverts
      }
      if call.hasOption("c") {
        call.output = "\(found.count)\n"
      } else if !call.hasOption("q") {
        call.output = joined(found[...])
      }
      return .status(found.isEmpty ? 1 : 0)
    },
    ShellCommand("wc") { call in
      let (texts, isComplete) = call.texts("wc", of: call.operands)
      let text = texts.joined()
      let counts = [
        ("l", text.utf8.count { $0 == UInt8(ascii: "\n") }), ("w", text.split(whereSeparator: \.isWhitespace).count),
        ("c", text.utf8.count),
      ].filter { letter, _ in call.hasOption(Character(letter)) || !call.arguments.contains { $0.hasPrefix("-") } }
      call.output = (counts.map { String($0.1) } + call.operands).joined(separator: " ") + "\n"
      return .status(isComplete ? 0 : 1)
    },
    ShellCommand("sort") { call in
      let (texts, _) = call.texts("sort", of: call.operands)
      var sorted = lines(texts.joined()).sorted()
      if call.hasOption("n") { sorted.sort { (Int($0) ?? 0) < (Int($1) ?? 0) } }
      if call.hasOption("r") { sorted.reverse() }
      call.output = joined(sorted[...])
      return .status(0)
    },
    ShellCommand("uniq") { call in
      var kept: [String] = []
      for line in lines(call.texts("uniq", of: call.operands).texts.joined()) where line != kept.last {
        kept.append(line)
      }
      call.output = joined(kept[...])
      return .status(0)
    },
    ShellCommand("seq") { call in
      let numbers = call.operands.compactMap { Int($0) }
      let first = numbers.count > 1 ? numbers[0] : 1
      let step = numbers.count > 2 ? numbers[1] : 1
      guard let last = numbers.last, step != 0 else { return .status(1) }
      let sequence = stride(from: first, through: last, by: step).prefix(100_000)
      call.output = joined(sequence.map { String($0) }[...])
      return .status(0)
    },
    ShellCommand("tee") { call in
      for path in call.operands {
        call.write((call.hasOption("a") ? call.world.files[path] ?? "" : "") + call.input, to: path, "tee")
      }
      call.output = call.input
      return .status(call.error.isEmpty ? 0 : 1)
    },
    ShellCommand("perl") { call in perl(&call) },
  ]

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func joined(_ lines: ArraySlice<String>) -> String {
    lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// How many lines (`-n 5`, `-5`; 10) and of which files.
  private static func lineCount(_ call: ShellCall) -> (count: Int, paths: [String]) {
    var count = 10
    var paths: [String] = []
    var arguments = call.arguments[...]
    while let argument = arguments.popFirst() {
      if argument == "-n" || argument == "-c" {
        count = arguments.popFirst().flatMap { Int($0) } ?? count
      } else if argument.hasPrefix("-"), argument.count > 1 {
        let digits = argument.drop { !$0.isNumber }
        count = Int(digits) ?? count
      } else {
        paths.append(argument)
      }
    }
    return (max(count, 0), paths)
  }

  /// `\n`, `\t`, `\\`
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isEscape = false
    for character in text {
      if isEscape {
        result += ["n": "\n", "t": "\t", "r": "\r", "\\": "\\"][character] ?? "\\" + String(character)
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        result.append(character)
      }
    }
    return isEscape ? result + "\\" : result
  }

  private static func formatted(_ arguments: [String]) -> String {
    guard let format = arguments.first.map(escaped) else { return "" }
    var values = arguments.dropFirst()
    var result = ""
    repeat {
      var rest = format[...]
      while let percent = rest.firstIndex(of: "%") {
        result += rest[..<percent]
        rest = rest[rest.index(after: percent)...]
        let flags = rest.prefix { $0.isNumber || "-.".contains($0) }
        rest = rest.dropFirst(flags.count)
        let kind = rest.popFirst()
        if kind == "%" { result += "%" } else { result += padded(values.popFirst() ?? "", flags, kind) }
      }
      result += rest
    } while !values.isEmpty && format.contains("%")
    return result
  }

  private static func padded(_ text: String, _ flags: Substring, _ kind: Character?) -> String {
    let text = kind == "d" ? String(Int(text) ?? 0) : text
    guard let width = Int(flags.drop { $0 == "-" || $0 == "0" }), width < 1_000, width > text.count else { return text }
    let filler = String(repeating: flags.hasPrefix("0") ? "0" : " ", count: width - text.count)
    return flags.hasPrefix("-") ? text + filler : filler + text
  }

  /// The one Perl program that every Kubernetes learner meets: the Job that prints π.
  private static func perl(_ call: inout ShellCall) -> ShellOutcome {
    let program = call.arguments.joined(separator: " ")
    guard let range = program.range(of: "bpi(") else {
      call.error = "perl: only bpi(N) is simulated\n"
      return .status(2)
    }
    let digits = Int(program[range.upperBound...].prefix { $0.isNumber }) ?? 40
    call.output = Pi.text(digits: min(max(digits, 1), 5_000)) + "\n"
    return .works(.seconds(max(digits / 400, 1)))
  }
}

extension String {
  /// Where the text first occurs.
  func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
