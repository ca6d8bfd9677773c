import ClusterTesting
import Testing

@testable import Lessons

/// Every step of every lesson, on the real engine: not done before its solution, done after it.
@Suite struct ProofTests {
  static let library = try? LessonLibrary.load(directory: RepositoryTests.folder)
  static let lessons = library?.lessons ?? []

  @Test("each step's check fails before its solution and passes after, walking through", arguments: lessons)
  func walking(_ lesson: Lesson) throws {
    let walk = try Walk(lesson)
    #expect(walk.start(at: lesson.steps[0].id) == nil)
    for step in lesson.steps { solve(step, by: step.solution, walk) }
  }

  @Test("each step can be entered directly and solved from there", arguments: lessons)
  func entering(_ lesson: Lesson) throws {
    for step in lesson.steps {
      let walk = try Walk(lesson)
      #expect(walk.start(at: step.id) == nil)
      solve(step, by: step.solution, walk)
    }
  }

  @Test("whoever clicks every command of the text gets through", arguments: lessons)
  func clicking(_ lesson: Lesson) throws {
    let text = try #require(Self.library?.texts[lesson.id]?.english)
    let walk = try Walk(lesson)
    #expect(walk.start(at: lesson.steps[0].id) == nil)
    for step in lesson.steps {
      let commands = text.section(step.id)?.commands ?? []
      solve(step, by: commands.filter { !$0.hasSuffix(" -w") }, walk)
    }
  }

  private func solve(_ step: Step, by commands: [String], _ walk: Walk) {
    let before = walk.world(of: walk.allReads)
    #expect(!walk.check(step, before: before).isPassed, "\(step.id) is done before its solution")
    for line in commands { #expect(walk.run(line, files: step.files) == nil) }
    #expect(walk.missing(step, before: before) == nil)
  }
}

extension Lesson: CustomTestStringConvertible {
  /// What a failing case is called.
  public var testDescription: String { id }
}
