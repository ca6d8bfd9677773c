import Loop

/// Runs a script's instructions, one after another, until it has to wait.
struct ShellRunner {
  /// Instructions run at one moment; a script that never sleeps goes on a second later.
  static let burstLimit = 2_000
  /// Bytes of output of one command or pipe.
  static let outputLimit = 256 << 10

  enum Pause: Equatable {
    case ended(code: Int)
    case until(Time)
    case forever
    case service
    case serving(ImageBehaviour)
    /// A command reads, and what it needs has not come yet. The same step runs again afterwards.
    case input
  }

  /// Runs on from where the state stands, up to `now`. `write` takes what goes to standard output and error.
  static func run(
    _ script: ShellScript, _ state: inout ShellState, _ world: inout ContainerWorld, until now: Time,
    write: (_ text: String, _ isError: Bool, _ time: Time, _ world: inout ContainerWorld) -> Void
  ) -> Pause {
    var count = 0
    while true {
      guard state.time <= now else { return .until(state.time) }
      for part in state.delayed { write(part.text, part.isError, state.time, &world) }
      state.delayed = []
      if let status = state.endStatus { return .ended(code: status) }
      guard state.position < script.instructions.count else { return .ended(code: state.status) }
      count += 1
      guard count < burstLimit else {
        state.time = state.time + .seconds(1)
        state.busyUntil = state.time
        return .until(state.time)
      }
      let instruction = script.instructions[state.position]
      state.position += 1
      if let pause = step(instruction, &state, &world, write) {
        if pause == .input { state.position -= 1 }
        guard case .until(let time) = pause else { return pause }
        state.time = time
      }
    }
  }

  /// What the script writes to standard output when it is run to its end; the state's time moves on by what it takes.
  static func output(of script: ShellScript, _ state: inout ShellState, _ world: inout ContainerWorld) -> String {
    var inner = state
    inner.position = 0
    inner.loops = []
    var output = ""
    for _ in 0..<100 {
      let pause = run(script, &inner, &world, until: inner.time) { text, isError, _, _ in
        if !isError, output.utf8.count < outputLimit { output += text }
      }
      guard case .until = pause else { break }
    }
    state.status = inner.status
    state.time = inner.time
    return output
  }

  private static func step(
    _ instruction: ShellInstruction, _ state: inout ShellState, _ world: inout ContainerWorld,
    _ write: (String, Bool, Time, inout ContainerWorld) -> Void
  ) -> Pause? {
    switch instruction {
    case .run(let commands): return ShellPipeline(commands).run(&state, &world, write)
    case .jump(let position): state.position = position
    case .jumpIfSuccess(let position): if state.status == 0 { state.position = position }
    case .jumpIfFailure(let position): if state.status != 0 { state.position = position }
    case .invert: state.status = state.status == 0 ? 1 : 0
    case .setStatus(let status): state.status = status
    case .loopOver(let words):
      var items: [String] = []
      for word in words { items += ShellExpansion.words(word, &state, &world) }
      state.loops.append(ShellState.LoopFrame(items: items, again: state.position))
    case .loopBegin(let again, let end):
      state.loops.append(ShellState.LoopFrame(items: [], again: again, end: end))
    case .loopNext(let variable, let end): nextItem(variable, end, &state, &world)
    case .loopEnd: _ = state.loops.popLast()
    case .jumpUnlessMatch(let subject, let patterns, let position):
      let text = ShellExpansion.text(subject, &state, &world)
      var isMatch = false
      for pattern in patterns where ShellPattern.matches(text, ShellExpansion.text(pattern, &state, &world)) {
        isMatch = true
      }
      if !isMatch { state.position = position }
    }
    return nil
  }

  private static func nextItem(
    _ variable: String, _ end: Int, _ state: inout ShellState, _ world: inout ContainerWorld
  ) {
    guard var frame = state.loops.popLast() else { return }
    frame.end = end
    if frame.next < frame.items.count {
      let item = frame.items[frame.next]
      frame.next += 1
      state.loops.append(frame)
      state.set(variable, item, in: &world)
    } else {
      state.loops.append(frame)
      state.position = end
    }
  }
}

/// File-name patterns: `*` and `?`.
enum ShellPattern {
  static func matches(_ text: String, _ pattern: String) -> Bool { matches(Array(text)[...], Array(pattern)[...]) }

  private static func matches(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return matches(text, pattern.dropFirst()) || (!text.isEmpty && matches(text.dropFirst(), pattern))
    }
    guard let character = text.first, first == "?" || first == character else { return false }
    return matches(text.dropFirst(), pattern.dropFirst())
  }
}
