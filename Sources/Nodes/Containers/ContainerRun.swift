import Kinds
import Loop
import Tree

/// One container of a pod on its node: its state, its program, what it wrote, and what its probes found.
struct ContainerRun {
  enum Role: Equatable {
    case initial
    /// An init container that keeps running (restartPolicy Always).
    case sidecar
    case main
    /// Put into the running pod, to look into it.
    case ephemeral

    /// The field of the pod's spec that lists it.
    var list: String {
      switch self {
      case .initial, .sidecar: "initContainers"
      case .main: "containers"
      case .ephemeral: "ephemeralContainers"
      }
    }
  }

  /// A postStart hook that has not ended.
  struct StartHook: Equatable {
    let end: Time
    let isFailed: Bool
  }

  let name: String
  let role: Role
  var state: ContainerState = .creating
  var last: Termination?
  var restartCount = 0
  var id: String?
  /// As the runtime names it: `docker.io/library/nginx:1.27`.
  var image: String?
  var imageID: String?
  var pullBackoff = RetryBackoff()
  var pullRetry: Time?
  var crashBackoff = RetryBackoff()
  /// What is said of the container from its back-off until it runs again.
  var backOffMessage: String?
  var program: Program?
  /// Until its postStart hook has ended, a container does not show as running.
  var startHook: StartHook?
  /// What it may leave behind of its end.
  var terminationMessage: TerminationMessage?
  var world: ContainerWorld?
  var probes: [ProbeRun] = []
  /// The program was told to end; at that moment it does, with that code.
  var stop: ProgramExit?
  private(set) var log = ContainerLog()
  private(set) var previousLog: ContainerLog?

  init(name: String, role: Role) {
    self.name = name
    self.role = role
    if role == .main || role == .ephemeral { return }
    state = .waiting(reason: "PodInitializing")
  }

  /// Whether its startup probe has passed, or it has none.
  var isStarted: Bool {
    state.isRunning && startHook == nil && probes.allSatisfy { $0.purpose != .startup || $0.isPassed }
  }

  var isReady: Bool {
    isStarted && probes.allSatisfy { $0.purpose != .readiness || $0.isPassed }
  }

  /// Whether it has done what the pod's start waits for.
  var isInitialised: Bool {
    switch role {
    case .initial: state.termination?.isSuccess ?? false
    case .sidecar: isStarted
    case .main, .ephemeral: true
    }
  }

  /// Whether the node is at work on it, which holds up the containers after it.
  var isBusy: Bool { state.isBusy || startHook != nil }

  /// Begins a new run's log; the last one's becomes the previous.
  mutating func startLog() {
    if restartCount > 0 { previousLog = log }
    log = ContainerLog()
  }

  mutating func append(_ lines: [LogLine]) {
    for line in lines { log.append(line) }
  }

  /// Runs the program up to now. Answers the lines it wrote; its end, if it came, is in the state after.
  /// `traffic` is what it logged of requests meanwhile.
  mutating func runProgram(until now: Time, logging traffic: [LogLine] = []) -> [LogLine] {
    guard case .running(let since) = state, var program, var world else { return [] }
    self.program = nil  // so that the copy is the only one and changes in place
    let stopped = stop.flatMap { $0.time <= now ? $0 : nil }
    var exit = program.run(until: stopped?.time ?? now, in: &world)
    var lines = world.takeOutput()
    if !traffic.isEmpty { lines = (lines + traffic).sorted { $0.time < $1.time } }
    self.program = program
    self.world = world
    append(lines)
    exit = exit ?? stopped
    if let exit { terminate(exit, startedAt: since) }
    return lines
  }

  private mutating func terminate(_ exit: ProgramExit, startedAt: Time) {
    let message = terminationMessage?.text(files: world?.files, log: log, exitCode: exit.code)
    state = .terminated(
      Termination(
        exitCode: exit.code, reason: exit.reason, message: message, startedAt: startedAt, finishedAt: exit.time,
        containerID: id ?? ""))
    program = nil
    stop = nil
    startHook = nil
    probes = []
    world?.network.close(name)
  }

  /// Tells the program to end by `deadline` at the latest.
  mutating func requestStop(at now: Time, deadline: Time) {
    guard state.isRunning else { return }
    let natural = program?.stopTime.map { now + $0 }
    let end: ProgramExit
    if let natural, natural <= deadline {
      end = ProgramExit(code: 0, time: natural)
    } else {
      end = ProgramExit(code: 137, time: max(deadline, now))
    }
    if let stop, stop.time <= end.time { return }
    stop = end
  }

  /// A program that was told to end has at most until then.
  mutating func hasten(to deadline: Time) {
    guard let present = stop, present.time > deadline else { return }
    stop = ProgramExit(code: 137, time: deadline)
  }

  /// Ends the program at once, as SIGKILL does.
  mutating func kill(at now: Time, code: Int = 137, reason: String = "Error") {
    guard case .running(let since) = state else { return }
    terminate(ProgramExit(code: code, time: now, reason: reason), startedAt: since)
  }

  /// When something is due: the program's next step, a probe, the end of what the node is doing.
  func nextDeadline(now: Time) -> Time? {
    switch state {
    case .waiting: pullRetry
    case .pulling(_, let end): end
    case .starting(let time): time
    case .running:
      ([program?.nextDeadline, stop?.time, startHook?.end] + probes.map { $0.nextDeadline }).compactMap { $0 }.min()
    case .terminated: nil
    case .backingOff(let until, _): until
    }
  }
}
