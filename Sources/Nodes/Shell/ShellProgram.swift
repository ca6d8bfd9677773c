import Loop

/// A command that runs in a container.
struct ShellProgram {
  var service: ServiceProgram?
  var stopTime: Duration?
  var nextDeadline: Time?
  private let start: Time

  init(_ command: [String], start: Time, service: ServiceProgram) {
    self.start = start
    nextDeadline = start
  }

  static func knows(_ word: String) -> Bool { word == "sh" || word == "sleep" }

  mutating func run(until now: Time, in world: inout ContainerWorld) -> ProgramExit? {
    ProgramExit(code: 0, time: start)
  }

  struct Result {
    var code: Int
    var output: String
    var time: Duration = .zero
  }

  static func runToEnd(_ command: [String], in world: inout ContainerWorld, at now: Time) -> Result {
    Result(code: 0, output: "")
  }
}
