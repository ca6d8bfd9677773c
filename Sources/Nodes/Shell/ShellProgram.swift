import Loop

/// A command that runs in a container: the words of its `command` and `args`, interpreted.
///
/// Nothing of it reaches the host: no process, no file, no socket.
struct ShellProgram {
  private var session: ShellSession
  private var lineBuffer = ""
  private var errorBuffer = ""
  private var waitsForEver = false
  private var service: ServiceProgram?
  private var image: ServiceProgram

  /// The program of these words; `service` is what the image would run itself. Where the container keeps its standard
  /// input open, a shell without a script reads its commands.
  init(
    _ words: [String], start: Time, service: ServiceProgram, hasInput: Bool = false, isTerminal: Bool = false,
    world: ContainerWorld
  ) {
    image = service
    session = ShellSession(
      words, start: start, hasInput: hasInput, isTerminal: isTerminal, readsCommands: hasInput, hasService: true,
      world: world)
  }

  private var state: ShellState { session.state }

  /// Takes bytes of standard input; answers what a terminal echoes.
  mutating func type(_ text: String) -> String {
    waitsForEver = false
    return service == nil ? session.type(text) : ""
  }

  /// No more input comes.
  mutating func endInput() {
    waitsForEver = false
    session.endInput()
  }

  /// What a terminal shows again when it is drawn anew.
  var screen: String { session.screen }

  /// The script that the words make, whose arguments go into the state.
  static func script(_ words: [String], _ state: inout ShellState, _ world: ContainerWorld) -> ShellScript {
    guard let first = words.first else { return ShellScript() }
    guard ShellCommand.shells.contains(ProgramChoice.baseName(first)) else { return plain(words) }
    var rest = words.dropFirst()
    var takesText = false
    while let option = rest.first, option.hasPrefix("-"), option.count > 1 {
      takesText = takesText || option.contains("c")
      state.endsOnFailure = state.endsOnFailure || (option.contains("e") && !option.hasPrefix("--"))
      rest = rest.dropFirst()
    }
    guard let source = rest.first else { return ShellScript() }
    let text = takesText ? source : world.files[source]
    state.arguments = takesText ? Array(rest.dropFirst()) : Array(rest)
    guard let text else { return failing("\(first): can't open '\(source)': No such file or directory", status: 2) }
    do throws(ShellSyntaxError) {
      return try ShellParser.script(text)
    } catch {
      return failing("\(first): \(error.message)", status: 2)
    }
  }

  /// Words that are taken as they stand.
  private static func plain(_ words: [String]) -> ShellScript {
    let command = ShellSimpleCommand(words: words.map { ShellWord([.text($0, isQuoted: true)]) })
    return ShellScript(instructions: [.run([command])])
  }

  private static func failing(_ message: String, status: Int) -> ShellScript {
    let echo = ShellSimpleCommand(
      words: ["echo", message].map { ShellWord([.text($0, isQuoted: true)]) },
      redirections: [ShellRedirection(kind: .duplicate(from: 1, to: 2), target: ShellWord())])
    return ShellScript(instructions: [.run([echo]), .setStatus(status)])
  }

  /// Whether an image with a shell has the program that the word names.
  static func knows(_ word: String) -> Bool {
    let base = ProgramChoice.baseName(word)
    guard ShellCommand.shells.contains(base) || ShellCommand.table[base] != nil else { return false }
    guard word.contains("/") else { return !ShellCommand.builtIns.contains(base) }
    return ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/local/bin/"].contains { word == $0 + base }
  }

  /// How long it takes to end after SIGTERM; nil: it ignores the signal.
  var stopTime: Duration? {
    if let service { return service.behaviour.stopTime }
    return state.hasTrap ? .milliseconds(50) : nil
  }

  /// Thousandths of a processor that it would use.
  func wantedCPU(at now: Time, image: ImageBehaviour) -> Int64 {
    if let service { return service.behaviour.cpu }
    return state.busyUntil > now ? 1_000 : 0
  }

  /// Bytes of memory that the server uses that it has become; nil while it is a shell.
  func memory(at now: Time) -> Int64? { service?.memory(at: now) }

