/// One of kubectl's commands: what it is called, what it takes, what it does.
struct Command: Sendable {
  let name: String
  var aliases: [String] = []
  let summary: String
  /// What its usage line says behind the command's name.
  var usage: String = ""
  var examples: [String] = []
  var flags: [Flag] = []
  var subcommands: [Command] = []
  /// Options without which it does not run.
  var required: [String] = []
  var run: @Sendable (Invocation) throws(Failure) -> Void = { (invocation) throws(Failure) in
    invocation.session.out(Help.text(of: invocation.command, path: invocation.path))
    throw .silent
  }
}

/// One command as it was typed.
struct Invocation {
  let command: Command
  /// `kubectl rollout status`.
  let path: String
  let arguments: [String]
  let session: Session
  /// How many arguments stood before `--`; nil if there was none.
  let dashAt: Int?
  private let values: [String: [String]]

  init(
    command: Command, path: String, arguments: [String], values: [String: [String]], dashAt: Int?, session: Session
  ) {
    self.command = command
    self.path = path
    self.arguments = arguments
    self.values = values
    self.dashAt = dashAt
    self.session = session
  }

  private func flag(_ name: String) -> Flag? { (command.flags + Flag.global).first { $0.name == name } }

  func wasSet(_ name: String) -> Bool { values[name] != nil }

  func text(_ name: String) -> String { values[name]?.last ?? flag(name)?.initial ?? "" }

  func isOn(_ name: String) -> Bool { Flag.boolean(text(name)) ?? false }

  func integer(_ name: String) -> Int { Int(text(name)) ?? 0 }

  func seconds(_ name: String) -> Double { Durations.seconds(text(name)) ?? 0 }

  func list(_ name: String) -> [String] {
    let given = values[name] ?? []
    guard case .list = flag(name)?.kind else { return given }
    return given.flatMap { $0.split(separator: ",").map(String.init) }
  }
}

extension Invocation {
  enum DryRun {
    case none, client, server
  }

  /// What `--dry-run` asks for.
  func dryRun() throws(Failure) -> DryRun {
    switch text("dry-run") {
    case "none", "": return .none
    case "client": return .client
    case "server": return .server
    case "unchanged": return .client
    case let other:
      throw .error("Invalid dry-run value (\(other)). Must be \"none\", \"server\", or \"client\".")
    }
  }

  /// What a command's message says behind the verb: ` (dry run)`.
  static func suffix(_ dryRun: DryRun) -> String {
    switch dryRun {
    case .none: ""
    case .client: " (dry run)"
    case .server: " (server dry run)"
    }
  }
}
