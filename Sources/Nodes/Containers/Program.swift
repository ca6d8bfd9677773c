import Loop

/// What runs in a container, as a value that goes on from one moment to the next.
enum Program {
  /// The image's own program, which does as the image says.
  case service(ServiceProgram)
  /// Commands, interpreted.
  case shell(ShellProgram)

  /// Runs what is due by `now`. Answers the exit code and its moment when the program has ended.
  mutating func run(until now: Time, in world: inout ContainerWorld) -> ProgramExit? {
    switch self {
    case .service(var program):
      defer { self = .service(program) }
      return program.run(until: now, in: &world)
    case .shell(var program):
      defer { self = .shell(program) }
      return program.run(until: now, in: &world)
    }
  }

  /// When the program goes on by itself; nil if never.
  var nextDeadline: Time? {
    switch self {
    case .service(let program): program.nextDeadline
    case .shell(let program): program.nextDeadline
    }
  }

  /// Takes bytes of standard input; answers what a terminal echoes.
  mutating func type(_ text: String) -> String {
    guard case .shell(var program) = self else { return "" }
    defer { self = .shell(program) }
    return program.type(text)
  }

  /// No more input comes.
  mutating func endInput() {
    guard case .shell(var program) = self else { return }
    program.endInput()
    self = .shell(program)
  }

  /// What a terminal shows again when it is drawn anew.
  var screen: String {
    if case .shell(let program) = self { program.screen } else { "" }
  }

  /// How long it takes to end after SIGTERM; nil: it ignores the signal.
  var stopTime: Duration? {
    switch self {
    case .service(let program): program.behaviour.stopTime
    case .shell(let program): program.stopTime
    }
  }
}

/// How and when a program ended.
struct ProgramExit: Equatable {
  var code: Int
  var time: Time
  /// `Completed`, `Error`, `OOMKilled`.
  var reason: String

  init(code: Int, time: Time, reason: String? = nil) {
    self.code = code
    self.time = time
    self.reason = reason ?? (code == 0 ? "Completed" : "Error")
  }
}
