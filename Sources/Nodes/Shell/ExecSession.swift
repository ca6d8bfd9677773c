import API
import Loop

/// A command that somebody runs in a container beside its program, and talks with: `kubectl exec`.
///
/// It goes on in the cluster's time: what comes after `sleep 5` comes when five seconds have passed.
final class ExecSession {
  /// What the session has to say; the last is `exited`.
  typealias Sink = (ExecEvent) -> Void

  private static let component = "exec"
  private static let killed = 137

  private let run: PodRun
  private let container: String
  private let loop: Loop
  private let sink: Sink
  private let isTerminal: Bool
  private var session: ShellSession
  private var environment: [String: String]
  private var directory: String
  /// Why the container runtime cannot start the command.
  private let refusal: String?
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
    session = ShellSession(
      request.command, start: loop.now, hasInput: request.hasInput, isTerminal: request.isTerminal, readsCommands: true,
      world: world)
    if request.isTerminal { environment["TERM"] = "xterm" }
    let first = request.command.first ?? ""
    let isKnown = ShellProgram.knows(first) && !world.lacks.contains(ProgramChoice.baseName(first))
    refusal = isKnown ? nil : ProgramChoice.notFound(first)
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
    guard !isOver, session.takesInput else { return }
    let echo = session.type(text)
    if !echo.isEmpty { sink(.output(echo)) }
    proceed()
  }

  /// No more input comes.
  func endInput() {
    guard !isOver, session.takesInput else { return }
    session.endInput()
    proceed()
  }

  /// The terminal has that size now.
  func resize(columns: Int, rows: Int) {
    environment["COLUMNS"] = String(columns)
    environment["LINES"] = String(rows)
  }

  /// Ends the command as by SIGKILL: its container has ended, or nobody listens.
  func stop() {
    guard !isOver else { return }
    finish(Self.killed)
  }

  // MARK: How it goes on

  /// Runs until it has to wait, or has ended.
  private func proceed() {
    appointment?.cancel()
    appointment = nil
    switch step() {
    case nil: finish(Self.killed)
    case .ended(let code): finish(code)
    case .until(let time):
      appointment = loop.schedule(at: time, as: Self.component) { [weak self] in self?.proceed() }
    case .forever, .input: break
    case .service, .serving: finish(0)
    }
  }

  /// One piece of the script's run; nil where the container does not run any more. Files that it writes are the
  /// container's; variables are its own.
  private func step() -> ShellRunner.Pause? {
    let found = run.update(container) { found -> ShellRunner.Pause? in
      guard found.state.isRunning, var world = found.world else { return nil }
      let kept = (world.environment, world.files.directory)
      (world.environment, world.files.directory) = (environment, directory)
      let pause = session.run(until: loop.now, in: &world) { text, isError, _, _ in say(text, isError: isError) }
      (environment, directory) = (world.environment, world.files.directory)
      (world.environment, world.files.directory) = kept
      found.world = world
      return pause
    }
    return found ?? nil
  }

  private func say(_ text: String, isError: Bool) {
    if isTerminal {
      sink(.output(text.asOnTerminal))
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

extension String {
  /// With a terminal's ends of lines.
  var asOnTerminal: String { replacing("\r\n", with: "\n").replacing("\n", with: "\r\n") }
}
