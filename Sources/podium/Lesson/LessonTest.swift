import ArgumentParser
import Cluster
import Glibc
import LessonProof
import Lessons
import Synchronization

struct LessonTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Prove lessons in virtual time: every step, check, hint and start state, in both languages.",
    discussion: """
      Every step is walked by its solution and by its text's commands, and entered directly. Each check must fail before
      and pass after; each hint must be shown to whoever makes its mistake; entering must give the state of walking.
      Ends with status 1 where a lesson does not hold.
      """)

  @OptionGroup var lessons: LessonArguments

  func run() throws {
    let start = MonotonicClock.now
    var (count, broken) = (0, 0)
    for selection in try lessons.selections() {
      for problem in selection.problems {
        selection.show(problem)
        broken += 1
      }
      let proofs = ProofQueue(selection).run()
      for (lesson, proof) in zip(selection.lessons, proofs) {
        let (problems, duration) = proof.value
        problems.forEach(selection.show)
        broken += problems.count
        let verdict = problems.isEmpty ? "holds" : "does not hold"
        Terminal.show("\(lesson.id): \(verdict), \(Self.count(lesson.steps.count, "step")), \(Self.seconds(duration))")
      }
      count += selection.lessons.count
    }
    Terminal.show(
      "\(Self.count(count, "lesson")), \(Self.count(broken, "problem")), \(Self.seconds(MonotonicClock.now - start))")
    if broken > 0 { throw ExitCode.failure }
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private static func seconds(_ nanoseconds: Int64) -> String {
    let tenths = nanoseconds / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}

/// Proves lessons on as many threads as the machine has processors; each has clusters of its own. Those that take longest
/// begin, so that none is left for the end.
private struct ProofQueue {
  typealias Proof = Deferred<(problems: [LessonProblem], nanoseconds: Int64)>

  private let selection: LessonSelection

  init(_ selection: LessonSelection) { self.selection = selection }

  /// The proofs under way, in the lessons' order.
  func run() -> [Proof] {
    let lessons = selection.lessons
    let proofs = lessons.map { _ in Proof() }
    let queue = ProofCounter(limit: lessons.count)
    let order = lessons.indices.sorted { lessons[$0].length > lessons[$1].length }
    let work: @Sendable () -> Void = { [selection] in
      while let place = queue.next() {
        let index = order[place]
        let start = MonotonicClock.now
        let problems = LessonProof(lessons[index], in: selection.library).run()
        proofs[index].fulfil((problems, MonotonicClock.now - start))
      }
    }
    for _ in 0..<max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) where !BackgroundThread.start(work) { work() }
    return proofs
  }
}

/// Hands out the numbers below a limit, each once.
private final class ProofCounter: Sendable {
  private let count = Mutex(0)
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func next() -> Int? {
    count.withLock { count in
      guard count < limit else { return nil }
      count += 1
      return count - 1
    }
  }
}

extension Lesson {
  /// How much there is to prove: steps, each with those before it, and mistakes.
  fileprivate var length: Int { steps.count * steps.count / 2 + steps.reduce(0) { $0 + $1.hints.count } }
}
