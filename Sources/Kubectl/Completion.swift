import Tree

/// What may stand where the cursor is.
package struct Completion: Sendable, Hashable {
  /// Where the word that is being written starts, in UTF-16 units from the line's start.
  package let from: Int
  /// Whole words that may stand there, in alphabetical order.
  package let candidates: [String]

  package init(from: Int, candidates: [String]) {
    self.from = from
    self.candidates = candidates
  }
}

extension Kubectl {
  /// What may stand at the cursor: commands, options, kinds, objects' names, namespaces, files.
  ///
  /// - Parameter cursor: UTF-16 units from the line's start, as a browser counts.
  package func complete(_ line: String, cursor: Int) -> Completion {
    let session = Session(
      transport: transport, files: files, namespace: namespace, input: nil, output: { _ in })
    let units = Array(line.utf16.prefix(Swift.max(0, cursor)))
    return Completer(session: session, text: String(decoding: units, as: UTF16.self)).completion
  }
}

private struct Completer {
  /// Candidates that one answer holds at most.
  private static let limit = 200

  private let session: Session
  private let words: [String]
  private let prefix: String
  private let from: Int

  init(session: Session, text: String) {
    self.session = session
    // Only the command in which the cursor is counts.
    let command = text.split(omittingEmptySubsequences: false) { "\n;|&".contains($0) }.last ?? ""
    let parts = command.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).map(String.init)
    prefix = parts.last ?? ""
    from = text.utf16.count - prefix.utf16.count
    var words = parts.dropLast().filter { !$0.isEmpty }
    if let first = words.first, first == "kubectl" || first == "k" { words.removeFirst() }
    self.words = words
    isFirst = parts.dropLast().allSatisfy(\.isEmpty)
  }

  private let isFirst: Bool

  var completion: Completion {
    // Behind a slash or an equals sign only what follows is replaced.
    let (offset, found) = candidates
    let start = from + offset
    let wanted = String(decoding: Array(prefix.utf16.dropFirst(offset)), as: UTF16.self)
    let matching = Set(found.filter { $0.hasPrefix(wanted) }).sorted().prefix(Self.limit)
    return Completion(from: start, candidates: Array(matching))
  }

  private var candidates: (offset: Int, found: [String]) {
    if isFirst { return (0, ["kubectl", "cat", "echo"]) }
    guard let name = words.first(where: { !$0.hasPrefix("-") }) else {
      return (0, CommandTable.commands.map(\.name) + ["help"])
    }
    if name == "help" { return (0, CommandTable.commands.map(\.name)) }
    guard var command = CommandTable.commands.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
      return (0, [])
    }
    var rest = Array(words.drop { $0 != name }.dropFirst())
    while let first = rest.first(where: { !$0.hasPrefix("-") }),
      let next = command.subcommands.first(where: { $0.name == first })
    {
      command = next
      rest = Array(rest.drop { $0 != first }.dropFirst())
    }
    let flags = command.flags + Flag.global
    if prefix.hasPrefix("-") { return option(flags) }
    if let last = rest.last, last.hasPrefix("-"), let values = values(of: last, flags) { return (0, values) }
    let plain = arguments(rest, flags)
    if plain.isEmpty, !command.subcommands.isEmpty { return (0, command.subcommands.map(\.name)) }
    return argument(command, plain)
  }

  private func option(_ flags: [Flag]) -> (Int, [String]) {
    if let equals = prefix.firstIndex(of: "=") {
      let name = String(prefix[..<equals])
      return (prefix[...equals].utf16.count, values(of: name, flags) ?? [])
    }
    return (0, flags.map { "--" + $0.name + ($0.bare == nil ? "=" : "") } + ["--help"])
  }

  /// What an option's value may be; nil if the option takes none.
  private func values(of option: String, _ flags: [Flag]) -> [String]? {
    let name = option.drop { $0 == "-" }
    guard let flag = flags.first(where: { $0.name == name || $0.short.map(String.init) == String(name) }),
      flag.bare == nil || option.hasPrefix("--") && prefix.contains("=")
    else { return nil }
    switch flag.name {
    case "namespace": return names(of: "namespaces")
    case "filename": return session.files.keys.sorted()
    case "output": return ["json", "yaml", "name", "wide", "jsonpath=", "custom-columns="]
    case "dry-run": return ["none", "client", "server"]
    case "cascade": return ["background", "foreground", "orphan"]
    default: return []
    }
  }

  /// The words that are neither options nor their values.
  private func arguments(_ words: [String], _ flags: [Flag]) -> [String] {
    var plain: [String] = []
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if word.hasPrefix("-") {
        let name = word.drop { $0 == "-" }
        let flag = flags.first { $0.name == name || $0.short.map(String.init) == String(name) }
        isValue = flag != nil && flag?.bare == nil
      } else {
        plain.append(word)
      }
    }
    return plain
  }

  private func argument(_ command: Command, _ plain: [String]) -> (Int, [String]) {
    switch command.name {
    case "cordon", "uncordon", "drain": return (0, names(of: "nodes"))
    case "logs" where plain.isEmpty && !prefix.contains("/"): return (0, names(of: "pods"))
    case "explain", "api-resources": return (0, plain.isEmpty ? kinds() : [])
    case "can-i": return (0, plain.isEmpty ? ["get", "list", "watch", "create", "update", "patch", "delete"] : kinds())
    case "apply", "run", "version", "config", "cluster-info", "api-versions": return (0, [])
    default: break
    }
    if let slash = prefix.firstIndex(of: "/") {
      return (prefix[...slash].utf16.count, names(of: String(prefix[..<slash])))
    }
    guard let kind = plain.first else {
      if let comma = prefix.lastIndex(of: ",") { return (prefix[...comma].utf16.count, kinds()) }
      return (0, kinds())
    }
    return kind.contains("/") ? (0, []) : (0, names(of: kind))
  }

  private func kinds() -> [String] {
    ((try? session.discovery().resources) ?? []).filter { $0.verbs.contains("get") || $0.verbs.contains("create") }.map(
      \.name)
  }

  private func names(of word: String) -> [String] {
    guard let resource = try? session.discovery().resource(word) else { return [] }
    let namespace = namespaceOption() ?? session.namespace
    let target = Target(resource: resource, namespace: resource.isNamespaced ? namespace : nil, name: nil)
    return ((try? session.list(target, query: []).items) ?? []).map(\.name)
  }

  private func namespaceOption() -> String? {
    for (index, word) in words.enumerated() {
      if word == "-n" || word == "--namespace" { return index + 1 < words.count ? words[index + 1] : nil }
      if word.hasPrefix("--namespace=") { return String(word.dropFirst("--namespace=".count)) }
    }
    return nil
  }
}
