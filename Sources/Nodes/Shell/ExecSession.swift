import API
import Loop

/// A command that somebody runs in a container beside its program, and talks with: `kubectl exec`.
///
/// It goes on in the cluster's time: what comes after `sleep 5` comes when five seconds have passed.
final class ExecSession {
  /// What the session has to say; the last is `exited`.
  typealias Sink = (ExecEvent) -> Void

  /// Bytes of input that wait to be read.
  static let inputLimit = 4 << 20
  private static let component = "exec"

  private let run: PodRun
  private let container: String
  private let isTerminal: Bool
  private let isInteractive: Bool
  private let loop: Loop
  private let sink: Sink
  private var state: ShellState
  private var environment: [String: String]
  private var directory: String
  private var script = ShellScript()
  /// Why the container runtime cannot start the command.
  private let refusal: String?
  private var terminal = TerminalLine()
  /// Lines of a command that is not complete yet.
  private var unfinished = ""
  private var isRunning = false
  private var appointment: Appointment?
  private(set) var isOver = false

  /// Nil where the container does not run.
  init?(_ request: ExecRequest, run: PodRun, loop: Loop, sink: @escaping Sink) {
    guard let found = run.container(request.container), found.state.isRunning, let world = found.world else {
      return nil
    }
    self.run = run
    self.loop = loop
    self.sink = sink
    container = request.container
    isTerminal = request.isTerminal
    environment = world.environment
    directory = world.files.directory
    state = ShellState(time: loop.now)
    state.input.isOpen = request.hasInput
    let words = request.command
    let isShell = words.first.map { ShellCommand.shells.contains(ProgramChoice.baseName($0)) } ?? false
    isInteractive = isShell && words.dropFirst().allSatisfy { $0.hasPrefix("-") && !$0.contains("c") }
    if !isInteractive { script = ShellProgram.script(words, &state, world) }
    if isTerminal { environment["TERM"] = "xterm" }
    if let first = words.first, ShellProgram.knows(first), !world.lacks.contains(ProgramChoice.baseName(first)) {
      refusal = nil
    } else {
      refusal = ProgramChoice.notFound(words.first ?? "")
    }
  }

  /// Begins.
  func start() {
    guard let refusal else { return proceed() }
    say("OCI runtime exec failed: exec failed: unable to start container process: \(refusal): unknown\n", isError: true)
    finish(127)
  }

  // MARK: What comes in

  /// Takes bytes of standard input.
  func type(_ text: String) {
    guard !isOver, state.input.isOpen else { return }
    guard isTerminal else {
      state.input.text += text
      if state.input.text.utf8.count > Self.inputLimit { return finish(137) }
      return goOn()
    }
    let (echo, keys) = terminal.type(text)
    if !echo.isEmpty { sink(.output(echo)) }
    for key in keys where !isOver { press(key) }
  }

  private func press(_ key: TerminalLine.Key) {
    switch key {
    case .line(let line):
      state.input.text += line
      goOn()
    case .interrupt: interrupt()
    case .endOfInput:
      state.input.isOpen = false
      goOn()
    }
  }

  /// No more input comes.
  func endInput() {
    guard !isOver, state.input.isOpen else { return }
    state.input.isOpen = false
    goOn()
  }

  /// The terminal has that size now.
  func resize(columns: Int, rows: Int) {
    environment["COLUMNS"] = String(columns)
    environment["LINES"] = String(rows)
  }

  private func interrupt() {
    appointment?.cancel()
    appointment = nil
    state.input.text = ""
    unfinished = ""
    guard isInteractive else { return finish(130) }
    isRunning = false
    state.status = 130
    state.time = loop.now
    prompt()
  }

  /// Ends the command as by SIGKILL: its container has ended, or nobody listens.
  func stop() {
    guard !isOver else { return }
    finish(137)
  }

  // MARK: How it goes on

  private func goOn() {
    if appointment == nil { proceed() }
  }

  /// Runs until it has to wait, or has ended.
  private func proceed() {
    appointment = nil
    while !isOver {
      if isInteractive, !isRunning, !readCommand() { return }
      isRunning = true
      state.time = max(state.time, loop.now)
      guard let pause = step() else { return finish(137) }
      switch pause {
      case .ended(let code):
        guard isInteractive, !state.didExit else { return finish(code) }
        isRunning = false
        state.status = code
        // Ctrl-D ended the input of the command that read; the shell reads on.
        if isTerminal { state.input.isOpen = true }
      case .until(let time):
        appointment = loop.schedule(at: time, as: Self.component) { [weak self] in self?.proceed() }
        return
      case .forever, .input: return
      case .service, .serving: return finish(0)
      }
    }
  }

  /// One piece of the script's run; nil where the container does not run any more. Files that it writes are the
  /// container's; variables are its own.
  private func step() -> ShellRunner.Pause? {
    let found = run.update(container) { found -> ShellRunner.Pause? in
      guard found.state.isRunning, var world = found.world else { return nil }
      let kept = (world.environment, world.files.directory)
      (world.environment, world.files.directory) = (environment, directory)
      let pause = ShellRunner.run(script, &state, &world, until: loop.now) { text, isError, _, _ in
        say(text, isError: isError)
      }
      (environment, directory) = (world.environment, world.files.directory)
      (world.environment, world.files.directory) = kept
      found.world = world
      return pause
    }
    return found ?? nil
  }

  private func say(_ text: String, isError: Bool) {
    if isTerminal {
      sink(.output(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")))
    } else {
      sink(isError ? .error(text) : .output(text))
    }
  }

  private func finish(_ code: Int) {
    guard !isOver else { return }
    isOver = true
    appointment?.cancel()
    appointment = nil
    sink(.exited(code: code))
  }
}

/// A shell that reads its commands.
extension ExecSession {
  private func prompt() {
    if isTerminal { sink(.output(unfinished.isEmpty ? "# " : "> ")) }
  }

  /// Takes the next command, which may be of several lines, from what has come. False when there is none.
  private func readCommand() -> Bool {
    while let line = takeLine() {
      unfinished += line
      do throws(ShellSyntaxError) {
        script = try ShellParser.script(unfinished)
      } catch {
        if error.isIncomplete, state.input.isOpen || !state.input.text.isEmpty { continue }
        unfinished = ""
        say("sh: \(error.message)\n", isError: true)
        state.status = 2
        continue
      }
      unfinished = ""
      state.position = 0
      state.loops = []
      return true
    }
    if state.input.isOpen { prompt() } else { finish(state.status) }
    return false
  }

  private func takeLine() -> String? {
    guard let end = state.input.text.firstIndex(of: "\n") else {
      guard !state.input.isOpen, !state.input.text.isEmpty else { return nil }
      defer { state.input.text = "" }
      return state.input.text + "\n"
    }
    defer { state.input.text = String(state.input.text[state.input.text.index(after: end)...]) }
    return String(state.input.text[...end])
  }
}

extension ShellSyntaxError {
  /// Whether more lines may make it right.
  fileprivate var isIncomplete: Bool {
    ["end of file", "unterminated", "missing"].contains { message.contains($0) }
  }
}
