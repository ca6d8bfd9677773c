import API
import Cluster
import ClusterTesting
import Kinds
import Lessons
import Loop
import Stage
import Store
import Tree

/// One learner's way through a lesson in virtual time, on the real engine.
final class Rehearsal {
  /// How long a step's checks may take after its solution: looked at every second at first, then every ten.
  private static let waits = Array(repeating: 1.0, count: 60) + Array(repeating: 10.0, count: 180)
  /// How long a mistake may take until its hint is shown.
  private static let mistakeWaits = Array(repeating: 1.0, count: 40) + Array(repeating: 5.0, count: 24)

  let lesson: Lesson
  private let lab: Lab
  /// The real clock's reading, in nanoseconds, as the cluster's turns are told it.
  private var real: Int64 = 0

  /// In a cluster that is as that one was: a copy of it.
  init(_ lesson: Lesson, from contents: JournalContents) throws(RehearsalFailure) {
    self.lesson = lesson
    do {
      lab = try Lab(fork: contents)
    } catch {
      throw RehearsalFailure(message: "no cluster can be made: \(error)")
    }
  }

  /// In a cluster that nothing has been done in, as learners get one.
  convenience init(_ lesson: Lesson) throws(RehearsalFailure) {
    guard let preset = Self.preset else { throw RehearsalFailure(message: "no cluster can be made") }
    try self.init(lesson, from: preset)
  }

  /// A cluster that was made once and has come to rest.
  private static let preset: JournalContents? = {
    guard let lab = try? Lab(seed: 7) else { return nil }
    lab.advance(bySeconds: 60)
    return lab.contents
  }()

  /// The cluster as it is now, to rehearse from again.
  var contents: JournalContents { lab.contents }

  /// Lets so many real seconds pass, at the pace that the cluster's Clock asks for.
  private func pass(seconds: Double) {
    real += Int64(seconds * 1e9)
    // A journal in memory does not fail.
    try? lab.cluster.turn([], real: real)
  }

  var snapshot: Snapshot { lab.cluster.feed.snapshot }

  /// Puts the cluster into a step's start state, as the server does.
  func enter(_ step: Step) throws(RehearsalFailure) {
    do throws(Status) {
      let preparation = LessonPreparation(lesson: lesson, cluster: lab.cluster, api: lab.api, caller: .learner)
      let failures = try preparation.run(lesson.start(of: step.id) ?? [])
      if let first = failures.first { throw Status(code: 500, reason: "", message: first) }
    } catch {
      throw RehearsalFailure(message: "its start state cannot be made: \(error.message)")
    }
  }

  func check(_ step: Step, since before: Snapshot, _ answer: String, _ language: Language = .english) -> CheckResult {
    evaluate(
      step: step, now: SnapshotWorld(snapshot), before: SnapshotWorld(before), answer: answer,
      time: lab.now.nanoseconds, language: language.rawValue)
  }

  /// Runs a command line as the learner.
  func run(_ line: String, files: [LessonFile], mayFail: Bool = false) throws(RehearsalFailure) {
    let texts = Dictionary(files.map { ($0.name, $0.content) }, uniquingKeysWith: { $1 })
    let result = lab.kubectl(line, files: texts, as: "learner")
    guard result.status == 0 || mayFail else {
      throw RehearsalFailure(message: "'\(line)' fails: \(result.errors)\(result.output)")
    }
  }

  /// Runs command lines that may fail.
  func run(_ lines: [String], files: [LessonFile]) throws(RehearsalFailure) {
    for line in lines { try run(line, files: files, mayFail: true) }
  }

  /// Solves a step with these command lines and tells what the checks said on the way.
  func solve(
    _ step: Step, by commands: [String], mayFail: Bool = false, _ language: Language, seen: (CheckResult) -> Void
  ) throws(RehearsalFailure) {
    let before = snapshot
    let first = check(step, since: before, "", language)
    if first.isPassed { throw RehearsalFailure(message: "its checks pass before its solution") }
    seen(first)
    seen(check(step, since: before, step.rightAnswer, language))
    for line in commands {
      try run(line, files: lesson.files(upTo: step) + step.solvedFiles, mayFail: mayFail)
      seen(check(step, since: before, step.rightAnswer, language))
    }
    var result = check(step, since: before, step.rightAnswer, language)
    for seconds in Self.waits where !result.isPassed {
      pass(seconds: seconds)
      result = check(step, since: before, step.rightAnswer, language)
      seen(result)
    }
    guard result.isPassed else { throw RehearsalFailure(message: "its solution does not solve it: \(result.missing)") }
  }

  /// Makes a hint's mistake and waits for the hint.
  func err(_ step: Step, hint index: Int, seen: (CheckResult) -> Void) throws(RehearsalFailure) {
    guard let mistake = step.hints[index].mistake else { return }
    let before = snapshot
    let files = lesson.files(upTo: step).map(mistake.edits.applied)
    try run(mistake.commands, files: files)
    for seconds in [0] + Self.mistakeWaits {
      pass(seconds: seconds)
      let result = check(step, since: before, step.rightAnswer)
      seen(result)
      if result.isPassed { throw RehearsalFailure(message: "the mistake of hint \(index + 1) solves the step") }
      if result.hintIndex == index { return }
    }
    let result = check(step, since: before, step.rightAnswer)
    throw RehearsalFailure(
      message: "the mistake of hint \(index + 1) does not show it, but hint "
        + "\(result.hintIndex.map { String($0 + 1) } ?? "none"); missing: \(result.missing)")
  }

  /// Lets time pass until the state is that of a walk; what is different, or nil.
  func difference(from walked: [String]) -> String? {
    var difference = StateDigest.difference(StateDigest.lines(of: snapshot), walked)
    for _ in 0..<60 where difference != nil {
      pass(seconds: 1)
      difference = StateDigest.difference(StateDigest.lines(of: snapshot), walked)
    }
    return difference
  }
}

/// Why a step cannot be taught as it stands.
struct RehearsalFailure: Error {
  let message: String
}

extension Lesson {
  /// The files that a learner has met when they are at a step, the step's own last.
  func files(upTo step: Step) -> [LessonFile] {
    let end = steps.firstIndex { $0.id == step.id } ?? 0
    return steps[...end].flatMap(\.files)
  }
}

extension CheckResult {
  fileprivate var missing: String {
    conditions.filter { !$0.isPassed }.map { "\($0.id) expected \($0.expected), actual \($0.actual)" }
      .joined(separator: "; ")
  }
}
