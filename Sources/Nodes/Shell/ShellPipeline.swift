import Loop

/// One command, or several of which each reads what the one before wrote.
struct ShellPipeline {
  let commands: [ShellSimpleCommand]

  init(_ commands: [ShellSimpleCommand]) { self.commands = commands }

  typealias Write = (String, Bool, Time, inout ContainerWorld) -> Void

  func run(_ state: inout ShellState, _ world: inout ContainerWorld, _ write: Write) -> ShellRunner.Pause? {
    guard var input = state.input.take(for: commands) else {
      let part = state.input.takePart(for: commands)
      if !part.isEmpty { write(part, false, state.time, &world) }
      return .input
    }
    var delay = Duration.zero
    let begin = state.time
    for (number, command) in commands.enumerated() {
      let isLast = number == commands.count - 1
      var result = run(command, input: input, &state, &world)
      if case .works(let duration) = result.outcome {
        let time = Duration.nanoseconds(Int64(Double(duration.nanoseconds) / world.speed()))
        state.busyUntil = state.time + time
        result.outcome = .takes(time, status: 0)
      }
      if case .takes(let duration, let status) = result.outcome {
        delay += duration
        result.outcome = .status(status)
      } else if !isLast, case .sleep(let duration) = result.outcome {
        delay += duration
        result.outcome = .status(0)
      }
      let isDelayed = delay > .zero || state.time > begin
      if !result.error.isEmpty { put(result.error, true, isDelayed, &state, &world, write) }
      if isLast, !result.output.isEmpty { put(result.output, false, isDelayed, &state, &world, write) }
      input = String(result.output.prefix(ShellRunner.outputLimit))
      if isLast {
        if command.isBackground { return finishInBackground(result.outcome, &state, &world) }
        return finish(result.outcome, delay, &state, &world)
      }
    }
    return nil
  }

  /// Writes, or keeps what is to be written when the command's time has passed.
  private func put(
    _ text: String, _ isError: Bool, _ isDelayed: Bool, _ state: inout ShellState, _ world: inout ContainerWorld,
    _ write: Write
  ) {
    if isDelayed { state.delayed.append((text, isError)) } else { write(text, isError, state.time, &world) }
  }