  /// The container's memory is limited anew; nil: not at all.
  mutating func limitMemory(to limit: Int64?) {
    image.memoryLimit = limit
    service?.memoryLimit = limit
  }

  var nextDeadline: Time? {
    if let service { return service.nextDeadline }
    return waitsForEver ? nil : state.time
  }

  mutating func run(until now: Time, in world: inout ContainerWorld) -> ProgramExit? {
    if service != nil { return service?.run(until: now, in: &world) }
    guard !waitsForEver else { return nil }
    var (lines, errors) = (lineBuffer, errorBuffer)
    let pause = session.run(until: now, in: &world) { text, isError, time, world in
      world.speak(text, isError: isError)
      if isError { errors += text } else { lines += text }
      Self.writeLines(&lines, false, time, &world)
      Self.writeLines(&errors, true, time, &world)
    }
    (lineBuffer, errorBuffer) = (lines, errors)
    switch pause {
    case .ended(let code):
      flush(in: &world)
      return ProgramExit(code: code, time: min(state.time, now))
    case .until: return nil
    case .forever, .input:
      waitsForEver = true
      return nil
    case .service: return serve(image.behaviour, until: now, in: &world)
    case .serving(let behaviour): return serve(behaviour, until: now, in: &world)
    }
  }

  /// Goes on as a server.
  private mutating func serve(_ behaviour: ImageBehaviour, until now: Time, in world: inout ContainerWorld)
    -> ProgramExit?
  {
    var started = ServiceProgram(behaviour, start: state.time, memoryLimit: image.memoryLimit)
    started.environment = world.environment
    if let port = world.network.takenPort(of: started, container: world.container) {
      started = started.refused(port: port)
    } else {
      world.serve(started)
    }
    let exit = started.run(until: now, in: &world)
    service = started
    return exit
  }

  private mutating func flush(in world: inout ContainerWorld) {
    if !lineBuffer.isEmpty { world.keep(lineBuffer, at: state.time) }
    if !errorBuffer.isEmpty { world.keep(errorBuffer, at: state.time, isError: true) }
    (lineBuffer, errorBuffer) = ("", "")
  }

  /// Logs the whole lines of what was written; the rest waits for its end.
  private static func writeLines(_ text: inout String, _ isError: Bool, _ time: Time, _ world: inout ContainerWorld) {
    guard text.contains("\n") else { return }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    text = lines.popLast().map(String.init) ?? ""
    for line in lines { world.keep(String(line), at: time, isError: isError) }
  }

  // MARK: A command beside the container's own

  struct Result {
    var code: Int
    /// Standard output and error, as they came.
    var output: String
    /// How long it slept.
    var time: Duration = .zero
  }

  /// How long a command may sleep in all.
  static let sleepLimit: Duration = .seconds(3_600)

  /// Runs a command to its end at once, as a probe, a hook or `kubectl exec` does.
  static func runToEnd(_ words: [String], in world: inout ContainerWorld, at now: Time) -> Result {
    if let script = words.first.flatMap(world.script(named:)) {
      return runToEnd(["sh", script] + words.dropFirst(), in: &world, at: now)
    }
    guard let first = words.first, knows(first), !world.lacks.contains(ProgramChoice.baseName(first)) else {
      let problem = ProgramChoice.notFound(words.first ?? "")
      return Result(
        code: 127,
        output: "OCI runtime exec failed: exec failed: unable to start container process: \(problem): unknown")
    }
    var state = ShellState(time: now)
    let script = script(words, &state, world)
    let (environment, directory) = (world.environment, world.files.directory)
    defer { (world.environment, world.files.directory) = (environment, directory) }
    var output = ""
    while state.time - now <= sleepLimit {
      let pause = ShellRunner.run(script, &state, &world, until: state.time) { text, _, _, _ in
        if output.utf8.count < ShellRunner.outputLimit { output += text }
      }
      guard case .until = pause else {
        if case .ended(let code) = pause { return Result(code: code, output: output, time: state.time - now) }
        break
      }
    }
    return Result(code: 137, output: output, time: sleepLimit)
  }
}
