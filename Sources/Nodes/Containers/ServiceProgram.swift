import Loop

/// An image's own program: it writes its log lines, listens, and perhaps ends, as the image's behaviour says.
struct ServiceProgram {
  private(set) var behaviour: ImageBehaviour
  let start: Time
  /// The variables that its answers may show.
  var environment: [String: String] = [:]
  /// Bytes of memory that the container may use; nil: all of the node's.
  var memoryLimit: Int64?
  /// When each of the image's log lines is due next; nil: never again.
  private var lineDeadlines: [Time?]

  init(_ behaviour: ImageBehaviour, start: Time, memoryLimit: Int64?) {
    self.behaviour = behaviour
    self.start = start
    self.memoryLimit = memoryLimit
    lineDeadlines = behaviour.logs.map { start + $0.after }
  }

  /// The program as it ends when somebody else listens on its port: it tries for some seconds, and gives up.
  func refused(port: Int) -> ServiceProgram {
    var image = behaviour
    image.ports = []
    let name = behaviour.entrypoint.first.map(ProgramChoice.baseName) ?? "server"
    image.logs = (0..<5).map { attempt in
      ImageBehaviour.Line(
        after: .milliseconds(500 * attempt),
        text: "\(name): [emerg] bind() to 0.0.0.0:\(port) failed (98: Address already in use)", isError: true)
    }
    image.logs.append(
      .init(after: .milliseconds(2_500), text: "\(name): [emerg] still could not bind()", isError: true))
    image.exit = .init(after: .milliseconds(2_500), code: 1)
    return ServiceProgram(image, start: start, memoryLimit: memoryLimit)
  }

  mutating func run(until now: Time, in world: inout ContainerWorld) -> ProgramExit? {
    let end = self.end
    let limit = min(end?.time ?? now, now)
    while let index = nextLine, let time = lineDeadlines[index], time <= limit {
      let line = behaviour.logs[index]
      world.log(LogPlaceholders.fill(line.text, at: time, in: world), at: time, isError: line.isError)
      lineDeadlines[index] = line.every.map { time + $0 }
    }
    return end.flatMap { $0.time <= now ? $0 : nil }
  }

  /// The line that is due first.
  private var nextLine: Int? {
    var first: (index: Int, time: Time)?
    for (index, deadline) in lineDeadlines.enumerated() {
      guard let deadline, first.map({ deadline < $0.time }) ?? true else { continue }
      first = (index, deadline)
    }
    return first?.index
  }

  var nextDeadline: Time? { (lineDeadlines + [end?.time]).compactMap { $0 }.min() }

  /// When and how it ends by itself.
  private var end: ProgramExit? {
    [naturalEnd, outOfMemory].compactMap { $0 }.min { $0.time < $1.time }
  }

  private var naturalEnd: ProgramExit? {
    behaviour.exit.map { ProgramExit(code: $0.code, time: start + $0.after) }
  }

  private var outOfMemory: ProgramExit? {
    guard let memoryLimit else { return nil }
    let room = memoryLimit - behaviour.memory
    if room < 0 { return ProgramExit(code: 137, time: start + .milliseconds(100), reason: "OOMKilled") }
    guard behaviour.memoryGrowth > 0 else { return nil }
    let seconds = Double(room) / Double(behaviour.memoryGrowth)
    return ProgramExit(code: 137, time: start + .nanoseconds(Int64(seconds * 1e9)), reason: "OOMKilled")
  }

  /// Bytes of memory that it uses.
  func memory(at now: Time) -> Int64 {
    behaviour.memory + behaviour.memoryGrowth * max(now.seconds - start.seconds, 0)
  }
}