  /// A server in the background listens; what else runs there has done its work already.
  private func finishInBackground(
    _ outcome: ShellOutcome, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> ShellRunner.Pause? {
    state.status = 0
    switch outcome {
    case .service: world.serve(behaviour: world.image, at: state.time)
    case .serves(let behaviour): world.serve(behaviour: behaviour, at: state.time)
    default: break
    }
    return nil
  }

  private func finish(
    _ outcome: ShellOutcome, _ delay: Duration, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> ShellRunner.Pause? {
    switch outcome {
    case .status(let status):
      state.status = status
      if status != 0, state.endsOnFailure, !isTested(state) { state.endStatus = status }
      return delay > .zero ? .until(state.time + delay) : nil
    case .works(let duration): return .until(state.time + duration + delay)
    case .takes(let duration, let status):
      state.status = status
      return .until(state.time + duration + delay)
    case .sleep(let duration):
      state.status = 0
      return .until(state.time + duration + delay)
    case .forever: return .forever
    case .exit(let code):
      state.status = code
      state.didExit = true
      return .ended(code: code)
    case .breakLoop:
      if let end = state.loops.last?.end { state.position = end }
    case .continueLoop:
      if let again = state.loops.last?.again { state.position = again }
    case .service: return .service
    case .serves(let behaviour): return .serving(behaviour)
    }
    state.status = 0
    return nil
  }

  /// A failure that a condition looks at is none; `while` and `if` bodies are told apart only by where they stand, so
  /// `set -e` counts outside of loops.
  private func isTested(_ state: ShellState) -> Bool { !state.loops.isEmpty }

  private struct Result {
    var output = ""
    var error = ""
    var outcome: ShellOutcome
  }

  private func run(
    _ command: ShellSimpleCommand, input: String, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> Result {
    var words: [String] = []
    for word in command.words { words += ShellExpansion.words(word, &state, &world) }
    let assigned = command.assignments.map { ($0.name, ShellExpansion.text($0.word, &state, &world)) }
    guard let name = words.first else {
      for (name, text) in assigned { state.set(name, text, in: &world) }
      return redirected(command, Result(outcome: .status(state.status)), &state, &world)
    }
    let kept = assigned.map { ($0.0, world.environment[$0.0]) }
    for (name, text) in assigned { world.environment[name] = text }
    let text = self.input(of: command, piped: input, &state, &world)
    let result = call(name, Array(words.dropFirst()), input: text, &state, &world)
    for (name, old) in kept { world.environment[name] = old }
    return redirected(command, result, &state, &world)
  }

  private func call(
    _ name: String, _ arguments: [String], input: String, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> Result {
    if name == "exec" {
      guard let next = arguments.first else { return Result(outcome: .status(0)) }
      var result = call(next, Array(arguments.dropFirst()), input: input, &state, &world)
      if case .status(let status) = result.outcome { result.outcome = .exit(status) }
      return result
    }
    let base = ProgramChoice.baseName(name)
    if state.hasService, base == world.serviceName { return Result(outcome: .service) }
    if ShellCommand.shells.contains(base), !world.lacks.contains(base) {
      return nested(arguments, input: input, &state, &world)
    }
    if let script = world.script(named: name) { return nested([script] + arguments, input: input, &state, &world) }
    guard let command = ShellCommand.table[base], !world.lacks.contains(base) else {
      return Result(error: "sh: \(name): not found\n", outcome: .status(127))
    }
    var call = ShellCall(arguments: arguments, input: input, state: state, world: world)
    let outcome = command.body(&call)
    state = call.state
    world = call.world
    return Result(output: call.output, error: call.error, outcome: outcome)
  }

  /// A shell inside the shell: run to its end at once.
  private func nested(
    _ arguments: [String], input: String, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> Result {
    let run = ShellProgram.runToEnd(["sh"] + arguments, in: &world, at: state.time)
    return Result(
      output: run.output, outcome: run.time > .zero ? .takes(run.time, status: run.code) : .status(run.code))
  }

  // MARK: Redirections

  private func input(
    of command: ShellSimpleCommand, piped: String, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> String {
    var text = piped
    for redirection in command.redirections {
      switch redirection.kind {
      case .input: text = world.files[ShellExpansion.text(redirection.target, &state, &world)] ?? ""
      case .text: text = ShellExpansion.text(redirection.target, &state, &world)
      default: break
      }
    }
    return text
  }

  private func redirected(
    _ command: ShellSimpleCommand, _ result: Result, _ state: inout ShellState, _ world: inout ContainerWorld
  ) -> Result {
    var result = result
    for redirection in command.redirections.reversed() {
      switch redirection.kind {
      case .duplicate(2, _):
        result.output += result.error
        result.error = ""
      case .duplicate:
        result.error += result.output
        result.output = ""
      case .output(let descriptor, let isAppending):
        let path = ShellExpansion.text(redirection.target, &state, &world)
        do throws(FileSystem.Refusal) {
          try send(&result, descriptor, to: path, isAppending: isAppending, &world)
        } catch {
          return Result(error: "sh: can't create \(path): \(error.rawValue)\n", outcome: .status(1))
        }
      case .input, .text: break
      }
    }
    return result
  }

  private func send(
    _ result: inout Result, _ descriptor: Int, to path: String, isAppending: Bool, _ world: inout ContainerWorld
  ) throws(FileSystem.Refusal) {
    let text = (descriptor == 2 ? "" : result.output) + (descriptor == 1 ? "" : result.error)
    if descriptor != 2 { result.output = "" }
    if descriptor != 1 { result.error = "" }
    switch path {
    case "/dev/null": break
    case "/dev/stdout", "/proc/1/fd/1", "/proc/self/fd/1": result.output += text
    case "/dev/stderr", "/proc/1/fd/2", "/proc/self/fd/2": result.error += text
    default: try world.files.write((isAppending ? world.files[path] ?? "" : "") + text, to: path)
    }
  }
}
