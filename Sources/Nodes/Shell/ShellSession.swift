import Loop

/// A command, or a shell that reads its commands, with what it reads: how it goes on, without who drives it.
struct ShellSession {
  typealias Say = (_ text: String, _ isError: Bool, _ time: Time, _ world: inout ContainerWorld) -> Void

  /// Bytes of input that wait to be read.
  static let inputLimit = 4 << 20
  private static let killed = 137

  let isTerminal: Bool
  let isInteractive: Bool
  private(set) var state: ShellState
  private var script = ShellScript()
  private var terminal = TerminalLine()
  /// What was typed at the terminal and nobody has read yet.
  private var keys: [TerminalLine.Key] = []
  /// Lines of a command that is not complete yet.
  private var unfinished = ""
  private var isRunning = false
  private var hasPrompted = false

  /// The words' session; a shell without a script reads its commands.
  init(
    _ words: [String], start: Time, hasInput: Bool, isTerminal: Bool, readsCommands: Bool, hasService: Bool = false,
    world: ContainerWorld
  ) {
    self.isTerminal = isTerminal
    state = ShellState(time: start, hasService: hasService)
    state.input.isOpen = hasInput
    isInteractive = readsCommands && Self.isShell(words)
    if !isInteractive { script = ShellProgram.script(words, &state, world) }
  }

  private static func isShell(_ words: [String]) -> Bool {
    guard let first = words.first, ShellCommand.shells.contains(ProgramChoice.baseName(first)) else { return false }
    return words.dropFirst().allSatisfy { $0.hasPrefix("-") && !$0.contains("c") }
  }

  // MARK: What comes in

  var takesInput: Bool { state.input.isOpen }

  /// Takes bytes of standard input; answers what a terminal echoes.
  mutating func type(_ text: String) -> String {
    guard state.input.isOpen else { return "" }
    guard isTerminal else {
      state.input.text += text
      return ""
    }
    let (echo, new) = terminal.type(text)
    keys += new
    return echo
  }

  /// No more input comes.
  mutating func endInput() { state.input.isOpen = false }

  /// What a terminal shows again when it is drawn anew.
  var screen: String { isTerminal && isInteractive && hasPrompted ? prompt + terminal.line : "" }

  private mutating func press(_ key: TerminalLine.Key, at now: Time) -> ShellRunner.Pause? {
    switch key {
    case .line(let line): state.input.text += line
    case .endOfInput: state.input.isOpen = false
    case .interrupt:
      state.input.text = ""
      unfinished = ""
      state.status = 130
      state.time = now
      hasPrompted = false
      guard isInteractive else { return .ended(code: 130) }
      isRunning = false
    }
    state.time = max(state.time, now)
    return nil
  }

  // MARK: How it goes on

  /// Runs until it has to wait, or has ended.
  mutating func run(until now: Time, in world: inout ContainerWorld, say: Say) -> ShellRunner.Pause {
    guard state.input.text.utf8.count <= Self.inputLimit else { return .ended(code: Self.killed) }
    while true {
      let pause = runOn(until: now, in: &world, say: say)
      switch pause {
      case .input, .forever, .until:
        guard !keys.isEmpty else { return pause }
        if let end = press(keys.removeFirst(), at: now) { return end }
      case .ended, .service, .serving: return pause
      }
    }
  }

  private mutating func runOn(until now: Time, in world: inout ContainerWorld, say: Say) -> ShellRunner.Pause {
    while true {
      if isInteractive, !isRunning {
        guard readCommand(&world, say) else {
          return state.input.isOpen ? .input : .ended(code: state.status)
        }
        state.time = max(state.time, now)
      }
      isRunning = true
      let pause = ShellRunner.run(script, &state, &world, until: now, write: say)
      guard case .ended(let code) = pause, isInteractive, !state.didExit else { return pause }
      isRunning = false
      state.status = code
      // Ctrl-D ended the input of the command that read; the shell reads on.
      if isTerminal { state.input.isOpen = true }
    }
  }

  private var prompt: String { unfinished.isEmpty ? "# " : "> " }

  /// Takes the next command, which may be of several lines, from what has come. False when there is none.
  private mutating func readCommand(_ world: inout ContainerWorld, _ say: Say) -> Bool {
    while let line = takeLine() {
      hasPrompted = false
      unfinished += line
      do throws(ShellSyntaxError) {
        script = try ShellParser.script(unfinished)
      } catch {
        if error.isIncomplete, state.input.isOpen || !state.input.text.isEmpty { continue }
        unfinished = ""
        say("sh: \(error.message)\n", true, state.time, &world)
        state.status = 2
        continue
      }
      unfinished = ""
      state.position = 0
      state.loops = []
      return true
    }
    if state.input.isOpen, isTerminal, !hasPrompted {
      say(prompt, false, state.time, &world)
      hasPrompted = true
    }
    return false
  }

  private mutating func takeLine() -> String? {
    let newline = UInt8(ascii: "\n")
    guard let end = state.input.text.utf8.firstIndex(of: newline) else {
      guard !state.input.isOpen, !state.input.text.isEmpty else { return nil }
      defer { state.input.text = "" }
      return state.input.text + "\n"
    }
    let rest = state.input.text.utf8.index(after: end)
    defer { state.input.text = String(state.input.text[rest...]) }
    return String(state.input.text[..<rest])
  }
}

extension ShellSyntaxError {
  /// Whether more lines may make it right.
  fileprivate var isIncomplete: Bool {
    ["end of file", "unterminated", "missing"].contains { message.contains($0) }
  }
}
