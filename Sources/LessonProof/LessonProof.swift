package import Lessons
import Store

/// Proves a lesson on the real engine, in virtual time.
///
/// Every step is solved twice on the way through (by its solution in English, by the text's commands in Korean) and
/// once from its own start state: its checks fail before and pass after. Its start state is what walking there leads
/// to. Every hint is shown, and to whom makes its mistake.
package struct LessonProof {
  private let lesson: Lesson
  private let commands: [String: [String]]
  private let problems: ProblemCollector

  /// - Parameter library: where the lesson comes from, with the commands of its texts.
  package init(_ lesson: Lesson, in library: LessonLibrary) {
    self.lesson = lesson
    commands = library.commands(of: lesson.id)
    problems = ProblemCollector(lesson: lesson.id)
  }

  /// What the lesson does not hold; empty where all is well.
  package func run() -> [LessonProblem] {
    var shown = Set<Shown>()
    let states = walk(by: \.solution, .english, &shown)
    walkByText(&shown)
    for (index, step) in lesson.steps.enumerated() {
      enter(step, index < states.count ? states[index] : nil, &shown)
      for hint in step.hints.indices { err(step, hint, &shown) }
      for hint in step.hints.indices where !shown.contains(Shown(step: step.id, hint: hint)) {
        complain(
          step, "hint \(hint + 1) is never shown", line: step.hints[hint].line,
          "give it the 'mistake:' that it is for, or remove it")
      }
    }
    return problems.all
  }

  /// The same, of the walk by the text's commands alone.
  package func runWalk() -> [LessonProblem] {
    var shown = Set<Shown>()
    walkByText(&shown)
    return problems.all
  }

  private func walkByText(_ shown: inout Set<Shown>) {
    _ = walk(by: { commands[$0.id] ?? [] }, mayFail: true, .korean, &shown)
  }

  private struct Shown: Hashable {
    let step: String
    let hint: Int
  }

  /// The state at each step's beginning.
  private func walk(
    by commands: (Step) -> [String], mayFail: Bool = false, _ language: Language, _ shown: inout Set<Shown>
  ) -> [[String]] {
    var states: [[String]] = []
    for (index, step) in lesson.steps.enumerated() {
      if index == 0 { guard begin(step) else { return [] } }
      guard let rehearsal = problems.rehearsal else { return states }
      states.append(StateDigest.lines(of: rehearsal.snapshot))
      let done = attempt(step, "walking there") { () throws(RehearsalFailure) in
        // As it stands first, then corrected: so a learner goes through a step in which the error is to be found.
        let lines = commands(step).filter { !$0.isEndless }
        if mayFail, !step.corrections.isEmpty { try rehearsal.run(lines, files: lesson.files(upTo: step)) }
        try rehearsal.solve(step, by: lines, mayFail: mayFail, language) { note($0, step, &shown) }
      }
      if !done { break }
    }
    return states
  }

  /// Makes a new cluster in a step's start state. That state is made once: who enters the step again gets a copy of it,
  /// as a learner's fork is one.
  private func begin(_ step: Step) -> Bool {
    attempt(step, "entering it") { () throws(RehearsalFailure) in
      if let entered = problems.entered[step.id] {
        problems.rehearsal = try Rehearsal(lesson, from: entered)
        return
      }
      let rehearsal = try Rehearsal(lesson)
      try rehearsal.enter(step)
      problems.entered[step.id] = rehearsal.contents
      problems.rehearsal = rehearsal
    }
  }

  private func enter(_ step: Step, _ walked: [String]?, _ shown: inout Set<Shown>) {
    guard begin(step), let rehearsal = problems.rehearsal else { return }
    if let walked, let difference = rehearsal.difference(from: walked) {
      complain(
        step, "entering it directly gives another state than walking there: \(difference)", "correct its 'start:'")
    }
    _ = attempt(step, "entering it") { () throws(RehearsalFailure) in
      try rehearsal.solve(step, by: step.solution, .english) { note($0, step, &shown) }
    }
  }

  private func err(_ step: Step, _ hint: Int, _ shown: inout Set<Shown>) {
    guard step.hints[hint].mistake != nil, begin(step), let rehearsal = problems.rehearsal else { return }
    _ = attempt(step, "making a mistake") { () throws(RehearsalFailure) in
      try rehearsal.err(step, hint: hint) { note($0, step, &shown) }
    }
  }

  private func note(_ result: CheckResult, _ step: Step, _ shown: inout Set<Shown>) {
    if let hint = result.hintIndex { shown.insert(Shown(step: step.id, hint: hint)) }
  }

  private func attempt(_ step: Step, _ way: String, _ act: () throws(RehearsalFailure) -> Void) -> Bool {
    do throws(RehearsalFailure) {
      try act()
      return true
    } catch {
      complain(step, error.message, "correct the step (found when \(way))")
      return false
    }
  }

  private func complain(_ step: Step, _ message: String, line: Int? = nil, _ remedy: String) {
    problems.add("step '\(step.id)': \(message)", mend: remedy, line: line ?? step.line)
  }
}

/// What a proof finds, the cluster it is at work on, and the steps' start states as they were first made.
private final class ProblemCollector {
  private let lesson: String
  private(set) var all: [LessonProblem] = []
  var rehearsal: Rehearsal?
  var entered: [String: JournalContents] = [:]

  init(lesson: String) { self.lesson = lesson }

  func add(_ message: String, mend remedy: String, line: Int?) {
    all.append(LessonProblem(lesson: lesson, file: "lesson.yaml", line: line, message: message, remedy: remedy))
  }
}

extension String {
  /// Whether the command goes on until it is interrupted.
  fileprivate var isEndless: Bool { hasSuffix(" -w") || hasSuffix(" --watch") || hasSuffix(" -f") }
}
